"""Who opens a plan beside the two: named with a reason, agreed by the worker, for a time; or in an emergency, told at once."""

import asyncio
from contextvars import Context
from dataclasses import replace
from datetime import date, timedelta

import make
import pytest

from competences.errors import Conflict, Invalid, NotFound
from competences.people.reach import Reach
from competences.support.commands import plans, readers
from competences.support.commands.deletion import set_hold
from competences.support.commands.emergencies import break_glass, see_notice
from competences.support.commands.reading import open_log, open_plan
from competences.support.queries.notices import notices
from competences.support.queries.plans import own_places
from competences.support.tables import EmergencyNotice
from recruit.piccolo_conf import DB

from .conftest import NOW

UNTIL = NOW.date() + timedelta(days=90)


async def name(house, who=None, person=None, reason="Stands in for Ruth.", until_on=UNTIL) -> int:
    person = person or house.mara
    await readers.name_reader(
        who or house.ruth, house.ring, house.plan_id, person.person_id, reason, until_on, NOW
    )
    return (await open_plan(house.daniel, house.ring, house.plan_id, NOW)).parts.readers[-1].id


async def may_open(house, who, at=NOW) -> bool:
    try:
        await open_plan(who, house.ring, house.plan_id, at)
    except NotFound:
        return False
    return True


async def test_a_reader_named_by_the_lead_opens_nothing_until_the_worker_agrees(house):
    await house.begin()
    number = await name(house)
    assert not await may_open(house, house.mara)
    assert await own_places(house.mara, NOW) == []
    with pytest.raises(Conflict):
        await readers.agree_reader(house.ruth, house.ring, house.plan_id, number, NOW)
    await readers.agree_reader(house.daniel, house.ring, house.plan_id, number, NOW)
    assert await may_open(house, house.mara)
    assert len(await own_places(house.mara, NOW)) == 1


async def test_a_naming_ends_by_itself_and_whenever_the_worker_says_so(house):
    await house.begin()
    number = await name(house, house.daniel)
    assert await may_open(house, house.mara, NOW + timedelta(days=90))
    assert not await may_open(house, house.mara, NOW + timedelta(days=91))
    await readers.end_reader(house.daniel, house.ring, house.plan_id, number, NOW)
    assert not await may_open(house, house.mara)
    with pytest.raises(Conflict):
        await readers.end_reader(house.daniel, house.ring, house.plan_id, number, NOW)


async def test_a_reader_reads_and_changes_nothing_of_the_agreement(house):
    await house.begin()
    await name(house, house.daniel)
    with pytest.raises(Conflict):
        await name(house, house.mara, house.lea)
    with pytest.raises(Conflict):
        await plans.withdraw_consent(house.mara, house.ring, house.plan_id, NOW)


async def test_namings_end_with_the_plan(house):
    await house.begin()
    await name(house, house.daniel)
    await plans.withdraw_consent(house.daniel, house.ring, house.plan_id, NOW)
    assert not await may_open(house, house.mara)
    view = await open_plan(house.daniel, house.ring, house.plan_id, NOW)
    assert [(one.ended_at, one.open) for one in view.parts.readers] == [(NOW, False)]


async def test_a_naming_has_a_reason_and_an_end_within_twelve_months(house):
    await house.begin()
    for wrong in (
        {"reason": " "},
        {"until_on": date(2027, 11, 26)},
        {"until_on": date(2026, 11, 24)},
        {"person": house.daniel},
        {"person": house.ruth},
    ):
        with pytest.raises(Invalid):
            await name(house, **wrong)
    await name(house, until_on=date(2027, 11, 25))
    with pytest.raises(Conflict):
        await name(house)


async def test_strangers_name_nobody(house):
    await house.begin()
    number = await name(house)
    for stranger in house.unnamed:
        with pytest.raises(NotFound):
            await name(house, stranger, house.lea)
        for act in (readers.agree_reader, readers.end_reader):
            with pytest.raises(NotFound):
                await act(stranger, house.ring, house.plan_id, number, NOW)


