"""Staff records and units: what is refused, what is logged."""

from dataclasses import replace
from datetime import date

import make
import pytest

from competences.actor import SYSTEM
from competences.audit.tables import AuditEntry
from competences.errors import Conflict, Invalid, NotFound
from competences.people import commands, queries
from competences.people.reach import Reach
from competences.people.rules import PersonDraft
from competences.people.tables import Person

DRAFT = PersonDraft("Yusuf Yılmaz", "yusuf@test.example", "Exit worker", None, None, date(2026, 12, 1), None)


async def events() -> list[str]:
    return [row["event"] for row in await AuditEntry.select(AuditEntry.event).order_by(AuditEntry.id)]


async def draft_of(person_id: int, **changes) -> PersonDraft:
    row = await queries.person(SYSTEM, Reach.ALL, person_id)
    draft = PersonDraft(
        row.name,
        row.email or "",
        row.post,
        row.unit_id,
        row.manager_id,
        row.started_on,
        row.ended_on,
        row.stamp,
    )
    return replace(draft, **changes)


async def test_a_record_is_made_and_logged_without_its_content(db):
    made = await commands.create_person(SYSTEM, DRAFT)
    assert (await queries.person(SYSTEM, Reach.ALL, made.subject_id)).name == "Yusuf Yılmaz"
    entry = await AuditEntry.select().first()
    assert entry["event"] == "person.created"
    assert "Yusuf" not in entry["details"]


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("name", {"name": "  "}),
        ("unit", {"unit_id": 987654}),
        ("manager", {"manager_id": 987654}),
        ("ended_on", {"ended_on": date(2026, 11, 30)}),
    ],
)
async def test_a_record_that_cannot_be_is_refused_at_its_field(db, field, changes):
    with pytest.raises(Invalid) as refused:
        await commands.create_person(SYSTEM, replace(DRAFT, **changes))
    assert set(refused.value.fields) == {field}
    assert await events() == []


async def test_two_records_never_share_an_address(db):
    await commands.create_person(SYSTEM, DRAFT)
    with pytest.raises(Invalid, match="Another record"):
        await commands.create_person(SYSTEM, replace(DRAFT, name="Somebody else"))


async def test_nobody_leads_themselves_however_long_the_chain(db):
    top = await make.person("Top")
    middle = await make.person("Middle", manager=top.id)
    low = await make.person("Low", manager=middle.id)
    for manager in (top.id, middle.id, low.id):
        with pytest.raises(Invalid):
            await commands.edit_person(SYSTEM, top.id, await draft_of(top.id, manager_id=manager))


async def test_an_outside_panel_member_is_nobodys_manager(db):
    outside = await make.person("Visitor", external="University")
    with pytest.raises(Invalid):
        await commands.create_person(SYSTEM, replace(DRAFT, manager_id=outside.id))


async def test_a_stale_form_overwrites_nothing(db):
    row = await make.person("Daniel Rask")
    mine, theirs = await draft_of(row.id, post="Mentor"), await draft_of(row.id, post="Trainer")
    await commands.edit_person(SYSTEM, row.id, theirs)
    with pytest.raises(Conflict, match="Somebody else"):
        await commands.edit_person(SYSTEM, row.id, mine)
    assert (await queries.person(SYSTEM, Reach.ALL, row.id)).post == "Trainer"


async def test_saving_what_is_stored_changes_and_logs_nothing(db):
    row = await make.person("Daniel Rask")
    assert await commands.edit_person(SYSTEM, row.id, await draft_of(row.id)) is None
    assert await events() == []


async def test_an_edit_logs_which_fields_changed(db):
    row = await make.person("Daniel Rask")
    changed = await commands.edit_person(SYSTEM, row.id, await draft_of(row.id, post="Mentor"))
    assert changed.fields == ("post",)


async def test_nobody_edits_a_record_that_does_not_exist(db):
    with pytest.raises(NotFound):
        await commands.edit_person(SYSTEM, 987654, DRAFT)


async def appoint(name="Ilse Brandt", email="Ilse@test.example"):
    return await commands.appoint(
        SYSTEM, name=name, email=email, post="Exit worker", unit_id=(await make.unit()).id,
        manager_id=None, started_on=date(2027, 1, 1),
    )  # fmt: skip


async def test_appointing_makes_the_staff_record(db):
    made = await appoint()
    row = await queries.person(SYSTEM, Reach.ALL, made.subject_id)
    assert (row.name, row.email, row.post, row.unit) == (
        "Ilse Brandt",
        "ilse@test.example",
        "Exit worker",
        "Youth",
    )
    assert not made.known


async def test_a_colleague_who_is_appointed_keeps_their_record(db):
    known = Person(
        name="Ilse Brandt", email="ilse@test.example", external="University", ended_on=date(2020, 1, 1)
    )
    await known.save()
    made = await appoint()
    row = await queries.person(SYSTEM, Reach.ALL, known.id)
    assert (made.subject_id, made.known) == (known.id, True)
    assert (row.external, row.ended_on) == ("", None)


async def test_an_applicant_with_the_address_of_somebody_else_overwrites_nobody(db):
    await Person(name="Ruth Okello", email="ilse@test.example").save()
    with pytest.raises(Conflict, match="Ruth Okello"):
        await appoint()


async def test_applicants_without_an_address_become_two_records(db):
    first, second = await appoint(email=""), await appoint(email=" ")
    assert first.subject_id != second.subject_id


async def test_a_unit_is_added_renamed_and_removed_while_empty(db):
    made = await commands.create_unit(SYSTEM, "Adults")
    assert await commands.rename_unit(SYSTEM, made.subject_id, "Adults") is None
    await commands.rename_unit(SYSTEM, made.subject_id, "Grown-ups")
    await commands.remove_unit(SYSTEM, made.subject_id)
    assert await queries.units() == []
    assert await events() == ["unit.created", "unit.renamed", "unit.removed"]


async def test_a_unit_with_people_stays(db):
    unit = await make.unit()
    await make.person("Daniel Rask", unit=unit.id)
    with pytest.raises(Conflict, match="1 person belongs"):
        await commands.remove_unit(SYSTEM, unit.id)


@pytest.mark.parametrize("name", ["", "youth", "YOUTH"])
async def test_unit_names_are_given_and_told_apart(db, name):
    await make.unit("Youth")
    with pytest.raises(Invalid):
        await commands.create_unit(SYSTEM, name)
