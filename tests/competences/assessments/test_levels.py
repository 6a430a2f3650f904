"""Levels over time: the newest that counts, who sees it, and what it takes to take one back."""

from datetime import UTC, datetime, timedelta
from random import Random

import make
import pytest

from competences.actor import SYSTEM
from competences.assessments import commands, queries
from competences.assessments.tables import LEVELS_FROM, Kind, Rating
from competences.audit.tables import AuditEntry
from competences.errors import Conflict, Invalid, NotFound
from competences.people.reach import Reach
from competences.people.tables import Person

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
AGO = NOW - timedelta(days=400)


async def current(person) -> dict[str, int | None]:
    rows = await queries.current_levels(SYSTEM, Reach.ALL, [person.id])
    return {row.code: row.level for row in rows}


async def test_only_some_kinds_give_a_level(db):
    person = await make.person()
    kinds = [kind for kind in Kind if kind is not Kind.TRAINER]  # which needs an outcome of a course
    for place, kind in enumerate(kinds):
        await make.levels(person, {"A1": 1 + place % 5}, AGO + timedelta(days=place), kind=kind)
    rows = await queries.history_of(SYSTEM, Reach.ALL, person.id)
    assert {row.kind for row in rows} == {*LEVELS_FROM} - {Kind.TRAINER}
    assert await current(person) == {"A1": 1 + kinds.index(Kind.IMPORTED) % 5}


async def test_asking_without_learning_enough_takes_no_level_away(db):
    person = await make.person()
    await make.levels(person, {"A1": 4}, AGO)
    await make.levels(person, {"A1": None, "E3": None}, NOW, kind=Kind.TALK)
    first, second = await queries.current_levels(SYSTEM, Reach.ALL, [person.id])
    assert (first.level, first.given_at, first.asked_at) == (4, AGO, NOW)
    assert (second.level, second.asked_at) == (None, NOW)


async def test_many_people_at_once_and_whoever_is_at_each_level(db):
    one, two = await make.person("One"), await make.person("Two")
    await make.levels(one, {"A1": 4, "B4": 3}, NOW)
    await make.levels(two, {"A1": 4}, NOW)
    both = [one.id, two.id]
    held = await queries.levels_held(SYSTEM, Reach.ALL, both)
    assert [(row.code, row.level, row.person_ids) for row in held] == [("A1", 4, both), ("B4", 3, [one.id])]
    assert len(await queries.current_levels(SYSTEM, Reach.ALL, both)) == 3


@pytest.mark.parametrize("reach", [Reach.NO, Reach.OWN, Reach.TEAM])
async def test_a_stranger_finds_no_levels_of_others(db, reach):
    person, stranger = await make.person(), await make.actor(await make.manager("Stranger"))
    await make.levels(person, {"A1": 4}, NOW)
    assert await queries.current_levels(stranger, reach, [person.id]) == []
    assert await queries.levels_held(stranger, reach, [person.id]) == []
    with pytest.raises(NotFound):
        await queries.history_of(stranger, reach, person.id)


async def test_a_level_taken_back_stays_in_the_history_and_the_one_before_counts_again(db):
    boss = await make.manager("Boss")
    person = await make.person("Daniel", manager=boss.id)
    await make.levels(person, {"A1": 2}, AGO)
    await make.levels(person, {"A1": 4}, NOW, kind=Kind.TALK)
    (now,) = await queries.current_levels(SYSTEM, Reach.ALL, [person.id])
    await commands.supersede_level(
        await make.actor(boss), Reach.TEAM, person.id, now.rating_id, "Wrong person.", NOW
    )
    assert await current(person) == {"A1": 2}
    newest, _ = await queries.history_of(SYSTEM, Reach.ALL, person.id)
    assert (newest.level, newest.withdrawn_by, newest.withdrawn_reason) == (4, "Boss", "Wrong person.")
    entry = await AuditEntry.select().where(AuditEntry.event == "level.superseded").first()
    assert entry["details"] == f'{{"person_id": {person.id}}}'
    with pytest.raises(Conflict):
        await commands.supersede_level(SYSTEM, Reach.ALL, person.id, now.rating_id, "Again.", NOW)


async def test_only_the_line_manager_takes_a_level_back_and_says_why(db):
    boss, stranger = await make.manager("Boss"), await make.manager("Stranger")
    person = await make.person("Daniel", manager=boss.id)
    await make.levels(person, {"A1": 4}, NOW)
    (row,) = await queries.current_levels(SYSTEM, Reach.ALL, [person.id])
    for who, reach, key, reason, refusal in (
        (stranger, Reach.TEAM, row.rating_id, "Why not.", NotFound),
        (person, Reach.OWN, row.rating_id, "I am better.", Conflict),
        (boss, Reach.TEAM, 0, "Nothing.", NotFound),
        (boss, Reach.TEAM, row.rating_id, " ", Invalid),
    ):
        with pytest.raises(refusal):
            await commands.supersede_level(await make.actor(who), reach, person.id, key, reason, NOW)


async def test_both_ways_to_many_levels_agree_whatever_happened(db):
    chance = Random(7)
    people = [await make.person() for _ in range(4)]
    for turn in range(24):
        levels = {code: chance.choice([None, 1, 2, 3, 4, 5]) for code in chance.sample(("A1", "B4", "E3"), 2)}
        at = NOW - timedelta(days=chance.choice([0, 30, 60]))
        kind = chance.choice([Kind.AGREED, Kind.TALK, Kind.SELF])
        await make.levels(chance.choice(people), levels, at, kind=kind)
        if turn % 6 == 5:
            rows = await queries.current_levels(SYSTEM, Reach.ALL, [row.id for row in people])
            row = chance.choice(rows)
            await commands.supersede_level(SYSTEM, Reach.ALL, row.person_id, row.rating_id, "Wrong.", NOW)
    ids = [row.id for row in people]
    one = await queries.current_levels(SYSTEM, Reach.ALL, ids)
    other = await queries.levels_held(SYSTEM, Reach.ALL, ids)
    assert {(row.code, row.level, row.person_id) for row in one} == {
        (row.code, row.level, key) for row in other for key in row.person_ids
    }


async def test_a_kept_count_is_counted_anew_when_a_level_is_given_or_taken_back_or_somebody_is_led_by_another(
    db,
):
    boss, other = await make.manager(), await make.manager("Nora New")
    person = await make.person("Yusuf Yılmaz", manager=boss.id)
    actor, now = await make.actor(boss), datetime.now(UTC)

    async def counts():
        rows = await queries.levels_counted(actor, Reach.TEAM, [person.id])
        return {row.code: row.level for row in rows}

    await make.levels(person, {"A1": 2}, now - timedelta(days=3))
    assert await counts() == await counts() == {"A1": 2}
    newer = await make.levels(person, {"A1": 4}, now - timedelta(days=2))
    assert await counts() == {"A1": 4}
    rating = await Rating.objects().get(Rating.assessment == newer)
    await commands.supersede_level(
        actor, Reach.TEAM, person.id, rating.id, "Another competence was meant.", now
    )
    assert await counts() == {"A1": 2}
    await Person.update({Person.manager: other.id}).where(Person.id == person.id)
    assert await counts() == {}
