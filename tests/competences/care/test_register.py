"""The register: who records what about whom, and who reads it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from competences.care.commands import register as commands
from competences.care.queries import register as queries
from competences.care.rules.choices import Duty, Load
from competences.care.rules.register import Basis, EntryDraft, Happened, Stands
from competences.errors import Conflict, Invalid, NotFound
from competences.people.reach import Reach

from .conftest import NOW, TODAY

SUPERVISED = EntryDraft(Duty.SUPERVISION, Happened.DONE, TODAY - timedelta(days=3), outside=True)
YEAR_ON = date(2027, 11, 26)  # a day later than a year from now


async def facts(person):
    return (await queries.facts_of([person.person_id], TODAY))[person.person_id]


async def test_what_a_line_manager_records_counts_until_it_is_withdrawn(team):
    made = await commands.record_entry(team.mara, Reach.TEAM, team.daniel.person_id, SUPERVISED, NOW, TODAY)
    held = (await facts(team.daniel)).held(Duty.SUPERVISION)
    assert held.done_on == held.outside_on == SUPERVISED.on
    await commands.withdraw_entry(team.mara, Reach.TEAM, made.subject_id, NOW)
    assert (await facts(team.daniel)).held(Duty.SUPERVISION).done_on is None
    assert [row.withdrawn_at is None for row in await queries.entries_of(team.daniel, Reach.OWN, team.daniel.person_id)] == [False]  # fmt: skip
    with pytest.raises(Conflict):
        await commands.withdraw_entry(team.mara, Reach.TEAM, made.subject_id, NOW)


async def test_nobody_records_about_strangers_nor_about_themselves(team):
    for actor, reach, person in (
        (team.mara, Reach.TEAM, team.otto),
        (team.daniel, Reach.OWN, team.daniel),
        (team.daniel, Reach.OWN, team.selin),
    ):
        with pytest.raises(NotFound):
            await commands.record_entry(actor, reach, person.person_id, SUPERVISED, NOW, TODAY)
    with pytest.raises(Conflict, match="line manager"):
        await commands.record_entry(team.ruth, Reach.ALL, team.ruth.person_id, SUPERVISED, NOW, TODAY)


async def test_several_people_are_recorded_all_or_nobody(team):
    people = [team.daniel.person_id, team.otto.person_id]
    with pytest.raises(NotFound):
        await commands.record_entries(team.mara, Reach.TEAM, people, SUPERVISED, NOW, TODAY)
    assert (await facts(team.daniel)).duties == {}
    people = [team.daniel.person_id, team.selin.person_id]
    await commands.record_entries(team.mara, Reach.TEAM, people, SUPERVISED, NOW, TODAY)
    assert [(await facts(one)).held(Duty.SUPERVISION).done_on for one in (team.daniel, team.selin)] == [SUPERVISED.on] * 2  # fmt: skip
    with pytest.raises(Invalid):
        await commands.record_entries(team.mara, Reach.TEAM, [], SUPERVISED, NOW, TODAY)


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (replace(SUPERVISED, on=TODAY + timedelta(days=1)), "on"),
        (replace(SUPERVISED, next_on=SUPERVISED.on), "next_on"),
        (replace(SUPERVISED, next_on=SUPERVISED.on + timedelta(days=43)), "next_on"),
        (EntryDraft(Duty.CHECK_UP, Happened.OFFERED, TODAY, YEAR_ON, basis=Basis.CONSENT), "next_on"),
        (EntryDraft(Duty.CHECK_UP, Happened.OFFERED, TODAY), "basis"),
    ],
)
async def test_an_entry_that_cannot_be_is_refused(team, draft, field):
    with pytest.raises(Invalid) as refused:
        await commands.record_entry(team.mara, Reach.TEAM, team.daniel.person_id, draft, NOW, TODAY)
    assert list(refused.value.fields) == [field]


async def test_the_next_one_may_be_set_for_the_last_day_of_the_interval(team):
    last = replace(SUPERVISED, next_on=SUPERVISED.on + timedelta(days=42))
    await commands.record_entry(team.mara, Reach.TEAM, team.daniel.person_id, last, NOW, TODAY)
    assert (await facts(team.daniel)).held(Duty.SUPERVISION).next_on == last.next_on


async def test_who_said_no_to_a_check_up_is_asked_again_after_the_interval(team):
    declined = EntryDraft(Duty.CHECK_UP, Happened.DECLINED, TODAY, basis=Basis.CONSENT)
    await commands.record_entry(team.mara, Reach.TEAM, team.daniel.person_id, declined, NOW, TODAY)
    rows = {row.person.name: row for row in await queries.register(team.mara, Reach.TEAM, TODAY)}
    assert rows["Daniel Rask"].of(Duty.CHECK_UP).due_on == date(2027, 11, 25)
    assert rows["Selin Aydın"].of(Duty.CHECK_UP).stands is Stands.LATE


async def test_a_line_manager_has_their_team_and_a_support_lead_everybody(team):
    async def names(actor, reach):
        return {row.person.name for row in await queries.register(actor, reach, TODAY)}

    assert await names(team.mara, Reach.TEAM) == {"Mara Keller", "Daniel Rask", "Selin Aydın", "Ruth Okello"}
    assert "Otto Stranger" in await names(team.ruth, Reach.ALL)
    assert await names(team.daniel, Reach.OWN) == set()
    assert await queries.entries_of(team.daniel, Reach.OWN, team.selin.person_id) == []


async def test_everybody_says_their_own_workload_and_the_last_word_of_a_day_counts(team):
    await commands.say_workload(team.daniel, Load.RIGHT, TODAY)
    await commands.say_workload(team.daniel, Load.TOO_MUCH, TODAY)
    assert (await facts(team.daniel)).load is Load.TOO_MUCH
    assert (await facts(team.selin)).load is None
