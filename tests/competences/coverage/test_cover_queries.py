"""The cover of the people whom one leads, and what is shown of everybody else."""

import make
import pytest

from competences.coverage import queries
from competences.coverage.commands import set_needs, stamp_of
from competences.coverage.rules.cover import Need, Stands
from competences.errors import NotFound
from competences.people.reach import Reach

from .conftest import NOW, TODAY


async def row(team, code: str, unit_id: int | None = None):
    cover = await queries.team_cover(team.actor, Reach.TEAM, unit_id, TODAY)
    return next(row for row in cover.rows if row.named.code == code)


async def test_it_counts_who_is_at_which_level_against_what_their_roles_need(team):
    ada, ben, _cy = team.people
    await make.levels(ada, {"E1": 4}, NOW)
    await make.levels(ben, {"E1": 2}, NOW)
    found = await row(team, "E1")
    assert found.cells == (1, 0, 1, 0, 1, 0)
    assert (found.need, found.stands, found.alone) == (Need(3, 2), Stands.SHORT, ada.id)


async def test_a_role_that_ended_needs_nobody_and_an_asking_without_evidence_is_no_level(team):
    from competences.role_profiles.commands import end_role

    ada, ben, _cy = team.people
    await make.levels(ada, {"E1": None}, NOW)
    for person in (ada, ben):
        await end_role(team.actor, Reach.TEAM, person.id, TODAY)
    assert (await row(team, "E1")).need == Need(3, 2)  # the last day counts
    cover = await queries.team_cover(team.actor, Reach.TEAM, None, TODAY.replace(month=12))
    (found,) = [row for row in cover.rows if row.named.code == "E1"]
    assert (found.need, found.cells) == (None, (3, 0, 0, 0, 0, 0))


async def test_nobody_else_sees_the_people_whom_one_leads(team):
    await make.levels(team.people[0], {"E1": 4}, NOW)
    other = await make.actor(await make.manager("Olga Other"))
    for reach in Reach:
        cover = await queries.team_cover(other, reach, team.unit.id, TODAY)
        assert (cover.people, cover.units, cover.rows) == ([], [], [])
    own = await make.actor(team.people[0])
    assert (await queries.team_cover(own, Reach.OWN, None, TODAY)).people == []


async def test_what_a_unit_set_goes_before_what_roles_need_and_only_who_leads_there_sets_it(team):
    framework = (await make.framework()).framework
    await set_needs(
        team.actor, Reach.TEAM, team.unit.id, {(framework, "E1"): Need(4, 3, True)}, stamp_of({}), TODAY
    )
    assert (await row(team, "E1")).need == Need(4, 3, given=True)
    other = await make.actor(await make.manager("Olga Other"))
    with pytest.raises(NotFound):
        await set_needs(other, Reach.TEAM, team.unit.id, {}, stamp_of({}), TODAY)


async def test_without_sight_of_people_only_counts_are_shown_from_which_nobodys_level_follows(team):
    trainer = await make.actor(await make.person("Tom Trainer", "staff", "trainer"))
    assert (await queries.totals(trainer, Reach.ALL, TODAY, leads=False)).people == 4
    for number in range(5):
        await make.levels(await make.person(f"More {number}"), {"E1": 3}, NOW)
    await make.levels(team.people[0], {"E1": 5, "E2": 4}, NOW)
    found = await queries.totals(trainer, Reach.ALL, TODAY, leads=False)
    cells = {row.named.code: row.cells for row in found.rows}
    assert cells["E1"] == (None, None, None, 5, None, None)
    assert cells["E2"] == (8, None, None, None, None, None)
    for reach in (Reach.NO, Reach.OWN, Reach.TEAM):
        assert (await queries.totals(trainer, reach, TODAY, leads=False)).rows == []


async def test_whom_a_reader_sees_anyway_is_not_in_the_totals(team):
    await make.person("Only One Else")
    found = await queries.totals(team.actor, Reach.ALL, TODAY, leads=True)
    assert (found.people, found.rows) == (None, [])  # one person is left, whom a subtraction would give away


async def test_leadership_is_looked_at_across_a_chosen_group_of_ones_own_people(team):
    ada, ben, cy = team.people
    stranger = await make.person("Sam Stranger")
    for person, held in ((ada, {"L1": 4, "L2": 5}), (ben, {"L3": 4, "L2": 4}), (stranger, {"L4": 5})):
        await make.levels(person, held, NOW, key="leader")
    found = await queries.leadership(team.actor, Reach.TEAM, {ada.id, ben.id, cy.id, stranger.id}, TODAY)
    assert [one.name for one in found.group] == ["Ada", "Ben", "Cy"]
    assert len(found.leads) == 6
    assert found.covers.groups == ((ada.id, ben.id),)
    assert found.covers.uncovered == ("L4", "L5", "L6")
    outside = await queries.leadership(await make.actor(stranger), Reach.OWN, {ada.id}, TODAY)
    assert (outside.choices, outside.group) == ([], [])
