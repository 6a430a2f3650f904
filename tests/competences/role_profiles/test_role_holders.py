"""Who works in which role: one at a time, each day of it kept."""

from datetime import date

import asyncpg
import make
import pytest

from competences.actor import SYSTEM
from competences.errors import Conflict, Invalid, NotFound
from competences.people.reach import Reach
from competences.role_profiles import commands, queries
from competences.role_profiles.tables import RoleHolder

TODAY = date(2026, 11, 24)


async def assigned(person, title: str, day: date):
    return await commands.assign_role(SYSTEM, Reach.ALL, person.id, await make.profile_id(title), day)


async def role(person, day: date = TODAY) -> str | None:
    row = await queries.role_of(SYSTEM, Reach.ALL, person.id, day)
    return row and row.title


async def test_a_new_role_ends_the_one_before_it_and_keeps_it(db):
    person = await make.person()
    await assigned(person, "Mentor", date(2024, 1, 1))
    await assigned(person, "Coordinator", date(2026, 12, 1))
    assert (await role(person), await role(person, date(2026, 12, 1))) == ("Mentor", "Coordinator")
    rows = await queries.roles_until_now(SYSTEM, Reach.ALL, person.id)
    assert [(row.title, row.until_on) for row in rows] == [
        ("Coordinator", None),
        ("Mentor", date(2026, 11, 30)),
    ]


async def test_a_role_said_wrongly_is_put_right_on_the_same_day(db):
    person = await make.person()
    await assigned(person, "Mentor", TODAY)
    assert await assigned(person, "Mentor", TODAY) is None
    await assigned(person, "Coordinator", TODAY)
    assert await role(person) == "Coordinator"
    assert await RoleHolder.count() == 1


async def test_a_role_ends_with_its_last_day(db):
    person = await make.person()
    await assigned(person, "Mentor", date(2024, 1, 1))
    await commands.end_role(SYSTEM, Reach.ALL, person.id, TODAY)
    assert (await role(person), await role(person, date(2026, 11, 25))) == ("Mentor", None)
    with pytest.raises(Invalid):
        await commands.end_role(SYSTEM, Reach.ALL, person.id, date(2023, 1, 1))


async def test_what_cannot_be_is_refused_by_the_command_and_by_the_database(db):
    person = await make.person()
    await assigned(person, "Mentor", TODAY)
    with pytest.raises(Invalid):
        await assigned(person, "Coordinator", date(2026, 1, 1))
    with pytest.raises(Invalid):
        await commands.assign_role(SYSTEM, Reach.ALL, person.id, 0, TODAY)
    with pytest.raises(asyncpg.ExclusionViolationError):
        await RoleHolder(person=person.id, profile=await make.profile_id("Coordinator"), from_on=TODAY).save()


async def test_a_line_manager_says_it_of_the_team_and_a_stranger_neither_says_nor_sees_it(db):
    boss, stranger = await make.manager("Boss"), await make.manager("Stranger")
    daniel = await make.person("Daniel", manager=boss.id)
    profile = await make.profile_id("Mentor")
    await commands.assign_role(await make.actor(boss), Reach.TEAM, daniel.id, profile, TODAY)
    with pytest.raises(NotFound):
        await commands.assign_role(await make.actor(stranger), Reach.TEAM, daniel.id, profile, TODAY)
    with pytest.raises(Conflict, match="line manager"):
        await commands.assign_role(await make.actor(daniel), Reach.TEAM, daniel.id, profile, TODAY)
    ids = [boss.id, daniel.id]
    assert list(await queries.roles_of(await make.actor(boss), Reach.TEAM, ids, TODAY)) == [daniel.id]
    assert await queries.roles_of(await make.actor(stranger), Reach.TEAM, ids, TODAY) == {}
    assert await queries.roles_until_now(await make.actor(stranger), Reach.TEAM, daniel.id) == []
