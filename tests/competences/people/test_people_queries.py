"""Whose records somebody sees."""

from datetime import date

import make
import pytest

from competences.errors import NotFound
from competences.people import queries
from competences.people.reach import Reach


async def names(person, reach, **more) -> list[str]:
    return [row.name for row in await queries.people(await make.actor(person), reach, **more)]


@pytest.fixture
async def team(db):
    boss = await make.person("Boss")
    return boss, await make.person("Daniel", manager=boss.id), await make.person("Stranger")


async def test_a_reach_of_one_team_is_oneself_and_those_one_manages(team):
    boss, daniel, stranger = team
    assert await names(boss, Reach.TEAM) == ["Boss", "Daniel"]
    assert await names(daniel, Reach.TEAM) == ["Daniel"]
    assert await names(stranger, Reach.OWN) == ["Stranger"]
    assert await names(stranger, Reach.ALL) == ["Boss", "Daniel", "Stranger"]
    assert await names(boss, Reach.NO) == []


@pytest.mark.parametrize("reach", [Reach.NO, Reach.OWN, Reach.TEAM])
async def test_a_stranger_finds_nobody(team, reach):
    _boss, daniel, stranger = team
    with pytest.raises(NotFound):
        await queries.person(await make.actor(stranger), reach, daniel.id)


async def test_a_manager_finds_the_team_only_with_the_reach_of_a_team(team):
    boss, daniel, _stranger = team
    assert (await queries.person(await make.actor(boss), Reach.TEAM, daniel.id)).manager == "Boss"
    with pytest.raises(NotFound):
        await queries.person(await make.actor(boss), Reach.OWN, daniel.id)


async def test_those_who_left_and_outside_members_are_listed_on_request(db):
    one = await make.person("One")
    await make.person("Left", ended_on=date(2020, 1, 1))
    await make.person("Visitor", external="University")
    assert await names(one, Reach.ALL) == ["One"]
    assert await names(one, Reach.ALL, everybody=True) == ["Left", "One", "Visitor"]


@pytest.mark.parametrize(
    ("word", "found"), [("100%", ["100% Sure"]), ("_", []), ("SURE", ["100% Sure"]), ("\\", [])]
)
async def test_a_search_takes_every_character_as_itself(db, word, found):
    one = await make.person("100% Sure")
    await make.person("Other")
    assert await names(one, Reach.ALL, search=word) == found
