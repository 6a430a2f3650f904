"""Another name for safety: decided by a support lead, why is sealed, each reading is logged, forgotten at the end."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from competences.actor import SYSTEM
from competences.audit.queries import entries
from competences.care.commands import names
from competences.care.queries.names import name_exceptions_of
from competences.care.rules.names import ExceptionDraft
from competences.care.tables import NameException
from competences.errors import Conflict, Invalid, NotFound
from competences.people.reach import Reach
from competences.sealing.rules import Changed, KeyRing, new_key
from competences.sealing.tables import DataKey

from .conftest import NOW, TODAY

WHY = "Somebody from the old street asked for them."
DRAFT = ExceptionDraft(TODAY, date(2027, 5, 25), WHY)


@pytest.fixture
def ring() -> KeyRing:
    """A ring with one master key."""
    key = new_key()
    return KeyRing(lambda: (key,))


async def made(team, ring):
    event = await names.make_exception(team.ruth, ring, Reach.ALL, team.daniel.person_id, DRAFT, NOW)
    return event.subject_id


async def test_why_is_sealed_and_read_by_the_person_and_support_leads_who_leave_a_trace(team, ring):
    exception = await made(team, ring)
    row = await NameException.objects().get(NameException.id == exception)
    assert b"street" not in bytes(row.reason)
    assert await names.open_reason(team.daniel, ring, Reach.OWN, exception) == WHY
    assert await names.open_reason(team.ruth, ring, Reach.ALL, exception) == WHY
    assert [one.actor for one in await entries(event="name-exception.read")] == ["Ruth Okello", "Daniel Rask"]


async def test_the_line_manager_knows_that_it_is_so_and_not_why(team, ring):
    exception = await made(team, ring)
    assert len(await name_exceptions_of(team.mara, Reach.TEAM, team.daniel.person_id)) == 1
    assert await name_exceptions_of(team.selin, Reach.OWN, team.daniel.person_id) == []
    for actor, reach in ((team.mara, Reach.TEAM), (team.selin, Reach.OWN)):
        with pytest.raises(NotFound):
            await names.open_reason(actor, ring, reach, exception)
    assert await entries(event="name-exception.read") == []


async def test_when_it_ends_why_is_forgotten(team, ring):
    exception = await made(team, ring)
    with pytest.raises(NotFound):
        await names.end_exception(team.mara, Reach.TEAM, exception, TODAY)
    await names.end_exception(team.ruth, Reach.ALL, exception, TODAY)
    assert [row.wrapped for row in await DataKey.objects()] == [b""]
    with pytest.raises(Conflict):
        await names.open_reason(team.daniel, ring, Reach.OWN, exception)


async def test_a_reason_moved_to_another_row_does_not_open(team, ring):
    first = await made(team, ring)
    event = await names.make_exception(team.ruth, ring, Reach.ALL, team.selin.person_id, DRAFT, NOW)
    rows = {row.id: row for row in await NameException.objects()}
    await NameException.update({NameException.reason: rows[first].reason}).where(
        NameException.id == event.subject_id
    )
    with pytest.raises(Changed):
        await names.open_reason(team.selin, ring, Reach.OWN, event.subject_id)


async def test_only_a_support_lead_decides_for_another_once_and_for_a_year_at_most(team, ring):
    for actor, reach in ((team.mara, Reach.TEAM), (team.daniel, Reach.OWN)):
        with pytest.raises(NotFound):
            await names.make_exception(actor, ring, reach, team.daniel.person_id, DRAFT, NOW)
    with pytest.raises(Conflict):
        await names.make_exception(team.ruth, ring, Reach.ALL, team.ruth.person_id, DRAFT, NOW)
    for until, why in ((TODAY + timedelta(days=366), WHY), (TODAY, WHY), (DRAFT.until_on, " ")):
        draft = ExceptionDraft(TODAY, until, why)
        with pytest.raises(Invalid):
            await names.make_exception(team.ruth, ring, Reach.ALL, team.daniel.person_id, draft, NOW)
    await made(team, ring)
    with pytest.raises(Conflict):
        await made(team, ring)


async def test_days_that_have_passed_are_no_exception(team, ring):
    past = ExceptionDraft(TODAY - timedelta(days=9), TODAY - timedelta(days=1), WHY)
    with pytest.raises(Invalid) as refused:
        await names.make_exception(team.ruth, ring, Reach.ALL, team.daniel.person_id, past, NOW)
    assert list(refused.value.fields) == ["until_on"]
    begun = ExceptionDraft(TODAY - timedelta(days=9), TODAY, WHY)
    await names.make_exception(team.ruth, ring, Reach.ALL, team.daniel.person_id, begun, NOW)


async def test_one_that_ran_out_is_in_the_way_of_no_other_and_why_is_forgotten(team, ring):
    await made(team, ring)
    later = DRAFT.until_on + timedelta(days=1)
    draft = ExceptionDraft(later, later + timedelta(days=90), WHY)
    at = datetime(later.year, later.month, later.day, 9, tzinfo=UTC)
    await names.make_exception(team.ruth, ring, Reach.ALL, team.daniel.person_id, draft, at)
    last, first = await name_exceptions_of(team.ruth, Reach.ALL, team.daniel.person_id)
    assert (last.ended_on, first.ended_on) == (None, DRAFT.until_on)
    assert [row.wrapped == b"" for row in await DataKey.objects().order_by(DataKey.id)] == [True, False]
    with pytest.raises(Conflict):
        await names.open_reason(team.daniel, ring, Reach.OWN, first.id)


async def test_why_is_forgotten_on_the_day_after_the_last(team, ring):
    await made(team, ring)
    await names.end_past(SYSTEM, DRAFT.until_on)
    assert all(row.wrapped for row in await DataKey.objects())
    await names.end_past(SYSTEM, DRAFT.until_on + timedelta(days=1))
    await names.end_past(SYSTEM, DRAFT.until_on + timedelta(days=2))
    assert [row.wrapped for row in await DataKey.objects()] == [b""]
    assert len(await entries(event="name-exception.ended")) == 1


async def test_two_who_decide_at_once_make_one(team, ring):
    done = await asyncio.gather(*(made(team, ring) for _ in range(4)), return_exceptions=True)
    assert sorted(type(one).__name__ for one in done) == ["Conflict"] * 3 + ["int"]