async def test_in_an_emergency_a_support_lead_opens_a_plan_for_a_day(house):
    await house.begin()
    number = await break_glass(house.lea, house.ring, house.daniel.person_id, "He did not come home.", NOW)
    assert number == house.plan_id
    assert await may_open(house, house.lea, NOW + timedelta(hours=23, minutes=59))
    assert not await may_open(house, house.lea, NOW + timedelta(hours=24))
    _plan, lines = await open_log(house.daniel, house.ring, house.plan_id, NOW)
    assert "support-emergency.opened" in [line.event for line in lines]
    view = await open_plan(house.daniel, house.ring, house.plan_id, NOW)
    assert view.parts.readers[0].body.reason == "He did not come home."


async def test_the_person_and_the_privacy_officer_are_told_at_once_until_each_took_note(house):
    await house.begin()
    await break_glass(house.lea, house.ring, house.daniel.person_id, "He did not come home.", NOW)
    for who, own in ((house.daniel, True), (house.ada, False)):
        (told,) = await notices(who)
        assert (told.by, told.person, told.own) == ("Lea Sommer", "Daniel Rask", own)
        await see_notice(who, told.id, NOW)
        assert await notices(who) == []
    for stranger in (house.mara, house.ruth, house.lea):
        assert await notices(stranger) == []
        with pytest.raises(NotFound):
            await see_notice(stranger, (await EmergencyNotice.objects().first()).id, NOW)


async def test_an_attempt_where_there_is_no_plan_leaves_the_same_trace(house):
    async def trace():
        told = [replace(one, id=0) for who in (house.daniel, house.ada) for one in await notices(who)]
        logged = await EmergencyNotice.raw("SELECT event, subject, subject_id, details FROM audit_entry")
        return told, logged[-1]

    assert await break_glass(house.lea, house.ring, house.daniel.person_id, "Reason.", NOW) is None
    without = await trace()
    await EmergencyNotice.delete(force=True)
    await house.begin()
    assert await break_glass(house.lea, house.ring, house.daniel.person_id, "Reason.", NOW) is not None
    assert await trace() == without


@pytest.mark.parametrize("change", ["data_key SET master = 'another'", "support_plan SET body = '\\x01'"])
async def test_an_attempt_on_a_plan_that_does_not_open_leaves_its_trace_and_looks_like_none(house, change):
    await house.begin()
    await EmergencyNotice.raw(f"UPDATE {change}")
    assert await break_glass(house.lea, house.ring, house.daniel.person_id, "Reason.", NOW) is None
    assert [one.by for one in await notices(house.daniel)] == ["Lea Sommer"]
    assert [row["event"] for row in await EmergencyNotice.raw("SELECT event FROM audit_entry")]


async def test_an_emergency_while_a_plan_is_written_waits_for_it_and_neither_stops_the_other(house):
    await house.begin()
    async with DB.transaction():
        await EmergencyNotice.raw("SELECT id FROM support_plan FOR UPDATE")
        trying = asyncio.create_task(
            break_glass(house.lea, house.ring, house.daniel.person_id, "Reason.", NOW), context=Context()
        )
        while not await waits_for_a_lock():
            continue
        await set_hold(house.ada, Reach.ALL, house.daniel.person_id, UNTIL, NOW)
    assert await trying == house.plan_id


async def waits_for_a_lock() -> bool:
    rows = await EmergencyNotice.raw("SELECT FROM pg_locks WHERE NOT granted")
    return bool(rows)


async def test_an_emergency_has_a_reason_and_is_for_support_leads_who_are_not_on_the_plan(house):
    await house.begin()
    target = house.daniel.person_id
    with pytest.raises(Invalid):
        await break_glass(house.lea, house.ring, target, " ", NOW)
    with pytest.raises(Conflict):
        await break_glass(house.ruth, house.ring, target, "Reason.", NOW)
    other = await make.actor(await make.person("Tove Trainer"))
    for who, whose in ((house.mara, target), (house.ada, target), (other, target), (house.lea, 999_999)):
        with pytest.raises(NotFound):
            await break_glass(who, house.ring, whose, "Reason.", NOW)
    assert await EmergencyNotice.count() == 0
