"""Who stands how towards which course on a day."""

from datetime import date, timedelta

import make
import pytest
from make import training

from competences.actor import SYSTEM
from competences.people.reach import Reach
from competences.training.queries.standing import standings
from competences.training.rules.standing import CourseStanding, Stands
from competences.training.tables import CourseVersion

TODAY = date(2026, 11, 25)


def row(**columns) -> CourseStanding:
    names = CourseStanding.__dataclass_fields__
    return CourseStanding(**{**dict.fromkeys(names), "required": True, "waits": False, **columns})


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({}, Stands.TO_DO),
        ({"due_on": TODAY}, Stands.TO_DO),
        ({"due_on": TODAY - timedelta(1)}, Stands.OVERDUE),
        ({"due_on": TODAY - timedelta(1), "waits": True}, Stands.WAITING),
        ({"done_on": TODAY}, Stands.IN_DATE),
        ({"done_on": TODAY, "expires_on": TODAY}, Stands.ENDING),
        ({"done_on": TODAY, "expires_on": TODAY + timedelta(90)}, Stands.ENDING),
        ({"done_on": TODAY, "expires_on": TODAY + timedelta(91)}, Stands.IN_DATE),
        ({"done_on": TODAY, "expires_on": TODAY - timedelta(1)}, Stands.EXPIRED),
        ({"done_on": TODAY, "expires_on": TODAY - timedelta(1), "required": False}, Stands.LAPSED),
        ({"required": False}, Stands.NONE),
        ({"booked_on": TODAY}, Stands.TO_DO),
    ],
)
def test_how_somebody_stands(columns, expected):
    assert row(**columns).stands(TODAY) is expected


async def one(person, today=TODAY):
    (found,) = await standings(SYSTEM, Reach.ALL, today, [person.id])
    return found


async def test_a_required_course_is_due_some_days_after_the_first_day_in_the_role(db):
    team = await make.team("Ruth Okello", in_role=1)
    await training.course(required_by="Exit worker", deadline_days=30, before_lone_work=True)
    found = await one(team.people[0])
    assert (found.required, found.before_lone_work, found.done_on) == (True, True, None)
    assert found.due_on is not None


async def test_the_completion_that_lasts_longest_counts_and_a_withdrawn_or_unchecked_one_does_not(db):
    person = await make.person()
    version = await training.course()
    await training.completion(person, version, date(2025, 3, 1))
    await training.completion(person, version, date(2026, 3, 1))
    await training.completion(person, version, date(2026, 9, 1), origin="external")
    await training.completion(
        person, version, date(2026, 10, 1), withdrawn_at=training.LONG_AGO, withdrawn_reason="Another person."
    )
    found = await one(person)
    assert (found.done_on, found.expires_on, found.required) == (date(2026, 3, 1), date(2027, 3, 1), False)
    assert (await one(person, date(2025, 6, 1))).expires_on == date(2026, 3, 1)


async def test_a_new_version_can_end_what_was_completed_before_it(db):
    person = await make.person()
    version = await training.course(refresh_months=None)
    await training.completion(person, version, date(2025, 3, 1))
    await CourseVersion(
        course=version.course, number=2, title="New", aims="", outline="", hours=8, assessed_by=["test"],
        earlier_until=date(2026, 12, 31), published_at=training.LONG_AGO,
    ).save()  # fmt: skip
    assert (await one(person)).expires_on == date(2026, 12, 31)


async def test_a_course_that_comes_first_is_waited_for_until_it_is_in_date(db):
    team = await make.team("Ruth Okello", in_role=1)
    person = team.people[0]
    first = await training.course("Induction", refresh_months=12)
    await training.course("De-escalation", required_by="Exit worker", after=(first,))
    assert (await one(person)).waits
    await training.completion(person, first, date(2026, 1, 10))
    rows = await standings(SYSTEM, Reach.ALL, TODAY, [person.id])
    assert not any(found.waits for found in rows)
    assert any(found.waits for found in await standings(SYSTEM, Reach.ALL, date(2027, 2, 1), [person.id]))


async def test_the_next_session_that_somebody_is_booked_for_stands_beside_it(db):
    person = await make.person()
    version = await training.course()
    past = await training.session(version, TODAY - timedelta(9), days=2)
    later = await training.session(version, TODAY + timedelta(9))
    for place in (past, later):
        await training.enrolment(place, person)
    waiting = await training.session(version, TODAY + timedelta(2))
    await training.enrolment(waiting, person, place="waiting")
    found = await one(person)
    assert (found.booked_on, found.session_id) == (TODAY + timedelta(9), later.id)


async def test_nobody_sees_how_a_stranger_stands(db):
    person, stranger = await make.person(), await make.person()
    version = await training.course()
    await training.completion(person, version, date(2026, 3, 1))
    actor = await make.actor(stranger)
    assert await standings(actor, Reach.NO, TODAY) == []
    assert await standings(actor, Reach.OWN, TODAY) == []
    assert await standings(actor, Reach.TEAM, TODAY) == []
    assert len(await standings(await make.actor(person), Reach.OWN, TODAY)) == 1
