"""One voice at a time; an appearance needs a guidance talk and the person's own yes, which they can take back."""

import asyncio
from datetime import timedelta

import pytest

from competences.care.commands import media as commands
from competences.care.queries.media import appearance, appearances, appearances_of, spokespersons
from competences.care.rules.media import Answer, Asked, DutyDraft, Medium
from competences.errors import Conflict, Invalid, NotFound
from competences.people.reach import Reach

from .conftest import NOW, TODAY

SOON = TODAY + timedelta(days=9)


async def asked(team):
    made = await commands.ask_appearance(
        team.mara, Reach.TEAM, Asked(team.daniel.person_id, Medium.RADIO, SOON), TODAY
    )
    return made.subject_id


async def test_the_person_agrees_after_the_talk_and_only_then_is_it_recorded(team):
    one = await asked(team)
    with pytest.raises(Conflict, match="guidance talk comes first"):
        await commands.answer_appearance(team.daniel, one, Answer.AGREED, NOW)
    with pytest.raises(Conflict, match="not agreed"):
        await commands.record_appearance(team.mara, Reach.TEAM, one, TODAY, TODAY)
    await commands.record_guidance(team.mara, Reach.TEAM, one, TODAY, TODAY)
    await commands.answer_appearance(team.daniel, one, Answer.AGREED, NOW)
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(Invalid):
            await commands.record_appearance(team.mara, Reach.TEAM, one, day, TODAY)
    await commands.record_appearance(team.mara, Reach.TEAM, one, TODAY, TODAY)
    (row,) = await appearances_of(team.daniel.person_id)
    assert (row.guided_by, row.decision, row.appeared_on) == ("Mara Keller", "agreed", TODAY)
    with pytest.raises(Conflict):
        await commands.answer_appearance(team.daniel, one, Answer.REFUSED, NOW)


async def test_no_can_be_said_at_any_time_before(team):
    one = await asked(team)
    await commands.record_guidance(team.mara, Reach.TEAM, one, TODAY, TODAY)
    await commands.answer_appearance(team.daniel, one, Answer.AGREED, NOW)
    await commands.answer_appearance(team.daniel, one, Answer.REFUSED, NOW)
    with pytest.raises(Conflict):
        await commands.record_appearance(team.mara, Reach.TEAM, one, TODAY, TODAY)


async def test_nobody_decides_for_another(team):
    one = await asked(team)
    for actor in (team.mara, team.ruth, team.selin):
        with pytest.raises(NotFound):
            await commands.answer_appearance(actor, one, Answer.REFUSED, NOW)
    assert (await appearance(team.daniel, Reach.OWN, one)).decision == ""


async def test_nobody_guides_themselves_nor_somebody_whom_they_do_not_look_after(team):
    one = await asked(team)
    with pytest.raises(NotFound):
        await commands.record_guidance(team.daniel, Reach.OWN, one, TODAY, TODAY)
    with pytest.raises(NotFound):
        await commands.record_guidance(team.otto, Reach.TEAM, one, TODAY, TODAY)
    own = Asked(team.mara.person_id, Medium.PRESS, SOON)
    made = await commands.ask_appearance(team.mara, Reach.TEAM, own, TODAY)
    with pytest.raises(Conflict, match="Somebody else"):
        await commands.record_guidance(team.mara, Reach.TEAM, made.subject_id, TODAY, TODAY)
    with pytest.raises(Invalid):
        await commands.record_guidance(team.mara, Reach.TEAM, one, SOON, TODAY)


async def test_whoever_is_asked_is_looked_after_by_the_asker_and_the_day_is_to_come(team):
    for person, day in ((team.otto, SOON), (team.daniel, TODAY - timedelta(days=1))):
        asking = Asked(person.person_id, Medium.PRESS, day)
        with pytest.raises(Invalid):
            await commands.ask_appearance(team.mara, Reach.TEAM, asking, TODAY)
    asking = Asked(team.daniel.person_id, Medium.PRESS, SOON)
    with pytest.raises(Invalid):
        await commands.ask_appearance(team.daniel, Reach.OWN, asking, TODAY)


async def test_a_stranger_sees_no_appearance(team):
    one = await asked(team)
    assert [row.id for row in await appearances(team.mara, Reach.TEAM)] == [one]
    assert await appearances(team.selin, Reach.OWN) == []
    with pytest.raises(NotFound):
        await appearance(team.selin, Reach.OWN, one)


async def test_one_voice_at_a_time_even_when_two_are_set_at_once(team):
    def set_for(person, first, last):
        duty = DutyDraft(person.person_id, TODAY + timedelta(days=first), TODAY + timedelta(days=last))
        return commands.set_spokesperson(team.mara, Reach.TEAM, duty, TODAY)

    several = [set_for((team.selin, team.daniel)[turn % 2], turn, 9) for turn in range(8)]
    done = await asyncio.gather(*several, return_exceptions=True)
    assert sorted(type(one).__name__ for one in done) == ["Conflict"] * 7 + ["SpokespersonSet"]
    await set_for(team.daniel, 10, 12)
    for first, last in ((12, 20), (5, 4)):
        with pytest.raises((Conflict, Invalid)):
            await set_for(team.selin, first, last)
    with pytest.raises(Invalid):
        await set_for(team.otto, 30, 31)


async def test_a_duty_is_taken_back_by_who_looks_after_the_person(team):
    duty = DutyDraft(team.selin.person_id, TODAY, SOON)
    made = await commands.set_spokesperson(team.mara, Reach.TEAM, duty, TODAY)
    with pytest.raises(NotFound):
        await commands.remove_spokesperson(team.selin, Reach.OWN, made.subject_id, TODAY)
    assert [row.person for row in await spokespersons(TODAY)] == ["Selin Aydın"]
    await commands.remove_spokesperson(team.mara, Reach.TEAM, made.subject_id, TODAY)
    assert await spokespersons(TODAY) == []
