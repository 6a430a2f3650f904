"""Levels over time: the newest that counts, who sees it, and what it takes to take one back."""

from datetime import UTC, datetime, timedelta

import make
import pytest

from competences.actor import SYSTEM
from competences.assessments import queries
from competences.assessments.tables import LEVELS_FROM, Kind
from competences.errors import NotFound
from competences.people.reach import Reach

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
AGO = NOW - timedelta(days=400)


async def current(person) -> dict[str, int | None]:
    rows = await queries.current_levels(SYSTEM, Reach.ALL, [person.id])
    return {row.code: row.level for row in rows}


async def test_only_some_kinds_give_a_level(db):
    person = await make.person()
    for place, kind in enumerate(Kind):
        await make.levels(person, {"A1": 1 + place % 5}, AGO + timedelta(days=place), kind=kind)
    rows = await queries.history_of(SYSTEM, Reach.ALL, person.id)
    assert {row.kind for row in rows} == set(LEVELS_FROM)
    assert await current(person) == {"A1": 1 + list(Kind).index(Kind.IMPORTED) % 5}


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
