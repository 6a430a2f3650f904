"""A closed plan is deleted when its time has come: its key first, then its rows; a hold keeps it; a record stays."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from competences.actor import SYSTEM
from competences.care.commands.arrangements import set_arrangement
from competences.care.tables import Arrangement
from competences.errors import Invalid, NotFound
from competences.people.reach import Reach
from competences.people.tables import Person
from competences.sealing.queries import wrapped_keys
from competences.sealing.tables import DataKey
from competences.support.commands import plans
from competences.support.commands.deletion import delete_due, set_hold
from competences.support.commands.emergencies import break_glass
from competences.support.commands.readers import name_reader
from competences.support.commands.reading import open_log, open_plan
from competences.support.queries.chain import broken_entry
from competences.support.queries.retention import due_for_deletion
from competences.support.tables import EmergencyNotice, PlanReader, SupportEntry, SupportPlan

from .conftest import NOW
from .test_plans import propose

LAST = date(2027, 5, 25)


async def delete_on(day: date) -> int:
    return await delete_due(SYSTEM, datetime.combine(day, time(9), UTC))


async def closed(house) -> str:
    await house.begin()
    await plans.withdraw_consent(house.daniel, house.ring, house.plan_id, NOW, months=6)
    return (await SupportPlan.objects().first()).uid


async def test_it_is_deleted_on_its_day_and_not_before(house):
    uid = await closed(house)
    assert await delete_on(LAST - timedelta(days=1)) == 0
    assert await due_for_deletion(LAST) == [(house.plan_id, uid)]
    assert await SupportPlan.count() == 1
    assert await delete_on(LAST) == 1
    assert await SupportPlan.count() == 0
    assert await wrapped_keys() == []
    assert (await DataKey.objects().first()).wrapped == b""
    last = await SupportEntry.objects().order_by(SupportEntry.id, ascending=False).first()
    assert (last.plan, last.body) == (uid, b'\x00{"event": "support-plan.deleted"}')
    with pytest.raises(NotFound):
        await open_plan(house.daniel, house.ring, house.plan_id, NOW)


async def test_what_is_left_names_nobody_and_the_chain_is_whole(house):
    await closed(house)
    await delete_on(LAST)
    assert await broken_entry() is None
    for row in await SupportEntry.select(SupportEntry.body):
        assert b"Daniel" not in row["body"]
    assert await SupportPlan.raw("SELECT * FROM audit_entry") == []


async def test_an_open_plan_is_never_deleted(house):
    await house.begin()
    assert await delete_on(date(2099, 1, 1)) == 0


async def test_a_hold_keeps_it_until_its_day_and_says_nothing_of_whether_there_is_one(house):
    before = await set_hold(house.ada, Reach.ALL, house.daniel.person_id, date(2028, 1, 1), NOW)
    await closed(house)
    assert await set_hold(house.ada, Reach.ALL, house.daniel.person_id, date(2028, 1, 1), NOW) == before
    assert await delete_on(date(2028, 1, 1)) == 0
    assert await delete_on(date(2028, 1, 2)) == 1


async def test_a_hold_also_keeps_proposals_whether_they_are_answered_or_not(house):
    await set_hold(house.ada, Reach.ALL, house.daniel.person_id, date(2028, 1, 1), NOW)
    declined, _unanswered = await propose(house), await propose(house, house.lea)
    await plans.decline_plan(house.daniel, house.ring, declined, NOW)
    with pytest.raises(NotFound):
        await open_plan(house.ruth, house.ring, declined, NOW)
    assert await delete_on(date(2028, 1, 1)) == 0
    assert await SupportPlan.count() == 2
    assert await delete_on(date(2028, 1, 2)) == 2


async def test_a_hold_that_is_lifted_keeps_nothing_any_more(house):
    await closed(house)
    for until in (date(2028, 1, 1), date(2029, 1, 1), None):
        await set_hold(house.ada, Reach.ALL, house.daniel.person_id, until, NOW)
    assert await delete_on(LAST) == 1


async def test_a_hold_is_set_by_whoever_reaches_everybody_and_to_a_day_to_come(house):
    for reach in (Reach.NO, Reach.OWN, Reach.TEAM):
        with pytest.raises(NotFound):
            await set_hold(house.mara, reach, house.daniel.person_id, date(2028, 1, 1), NOW)
    with pytest.raises(Invalid):
        await set_hold(house.ada, Reach.ALL, house.daniel.person_id, NOW.date(), NOW)


async def test_the_plan_of_somebody_who_left_is_closed_and_its_time_begins_with_their_last_day(house):
    await house.begin()
    await Person.update({Person.ended_on: NOW.date()}).where(Person.id == house.daniel.person_id)
    await delete_on(NOW.date())
    assert (await SupportPlan.objects().first()).closed_at is None
    await delete_on(NOW.date() + timedelta(days=1))
    assert (await SupportPlan.objects().first()).delete_on == LAST
    with pytest.raises(NotFound):
        await open_plan(house.ruth, house.ring, house.plan_id, NOW)
    _plan, lines = await open_log(house.daniel, house.ring, house.plan_id, NOW)
    assert (lines[0].actor, lines[0].event) == ("Recruit", "support-plan.closed")


async def test_with_whoever_leaves_end_readers_and_what_colleagues_are_told_with_or_without_a_plan(house):
    await house.begin()
    today, after = NOW.date(), NOW.date() + timedelta(days=1)
    await name_reader(house.ruth, house.ring, house.plan_id, house.mara.person_id, "Why.", after, NOW)
    for who in (house.daniel, house.lea, house.ruth):
        await set_arrangement(who, "By phone.", today, NOW)
    left = [house.daniel.person_id, house.lea.person_id]
    await Person.update({Person.ended_on: today}).where(Person.id.is_in(left))
    await delete_on(today)
    assert await Arrangement.count() == 3
    await delete_on(after)
    told = await Arrangement.objects().order_by(Arrangement.id)
    assert [row.until_on for row in told] == [today, today, None]
    assert (await PlanReader.objects().first()).ended_at == datetime.combine(after, time(9), UTC)
    assert (await SupportPlan.objects().first()).closed_at == datetime.combine(after, time(9), UTC)


async def test_a_proposal_that_nobody_answers_and_old_notices_go(house):
    await propose(house)
    await break_glass(house.lea, house.ring, house.daniel.person_id, "Reason.", NOW)
    assert await delete_on(date(2027, 2, 25)) == 0
    assert await delete_on(date(2027, 2, 26)) == 1
    assert await EmergencyNotice.count() == 1
    await delete_on(date(2027, 11, 26))
    assert await EmergencyNotice.count() == 0
