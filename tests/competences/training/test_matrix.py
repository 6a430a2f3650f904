"""The whole organisation in groups: the same as everybody's standing one by one, and nobody else's."""

from datetime import date, timedelta

import make
from make import training

from competences.actor import SYSTEM
from competences.people.reach import Reach
from competences.training.queries import matrix
from competences.training.queries.standing import standings
from competences.training.rules.matrix import (
    ENDING,
    NOT_DONE,
    REQUIRED,
    VALID,
    Count,
    Overview,
    Show,
    State,
    Trainee,
    counted,
    feet,
    never_done,
    shown,
)
from competences.training.rules.standing import Stands

TODAY = date(2026, 11, 25)
# The last day in date, counted from today, on each side of every border.
LEFT = (-400, -1, 0, 1, 30, 31, 60, 61, 90, 91, 300)


def trainee(key: int, name: str = "") -> Trainee:
    return Trainee(key, name, "", None, None)


def some() -> Overview:
    groups = {
        (1, State.EXPIRED): (1,),
        (1, State.IN_30): (2,),
        (1, State.IN_DATE): (3,),
        (2, State.OVERDUE): (1, 2),
        (2, State.BOOKED): (2, 3),
        (3, State.OTHER): (3,),
    }
    return Overview(tuple(map(trainee, (1, 2, 3))), groups)


def test_counts_are_pairs_of_people_and_courses():
    assert counted(some(), (1, 2, 3), None) == Count(
        expired=1, not_done=2, ending=1, booked=2, in_date=2, required=5
    )
    assert counted(some(), (1, 2), {1, 3}) == Count(
        expired=1, not_done=1, ending=0, booked=1, in_date=1, required=3
    )


def test_the_foot_says_how_many_are_in_date_of_whom_it_is_required():
    assert feet(some(), (1, 2, 3), None) == [(2, 3), (0, 2), (0, 0)]


def test_what_is_shown_has_at_least_one_cell_that_was_asked_for():
    assert shown(some(), (1, 2, 3), None, Show.EXPIRED) == ({1}, [1])
    assert shown(some(), (1, 2, 3), None, Show.ACTION) == ({1, 2}, [1, 2])
    assert shown(some(), (1, 2, 3), {3}, Show.NOT_DONE) == (set(), [])


def test_whoever_has_no_first_day_is_never_overdue():
    needs = [(7, {1: None, 2: TODAY - timedelta(31), 3: TODAY - timedelta(30), 4: TODAY}, 30)]
    found = never_done(needs, {(7, State.IN_DATE): (4,)}, TODAY)
    assert {state: set(ids) for (_course, state), ids in found.items()} == {
        State.OVERDUE: {2},
        State.TO_DO: {1, 3},
    }


def expected(row) -> State:
    """The group that belongs to a standing, however much waits."""
    left = row.days_left(TODAY)
    if row.in_date(TODAY):
        fits = [(State.IN_30, 30), (State.IN_60, 60), (State.IN_90, 90)]
        return next((state for state, most in fits if left is not None and left <= most), State.IN_DATE)
    if row.done_on is not None:
        return State.EXPIRED
    return State.OVERDUE if row.due_on and row.due_on < TODAY else State.TO_DO


async def test_the_overview_groups_everybody_as_they_stand_one_by_one(db):
    team = await make.team(*(f"Person {number}" for number in range(len(LEFT))), in_role=len(LEFT))
    first = await training.course("Induction", refresh_months=None)
    ends = await training.course(required_by="Exit worker", deadline_days=30, after=(first,))
    late = await training.course("Law", required_by="Exit worker", deadline_days=0)
    free = await training.course("Media")
    for person, left in zip(team.people, LEFT, strict=True):
        last = TODAY + timedelta(left)
        await training.completion(person, ends, last - timedelta(500), expires_on=last)
    await training.completion(team.people[0], free, TODAY, expires_on=None)
    await training.completion(team.people[1], late, TODAY, expires_on=None)
    await training.enrolment(await training.session(free, TODAY + timedelta(3)), team.people[2])
    found = await matrix.overview(SYSTEM, Reach.ALL, TODAY)
    rows = [row for row in await standings(SYSTEM, Reach.ALL, TODAY) if row.required]
    assert {(row.person_id, row.course_id, expected(row)) for row in rows} == {
        (person, course, state)
        for (course, state), ids in found.groups.items()
        if state in REQUIRED
        for person in ids
    }
    assert {row.stands(TODAY) for row in rows} >= {Stands.ENDING, Stands.IN_DATE, Stands.WAITING}
    assert found.groups[free.course, State.OTHER] == (team.people[0].id,)
    assert found.groups[free.course, State.BOOKED] == (team.people[2].id,)
    assert [one.name for one in found.people] == sorted(one.name for one in found.people)


async def test_the_cells_of_some_people_are_their_standings(db):
    team = await make.team("Ruth Okello", "Paul Novak", in_role=2)
    version = await training.course(required_by="Exit worker")
    ruth, _paul = team.people
    await training.completion(ruth, version, TODAY - timedelta(40))
    (held,) = (await matrix.cells(SYSTEM, Reach.ALL, TODAY, [ruth.id])).values()
    assert list(held.values()) == await standings(SYSTEM, Reach.ALL, TODAY, [ruth.id])
    assert await matrix.cells(SYSTEM, Reach.ALL, TODAY, []) == {}


async def test_a_stranger_sees_nobody_and_a_line_manager_their_own_people(db):
    team = await make.team("Ruth Okello", in_role=1)
    version = await training.course(required_by="Exit worker")
    stranger, ids = await make.actor(await make.manager("Selin Aydin")), [team.people[0].id]
    for reach in (Reach.NO, Reach.OWN, Reach.TEAM):
        assert team.people[0].id not in {
            one.id for one in (await matrix.overview(stranger, reach, TODAY)).people
        }
        assert await matrix.cells(stranger, reach, TODAY, ids) == {}
    lead = await make.actor(team.manager)
    assert team.people[0].id in {one.id for one in (await matrix.overview(lead, Reach.TEAM, TODAY)).people}
    assert version.course in (await matrix.cells(lead, Reach.TEAM, TODAY, ids))[ids[0]]


def test_the_groups_of_what_is_required_do_not_overlap():
    assert not NOT_DONE & VALID
    assert ENDING < VALID < REQUIRED
