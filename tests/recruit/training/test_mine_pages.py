"""One's own training: what is required, what is to come, what was done."""

from datetime import timedelta

import make
import pytest
from make import training

from competences.people.reach import Reach
from competences.training.commands.requests import answer, ask
from recruit.access import Role
from recruit.web.i18n import today


@pytest.fixture
async def team(db):
    return await make.team("Selin Aydın", "Paul Novak")


async def test_what_has_run_out_comes_first_and_what_is_booked_stands_beside_it(as_, team):
    selin, day = team.people[0], today()
    old = await training.course("Listening", required_by="Exit worker")
    await training.course("Boundaries", required_by="Exit worker", deadline_days=1000)
    await training.completion(selin, old, day - timedelta(days=400))
    session = await training.session(old, day + timedelta(days=9), link="https://meet.example/listening")
    await training.enrolment(session, selin)
    text = (await (await as_(selin)).get(f"/people/{selin.id}/training")).text
    assert "1 course is missing or has run out." in text
    assert text.index("Listening") < text.index("Boundaries")
    assert 'href="https://meet.example/listening"' in text
    assert f"/training/sessions/{session.id}/session.ics" in text


async def test_the_line_manager_reads_it_without_the_way_into_the_room(as_, team):
    selin, version = team.people[0], await training.course("Listening")
    row = await training.signed(selin, version, today())
    session = await training.session(
        version, today() + timedelta(days=9), link="https://meet.example/listening"
    )
    await training.enrolment(session, selin, place="waiting")
    text = (await (await as_(team.manager)).get(f"/people/{selin.id}/training")).text
    assert f"/training/completions/{row.id}/certificate.pdf" in text
    assert "first on the waiting list" in text
    assert "meet.example" not in text
    assert "calendar-link" not in text


async def test_a_trainer_reads_courses_and_has_no_certificate_of_others(as_, team):
    selin, version = team.people[0], await training.course("Listening")
    row = await training.signed(selin, version, today())
    client = await as_(await make.person("Jana Wirth", Role.STAFF, Role.TRAINER))
    text = (await client.get(f"/people/{selin.id}/training")).text
    assert "Listening" in text
    assert "certificate.pdf" not in text
    assert (await client.get(f"/training/completions/{row.id}/certificate.pdf")).status_code == 404


async def test_what_somebody_writes_to_their_line_manager_is_on_no_page_of_a_trainer(as_, team):
    selin, version = team.people[0], await training.course("Listening")
    made = await ask(await make.actor(selin), version.course, "A reason of mine.", training.LONG_AGO)
    manager = await make.actor(team.manager)
    words = "An answer to her."
    await answer(manager, Reach.TEAM, made.subject_id, words, training.LONG_AGO, approved=True)
    trainer = await as_(await make.person("Jana Wirth", Role.STAFF, Role.TRAINER))
    for path in ("training", "course-requests"):
        text = (await trainer.get(f"/people/{selin.id}/{path}")).text
        assert "Approved" in text
        assert ("A reason of mine." in text, words in text) == (False, False)
        assert words in (await (await as_(team.manager)).get(f"/people/{selin.id}/{path}")).text


async def test_earlier_ones_are_kept_below_the_latest(as_, team):
    selin, version = team.people[0], await training.course("Listening")
    for days in (10, 800):
        await training.completion(selin, version, today() - timedelta(days=days))
    assert "1 earlier or withdrawn one" in (await (await as_(selin)).get(f"/people/{selin.id}/training")).text


async def test_who_is_new_reads_what_will_stand_there(as_, db):
    person = await make.person("Ada")
    text = (await (await as_(person)).get(f"/people/{person.id}/training")).text
    assert "No course is required." in text
    assert "Nothing is completed yet." in text
