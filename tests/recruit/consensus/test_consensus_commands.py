"""What may be agreed, by whom, when; and that nobody overwrites anybody."""

import asyncio

import asyncpg
import make
import pytest

from competences.audit.tables import AuditEntry
from competences.errors import Conflict, NotFound
from competences.people.reach import Reach
from recruit.consensus import commands, queries
from recruit.consensus.forms import Agreement
from recruit.consensus.rules import fingerprint
from recruit.consensus.tables import AgreedLevel, Dissent
from recruit.panels.queries import seat
from recruit.panels.tables import PanelMember
from recruit.piccolo_conf import DB
from recruit.scorecards.queries.sealed import ratings_for

OWN = Reach.OWN
APART = ({"A1": 2, "B4": 4, "E3": 4}, {"A1": 4, "B4": 4, "E3": 3})


async def keys(made, code="A1", applicant=0):
    return made.vacancy.id, made.applications[applicant].id, await make.criterion_id(made, code)


async def stored(made, code="A1"):
    here = await seat(await make.actor(made.manager), OWN, made.vacancy.id)
    _vacancy, application, criterion = await keys(made, code)
    return (await queries.agreed_levels(here)).get((application, criterion))


async def test_every_member_and_the_manager_can_write_down_what_was_agreed(db):
    made = await make.opened(APART)
    for row, code in zip((*made.people, made.manager), ("A1", "B4", "E3"), strict=True):
        await commands.agree(
            await make.actor(row), OWN, *await keys(made, code), Agreement(3, "Seen twice.", 0)
        )
        found = await stored(made, code)
        assert (found.level, found.reason, found.by, found.version) == (3, "Seen twice.", row.name, 1)


async def test_individual_ratings_stay_as_they_were(db):
    made = await make.opened(APART)
    here = await seat(await make.actor(made.manager), OWN, made.vacancy.id)
    before = await ratings_for(here)
    await make.agreed(made, "A1", 5)
    assert await ratings_for(here) == before


async def test_strangers_agree_nothing(db):
    made = await make.opened(APART)
    late = await make.person("Late")
    await make.member(made.vacancy, late, declared=False)
    for row in (late, await make.person("Stranger"), await make.manager("Other Manager")):
        who = await make.actor(row)
        for change in (
            commands.agree(who, OWN, *await keys(made), Agreement(3, "x", 0)),
            commands.accept_unanimous(who, OWN, made.vacancy.id),
            commands.dissent(who, OWN, *await keys(made), "x", ""),
            queries.meeting(who, OWN, made.vacancy.id),
        ):
            with pytest.raises(NotFound):
                await change
    assert await AgreedLevel.count() == 0


async def test_nothing_is_agreed_before_the_reveal(db):
    made = await make.panel()
    for scorer in range(2):
        await make.submitted(made, {"A1": 3, "B4": 3, "E3": 3}, scorer)
    who = await make.actor(made.manager)
    for change in (
        commands.agree(who, OWN, *await keys(made), Agreement(3, "x", 0)),
        commands.accept_unanimous(who, OWN, made.vacancy.id),
        queries.meeting(who, OWN, made.vacancy.id),
    ):
        with pytest.raises(Conflict, match="scorecards are in"):
            await change


async def test_two_people_never_overwrite_each_other(db):
    made = await make.opened(APART)
    one, two = [await make.actor(row) for row in made.people]
    at = await keys(made)
    await commands.agree(one, OWN, *at, Agreement(3, "First.", 0))
    with pytest.raises(commands.Stale) as stale:
        await commands.agree(two, OWN, *at, Agreement(4, "Second.", 0))
    assert (stale.value.stored.level, stale.value.stored.reason) == (3, "First.")
    assert (await stored(made)).reason == "First."
    await commands.agree(two, OWN, *at, Agreement(4, "Second.", 1))
    with pytest.raises(commands.Stale):
        await commands.agree(one, OWN, *at, Agreement(2, "Third.", 1))
    assert (await stored(made)).version == 2


async def test_of_five_at_once_one_is_kept_and_four_are_told(db):
    made = await make.opened(APART)
    who, at = await make.actor(made.manager), await keys(made)
    answers = await asyncio.gather(
        *(commands.agree(who, OWN, *at, Agreement(3, f"Reason {n}.", 0)) for n in range(5)),
        return_exceptions=True,
    )
    assert sum(isinstance(answer, commands.Stale) for answer in answers) == 4
    assert await AgreedLevel.count() == 1


async def test_sending_what_is_stored_again_is_no_conflict_and_no_entry(db):
    made = await make.opened(APART)
    await make.agreed(made, "A1", 3)
    entries = await AuditEntry.count()
    assert await make.agreed(made, "A1", 3) is None
    assert await AuditEntry.count() == entries


async def test_keeping_all_levels_is_an_answer_too(db):
    made = await make.opened(APART)
    await make.agreed(made, "A1", None, reason="We saw two sides.")
    meeting = await queries.meeting(await make.actor(made.manager), OWN, made.vacancy.id)
    assert meeting.progress.differences_agreed == meeting.progress.differences == 1


