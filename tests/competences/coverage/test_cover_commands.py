"""Needs of a unit, and delegations: recorded, looked at again, ended."""

from dataclasses import replace
from datetime import timedelta

import asyncpg
import make
import pytest

from competences.coverage import queries
from competences.coverage.commands import (
    delegate,
    end_delegation,
    review_delegation,
    set_needs,
    stamp_of,
)
from competences.coverage.rules.cover import Need
from competences.coverage.rules.leadership import DelegationDraft
from competences.coverage.tables import Delegation
from competences.errors import Conflict, Invalid, NotFound
from competences.people.reach import Reach

from .conftest import TODAY

LATER = TODAY + timedelta(days=180)


def draft(person_id: int) -> DelegationDraft:
    return DelegationDraft(person_id, None, "L2", TODAY, LATER, "Contacts with the police.")


async def test_needs_do_not_overwrite_each_other(team):
    key = ((await make.framework()).framework, "E1")
    args = (team.actor, Reach.TEAM, team.unit.id)
    await set_needs(*args, {key: Need(4, 3, True)}, stamp_of({}), TODAY)
    with pytest.raises(Conflict):
        await set_needs(*args, {key: Need(3, 1, True)}, stamp_of({}), TODAY)
    seen = stamp_of(await queries.needs_of(*args, TODAY))
    assert await set_needs(*args, {key: Need(4, 3, True)}, seen, TODAY) is None
    await set_needs(*args, {}, seen, TODAY)
    assert await queries.needs_of(*args, TODAY) == {}


async def test_a_delegation_is_recorded_looked_at_again_and_ended_and_then_stays(team):
    ada = team.people[0]
    made = await delegate(team.actor, Reach.TEAM, draft(ada.id), TODAY)
    with pytest.raises(Invalid):
        await review_delegation(team.actor, Reach.TEAM, made.subject_id, LATER, LATER)
    await review_delegation(team.actor, Reach.TEAM, made.subject_id, LATER + timedelta(days=180), LATER)
    (row,) = await queries.delegations(team.actor, Reach.TEAM)
    assert row.review_on == LATER + timedelta(days=180)
    await end_delegation(team.actor, Reach.TEAM, made.subject_id, LATER)
    with pytest.raises(Conflict):
        await end_delegation(team.actor, Reach.TEAM, made.subject_id, LATER)
    with pytest.raises(asyncpg.PostgresError, match="does not change"):
        await Delegation.update({Delegation.ended_on: None}).where(Delegation.id == made.subject_id)
    (row,) = await queries.delegations(team.actor, Reach.TEAM)
    assert (row.code, row.ended_on) == ("L2", LATER)


async def test_the_same_is_not_delegated_to_the_same_person_twice(team):
    ada = team.people[0]
    await delegate(team.actor, Reach.TEAM, draft(ada.id), TODAY)
    with pytest.raises(Conflict):
        await delegate(team.actor, Reach.TEAM, draft(ada.id), TODAY)


async def test_what_cannot_be_delegated_is_refused_with_every_reason(team):
    stranger = await make.person("Sam Stranger")
    wrong = replace(draft(stranger.id), code="E1", unit_id=0, review_on=TODAY)
    with pytest.raises(Invalid) as refused:
        await delegate(team.actor, Reach.TEAM, wrong, TODAY)
    assert set(refused.value.fields) == {"person", "code", "unit", "review_on"}


async def test_nobody_else_sees_or_ends_a_delegation(team):
    made = await delegate(team.actor, Reach.TEAM, draft(team.people[0].id), TODAY)
    other = await make.actor(await make.manager("Olga Other"))
    assert await queries.delegations(other, Reach.TEAM) == []
    for attempt in (end_delegation, lambda *args: review_delegation(*args[:3], LATER, TODAY)):
        with pytest.raises(NotFound):
            await attempt(other, Reach.TEAM, made.subject_id, TODAY)
