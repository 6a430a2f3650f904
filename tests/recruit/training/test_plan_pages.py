"""The plan: who needs what becomes sessions, for those who plan them, without anybody's level."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import make
import pytest
from make import training

from competences.people.reach import Reach
from competences.training.queries.needs import needs_of_all
from competences.training.queries.plan import planned
from competences.training.rules.places import Open
from competences.training.rules.plan import Why
from competences.training.tables import CourseTrainer
from recruit.access import Role
from recruit.web.i18n import today


class Case:
    """Two exit workers, a course that is required of them, one that aims at a gap of Ada, and a trainer."""


@pytest.fixture
async def made(db):
    made = Case()
    made.day, made.until = today(), today() + timedelta(92)
    made.jana = await make.person("Jana Wirth", Role.STAFF, Role.TRAINER)
    made.trainer = await make.actor(made.jana)
    made.team = await make.team("Ada", "Ben", "Cy", in_role=2)
    made.ada, made.ben, _cy = made.team.people
    made.law = await training.course(
        "Law", required_by="Exit worker", before_lone_work=True, trainers=(made.jana,)
    )
    made.limits = await training.course("Limits", builds={"E3": 5}, trainers=(made.jana,), hours=16)
    await make.levels(made.ada, {"E3": 1}, datetime(2026, 6, 1, 9, tzinfo=UTC))
    return made


async def planned_now(made, **limits):
    return await planned(made.trainer, Reach.ALL, made.day, made.until, **limits)


async def test_what_is_required_and_what_closes_a_gap_is_planned_in_the_first_free_weeks(made):
    found = await planned_now(made)
    law, limits = found.plan.proposals
    assert (law.course_id, set(law.person_ids)) == (made.law.course, {made.ada.id, made.ben.id})
    assert (limits.course_id, limits.person_ids) == (made.limits.course, (made.ada.id,))
    assert limits.week == law.week + timedelta(7)
    assert {need.person_id: need.whys for need in found.needs if need.course_id == made.law.course} == {
        made.ada.id: (Why.LONE_WORK,), made.ben.id: (Why.LONE_WORK,),
    }  # fmt: skip
    assert found.closed == 3
    assert not found.open


async def test_absences_sessions_and_limits_take_weeks(made):
    client_day = made.day + timedelta(7 - made.day.weekday())  # the next Monday
    await training.session(made.limits, client_day, trainers=(made.jana,), capacity=1)
    first = (await planned_now(made)).plan.proposals[0]
    assert first.week == client_day + timedelta(7)
    only = await planned_now(made, most=1)
    assert [why for _need, why in only.open] == []  # Ada takes the free place of the session that is planned
    assert [row.person_ids for row in only.invitations] == [(made.ada.id,)]
    assert len((await planned_now(made, each=1)).plan.proposals) == 1


async def test_who_is_booked_waits_or_teaches_is_in_no_new_session(made):
    await training.enrolment(await training.session(made.law, made.until), made.ada)
    await CourseTrainer(course=made.law.course, person=made.ben.id).save()
    later = await training.course(
        "Later", required_by="Exit worker", after=(made.law,), trainers=(made.jana,)
    )
    found = await planned_now(made)
    assert all(row.course_id == made.limits.course for row in found.plan.proposals)
    assert sorted((need.person_id, need.course_id, why) for need, why in found.open) == sorted([
        (made.ben.id, made.law.course, Open.TEACHES),
        (made.ada.id, later.course, Open.WAITS),
        (made.ben.id, later.course, Open.WAITS),
    ])  # fmt: skip


async def test_a_course_without_trainers_is_for_those_with_an_account_and_a_long_one_for_nobody(made):
    await CourseTrainer.delete(force=True)
    assert {why for _need, why in (await planned_now(made)).open} == {Open.NOBODY}
    found = await planned_now(made, others=[made.jana.id])
    assert {row.trainer_id for row in found.plan.proposals} == {made.jana.id}
    await training.course("Long", required_by="Exit worker", hours=41, trainers=(made.jana,))
    assert {why for _need, why in (await planned_now(made, others=[made.jana.id])).open} == {Open.LONG}


async def test_a_stranger_plans_nothing(made):
    leader = await make.actor(made.team.manager)
    assert (await needs_of_all(leader, Reach.TEAM, made.day, made.until)).ready == ()
    assert (await planned(leader, Reach.TEAM, made.day, made.until)).needs == ()


async def test_a_proposal_opens_the_form_of_a_session_filled_in(as_, made):
    client = await as_(made.jana)
    page = unescape((await client.get("/training/plan")).text)
    assert "2 sessions to hold" in page
    assert "3 of 3 needs are closed" in page
    address = re.search(rf'href="(/training/sessions/new\?course={made.limits.course}&[^"]+)"', page)[1]
    form = (await client.get(address)).text
    monday = (await planned_now(made)).plan.proposals[1].week
    for value in (monday, monday + timedelta(1)):
        assert f'value="{value.isoformat()}"' in form
    assert re.search(rf'name="trainer" value="{made.jana.id}"[^>]* checked', form)
    assert re.search(rf'name="invite" value="{made.ada.id}"[^>]* checked', form)


async def test_free_places_are_filled_from_the_page(as_, made):
    held = await training.session(made.limits, made.day + timedelta(9), trainers=(made.jana,))
    client = await as_(made.jana)
    page = unescape((await client.get("/training/plan")).text)
    assert "Book 1 person" in page
    form = page[page.index("/training/due/courses/") :]
    sent = dict(re.findall(r'name="(do|session|person)" value="(\w+)"', form))
    assert sent == {"do": "add", "session": str(held.id), "person": str(made.ada.id)}
    answer = await client.post(f"/training/due/courses/{made.limits.course}/invitations", data=sent)
    assert answer.headers["location"] == f"/training/sessions/{held.id}"
    assert "Book 1 person" not in (await client.get("/training/plan")).text


async def test_the_page_says_names_and_courses_and_no_level(as_, made):
    client = await as_(made.jana)
    page = unescape((await client.get("/training/plan")).text)
    assert "Ada" in page
    assert "Aims at a level that the role asks for" in page
    assert not re.search(r"E3|level \d", page)
    assert (
        "More sessions than you asked for" in (await client.get("/training/plan?months=6&most=1&each=x")).text
    )
    for other in (made.team.manager, made.ada):
        assert (await (await as_(other)).get("/training/plan")).status_code == 404


async def test_a_trainer_says_when_they_are_away(as_, made):
    client = await as_(made.jana)
    wrong = await client.post("/training/absences", data={"from_on": ""})
    assert wrong.status_code == 422
    assert 'id="f-from_on-error"' in wrong.text
    last = made.day + timedelta(365)
    await client.post("/training/absences", data={"from_on": made.day, "until_on": last})
    page = (await client.get("/training/plan")).text
    assert "have no week left" in page
    removal = re.search(r'action="(/training/absences/\d+/removal)"', page)[1]
    await client.post(removal)
    assert "2 sessions to hold" in (await client.get("/training/plan")).text


async def test_more_people_and_courses_take_no_more_queries(as_, made, queries_of):
    client = await as_(made.jana)
    before = await queries_of(client, "/training/plan")
    for name in ("One", "Two"):
        await training.course(name, required_by="Exit worker", trainers=(made.jana,))
    assert await queries_of(client, "/training/plan") == before <= 18
