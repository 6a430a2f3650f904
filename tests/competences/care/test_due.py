"""What is due to be seen to by whom, for Today; the database counts as the rule does."""

from datetime import timedelta
from random import Random

from competences.care.commands import cases, incidents, media, names
from competences.care.commands.register import record_entry, withdraw_entry
from competences.care.queries.due import due
from competences.care.queries.register import counted, register
from competences.care.rules.cases import CaseDraft
from competences.care.rules.choices import Duty, Incident
from competences.care.rules.incidents import IncidentDraft
from competences.care.rules.intervals import INTERVALS
from competences.care.rules.media import Asked, Medium
from competences.care.rules.names import ExceptionDraft
from competences.care.rules.register import Basis, EntryDraft, Happened
from competences.people.reach import Reach
from competences.people.tables import Person
from competences.sealing.rules import KeyRing, new_key

from .conftest import NOW, TODAY


async def seen(actor, *, care=Reach.NO, cases=Reach.NO, media=Reach.NO, now=NOW):
    return await due(actor, now, 50, care=care, cases=cases, media=media)


async def test_the_database_counts_what_is_due_as_the_rule_does(team):
    chance = Random(20261125)
    people = [team.daniel, team.selin, team.ruth]
    duties = [one for one in Duty if one is not Duty.REAL_NAME]  # which is left to who has another name
    for _number in range(60):
        on = TODAY - timedelta(days=chance.randrange(800))
        duty = chance.choice(duties)
        latest = (INTERVALS[duty].again.after(on) - on).days
        next_on = on + timedelta(days=chance.randint(1, latest)) if chance.random() < 0.3 else None
        draft = EntryDraft(duty, chance.choice(list(Happened)), on, next_on, basis=Basis.CONSENT)
        person = chance.choice(people).person_id
        made = await record_entry(team.mara, Reach.TEAM, person, draft, NOW, TODAY)
        if chance.random() < 0.4:
            await withdraw_entry(team.mara, Reach.TEAM, made.subject_id, NOW)
    key, soon = new_key(), TODAY + timedelta(days=200)
    for person, ends in ((team.daniel, False), (team.selin, True)):
        draft = ExceptionDraft(TODAY, soon, "Asked for at the door.")
        made = await names.make_exception(
            team.ruth, KeyRing(lambda: (key,)), Reach.ALL, person.person_id, draft, NOW
        )
        if ends:
            await names.end_exception(team.ruth, Reach.ALL, made.subject_id, TODAY)
    for ahead in range(0, 400, 45):
        day = TODAY + timedelta(days=ahead)
        rows = [
            one for one in await register(team.mara, Reach.TEAM, day) if one.person.id != team.mara.person_id
        ]
        expected = {f"care-{duty}": counted(rows, duty) for duty in Duty if counted(rows, duty)[0]}
        found = await seen(team.mara, care=Reach.TEAM, now=NOW + timedelta(days=ahead))
        assert {row.kind: (row.number, row.due_on) for row in found} == expected


async def test_whoever_has_a_line_manager_is_not_on_the_list_of_support_leads(team):
    assert {row.kind: row.number for row in await seen(team.ruth, care=Reach.ALL)}["care-supervision"] == 2
    await Person.update({Person.manager: None}).where(Person.id == team.daniel.person_id)
    assert {row.kind: row.number for row in await seen(team.ruth, care=Reach.ALL)}["care-supervision"] == 3
    assert await seen(team.daniel) == []


async def test_a_debrief_is_due_with_the_hours_that_are_left_then_a_check_in(team):
    happened = NOW - timedelta(hours=2, minutes=30)
    people = frozenset({team.daniel.person_id})
    draft = IncidentDraft(Incident.THREAT, happened, people)
    await incidents.record_incident(team.mara, Reach.TEAM, draft, NOW, TODAY)

    async def owed(now):
        found = await seen(team.mara, care=Reach.TEAM, now=now)
        return [(row.kind, row.person, row.number) for row in found if row.id]

    assert await owed(NOW) == [("debrief", "Daniel Rask", 69)]
    row = next(row for row in await seen(team.mara, care=Reach.TEAM) if row.kind == "debrief")
    await incidents.record_debrief(team.mara, Reach.TEAM, row.id, NOW, NOW)
    assert await owed(NOW) == []
    assert await owed(NOW + timedelta(days=25)) == [("check-in", "Daniel Rask", None)]


async def test_appearances_wait_for_the_talk_and_then_for_the_person(team):
    asked = Asked(team.daniel.person_id, Medium.PRESS, TODAY + timedelta(days=5))
    made = await media.ask_appearance(team.mara, Reach.TEAM, asked, TODAY)

    async def waits(actor, reach):
        return [row.kind for row in await seen(actor, media=reach)]

    assert (await waits(team.mara, Reach.TEAM), await waits(team.daniel, Reach.OWN)) == (
        ["appearance-talk"],
        [],
    )
    await media.record_guidance(team.mara, Reach.TEAM, made.subject_id, TODAY, TODAY)
    assert (await waits(team.mara, Reach.TEAM), await waits(team.daniel, Reach.OWN)) == (
        [],
        ["appearance-answer"],
    )
    assert await waits(team.selin, Reach.OWN) == []


async def test_a_discussion_waits_for_whoever_leads_somebody_in_its_unit(team):
    draft = CaseDraft(
        "A-7", team.youth, TODAY, TODAY + timedelta(days=9), (), (), frozenset({team.daniel.person_id})
    )
    await cases.record_case(team.ruth, Reach.ALL, draft, NOW, TODAY)
    assert [row.kind for row in await seen(team.mara, cases=Reach.ALL)] == ["case-decision"]
    assert await seen(team.ruth, cases=Reach.ALL) == []
    assert await seen(team.daniel, cases=Reach.OWN) == []
