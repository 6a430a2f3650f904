"""Asking for a course, and who answers."""

from datetime import UTC, datetime, timedelta

import make
import pytest
import pytest_asyncio
from make import training

from competences.errors import Conflict, Invalid, NotFound
from competences.people.reach import Reach
from competences.people.tables import Person
from competences.training.commands.requests import answer, ask
from competences.training.queries import requests
from competences.training.tables import Course, CourseRequest

NOW = datetime.now(UTC)
TODAY = NOW.date()


@pytest_asyncio.fixture
async def asked(db):
    """Ruth, her line manager Mara and a course that Ruth asked for."""
    team = await make.team("Ruth Okello", in_role=1)
    version = await training.course("Trauma")
    ruth, mara = await make.actor(team.people[0]), await make.actor(team.manager)
    made = await ask(ruth, version.course, "My clients speak of it.", NOW)
    return ruth, mara, version, made.subject_id


async def test_one_request_for_a_course_waits_at_a_time(asked):
    ruth, mara, version, request_id = asked
    with pytest.raises(Conflict, match="already"):
        await ask(ruth, version.course, "Again.", NOW)
    await answer(mara, Reach.TEAM, request_id, "Next year.", NOW, approved=False)
    assert await ask(ruth, version.course, "It is next year.", NOW)


async def test_a_request_has_a_reason_and_is_for_a_course_that_is_offered(asked):
    ruth, _mara, _version, _request_id = asked
    other = await training.course("Law")
    with pytest.raises(Invalid):
        await ask(ruth, other.course, " ", NOW)
    await Course.update({Course.retired: True}, force=True).where(Course.id == other.course)
    with pytest.raises(Conflict):
        await ask(ruth, other.course, "For court.", NOW)
    with pytest.raises(NotFound):
        await ask(ruth, 0, "For court.", NOW)


async def test_a_refusal_needs_words_and_an_answer_is_given_once(asked):
    _ruth, mara, _version, request_id = asked
    with pytest.raises(Invalid):
        await answer(mara, Reach.TEAM, request_id, "", NOW, approved=False)
    await answer(mara, Reach.TEAM, request_id, "", NOW, approved=True)
    with pytest.raises(Conflict):
        await answer(mara, Reach.TEAM, request_id, "No.", NOW, approved=False)
    row = await CourseRequest.objects().get(CourseRequest.id == request_id)
    assert (row.approved, row.answered_by) == (True, mara.person_id)


async def test_only_the_line_manager_answers_and_a_stranger_sees_nothing(asked):
    ruth, mara, _version, request_id = asked
    stranger = await make.actor(await make.manager("Selin Aydin"))
    for actor, reach in ((stranger, Reach.TEAM), (ruth, Reach.OWN), (ruth, Reach.TEAM), (mara, Reach.NO)):
        assert await requests.to_answer(actor, reach) == []
        with pytest.raises(NotFound):
            await answer(actor, reach, request_id, "", NOW, approved=True)
    assert [row.id for row in await requests.to_answer(mara, Reach.TEAM)] == [request_id]
    assert await requests.requests_of(stranger, Reach.TEAM, ruth.person_id) == []
    assert [row.why for row in await requests.requests_of(ruth, Reach.OWN, ruth.person_id)] == [
        "My clients speak of it."
    ]


async def test_trainers_see_that_it_is_approved_and_none_of_the_words(asked):
    ruth, mara, _version, request_id = asked
    await answer(mara, Reach.TEAM, request_id, "In spring.", NOW, approved=True)
    jana = await make.actor(await make.person("Jana Wirth", "staff", "trainer"))
    words = {}
    for actor, reach in ((ruth, Reach.OWN), (mara, Reach.TEAM), (mara, Reach.ALL), (jana, Reach.ALL)):
        (row,) = await requests.requests_of(actor, reach, ruth.person_id)
        assert row.approved
        words[actor.name, reach] = row.why, row.answer
    both = "My clients speak of it.", "In spring."
    assert list(words.values()) == [both, both, both, ("", "")]


async def test_who_was_told_yes_waits_for_a_place_until_they_are_on_a_list(asked):
    ruth, mara, version, request_id = asked
    trainer = await make.actor(await make.person("Jana Wirth", "staff", "trainer"))
    assert await requests.approved(trainer, Reach.ALL, TODAY) == {}
    await answer(mara, Reach.TEAM, request_id, "", NOW, approved=True)
    assert await requests.approved(trainer, Reach.ALL, TODAY) == {version.course: (ruth.person_id,)}
    assert await requests.approved(trainer, Reach.OWN, TODAY) == {}
    session = await training.session(version, TODAY + timedelta(9))
    place = await training.enrolment(session, await Person.objects().get(Person.id == ruth.person_id))
    await CourseRequest.update({CourseRequest.enrolment: place.id}, force=True)
    assert await requests.approved(trainer, Reach.ALL, TODAY) == {}
    (row,) = await requests.answered(mara, Reach.TEAM)
    assert row.session_id == session.id