async def test_what_all_gave_is_accepted_at_once_and_nothing_else(db):
    made = await make.opened(APART, ({"A1": 5, "B4": 5, "E3": None}, {"A1": 5, "B4": 4, "E3": None}))
    await make.agreed(made, "B4", 2, reason="We looked again.")
    event = await commands.accept_unanimous(await make.actor(made.people[0]), OWN, made.vacancy.id)
    assert event.count == 1
    rows = await AgreedLevel.select(AgreedLevel.application, AgreedLevel.level, AgreedLevel.reason).order_by(
        AgreedLevel.id
    )
    assert [(row["level"], row["reason"]) for row in rows] == [
        (2, "We looked again."),
        (5, "All members gave the same level."),
    ]
    assert await commands.accept_unanimous(await make.actor(made.people[0]), OWN, made.vacancy.id) is None


async def test_an_applicant_or_criterion_of_elsewhere_is_not_found(db):
    made = await make.opened(APART)
    who = await make.actor(made.manager)
    other = await make.vacancy(made.manager, title="Another", codes=("A1",))
    foreign = await make.application(other, "Foreign")
    vacancy, application, criterion = await keys(made)
    for at in ((vacancy, foreign.id, criterion), (vacancy, application, 987654), (vacancy, 0, criterion)):
        with pytest.raises(NotFound):
            await commands.agree(who, OWN, *at, Agreement(3, "x", 0))


async def test_nobody_agrees_on_somebody_who_withdrew(db):
    made = await make.opened(APART)
    async with DB.pool.acquire() as connection:
        await connection.execute("UPDATE application SET withdrawn_at = now()")
    with pytest.raises(NotFound):
        await make.agreed(made, "A1", 3)


async def test_a_members_different_view_is_kept_beside_the_agreed_level(db):
    made = await make.opened(APART)
    who, at = await make.actor(made.people[1]), await keys(made)
    with pytest.raises(NotFound):
        await commands.dissent(who, OWN, *at, "Too early.", "")
    await make.agreed(made, "A1", 3)
    await commands.dissent(who, OWN, *at, "I would keep 4.", "")
    assert [(row.name, row.text, row.before) for row in (await stored(made)).dissents] == [
        ("Paul Novak", "I would keep 4.", False)
    ]
    await commands.agree(await make.actor(made.manager), OWN, *at, Agreement(2, "Looked again.", 1))
    assert (await stored(made)).dissents[0].before, "it was written about another level"


async def test_a_manager_who_does_not_score_has_no_view_to_keep(db):
    made = await make.opened(APART)
    await make.agreed(made, "A1", 3)
    with pytest.raises(NotFound):
        await commands.dissent(await make.actor(made.manager), OWN, *await keys(made), "No.", "")


async def test_two_tabs_of_one_member_do_not_overwrite_each_other(db):
    made = await make.opened(APART)
    await make.agreed(made, "A1", 3)
    who, at = await make.actor(made.people[1]), await keys(made)
    await commands.dissent(who, OWN, *at, "One.", fingerprint(""))
    with pytest.raises(commands.StaleDissent) as stale:
        await commands.dissent(who, OWN, *at, "Two.", fingerprint(""))
    assert stale.value.stored == "One."
    assert await commands.dissent(who, OWN, *at, "One.", "") is None
    await commands.dissent(who, OWN, *at, "Two.", fingerprint("One."))
    assert await Dissent.count() == 1


async def test_after_the_signature_nothing_changes_in_command_or_database(db):
    made = await make.opened(APART)
    await make.agreed(made, "A1", 3)
    who, at = await make.actor(made.people[1]), await keys(made)
    await commands.dissent(who, OWN, *at, "One.", "")
    async with DB.pool.acquire() as connection:
        await connection.execute(
            "UPDATE vacancy SET signed_at = now(), signed_by = 'Mara', state = 'decided'"
        )
        for statement in (
            "UPDATE dissent SET text = 'x'",
            "DELETE FROM dissent",
            "UPDATE agreed_level SET level = 1",
        ):
            with pytest.raises(asyncpg.PostgresError, match="signature"):
                await connection.execute(statement)
    for change in (
        commands.agree(who, OWN, *at, Agreement(5, "x", 1)),
        commands.accept_unanimous(who, OWN, made.vacancy.id),
        commands.dissent(who, OWN, *at, "Two.", fingerprint("One.")),
    ):
        with pytest.raises(Conflict, match="signed"):
            await change


async def test_the_log_says_that_something_was_agreed_and_never_what(db):
    made = await make.opened(APART)
    await make.agreed(made, "A1", 3, reason="MARKER")
    await commands.dissent(await make.actor(made.people[0]), OWN, *await keys(made), "MARKER", "")
    await commands.accept_unanimous(await make.actor(made.manager), OWN, made.vacancy.id)
    rows = await AuditEntry.select().where(
        AuditEntry.event.is_in(["level.agreed", "dissent.written", "levels.accepted"])
    )
    assert {row["event"] for row in rows} == {"level.agreed", "dissent.written", "levels.accepted"}
    assert all("level" not in row["details"] and "MARKER" not in row["details"] for row in rows)


async def test_a_member_who_left_agrees_nothing(db):
    made = await make.opened(APART)
    await PanelMember.update({PanelMember.left_at: PanelMember.declared_at}).where(
        PanelMember.id == made.members[1].id
    )
    with pytest.raises(NotFound):
        await commands.agree(await make.actor(made.people[1]), OWN, *await keys(made), Agreement(3, "x", 0))
