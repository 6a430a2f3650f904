"""A person against a role: their own or any other, on whichever version of the framework."""

from datetime import UTC, date, datetime

import make
import pytest

from competences.actor import SYSTEM
from competences.errors import NotFound
from competences.gaps import queries
from competences.people.reach import Reach

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
TODAY = date(2026, 11, 24)


async def test_levels_are_held_against_a_role_and_the_others_are_not_lost(db):
    person = await make.person()
    await make.levels(person, {"A2": 2, "E5": 4}, NOW)
    found = await queries.standing(SYSTEM, Reach.ALL, person.id, await make.profile_id("Coordinator"), TODAY)
    assert (found.role[0].asked.code, found.role[0].short) == ("A2", 1)
    assert [row.code for row in found.others] == ["E5"]
    assert {row.code for row in found.levels} == {"A2", "E5"}
    none = await queries.standing(SYSTEM, Reach.ALL, person.id, None, TODAY)
    assert (none.role, len(none.others)) == ([], 2)


@pytest.mark.parametrize("reach", [Reach.NO, Reach.OWN, Reach.TEAM])
async def test_a_stranger_finds_nothing(db, reach):
    person, stranger = await make.person(), await make.actor(await make.manager("Stranger"))
    await make.levels(person, {"A2": 2}, NOW)
    with pytest.raises(NotFound):
        await queries.standing(stranger, reach, person.id, await make.profile_id("Coordinator"), TODAY)
