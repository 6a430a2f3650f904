"""Training on Today: for whoever leads sessions, whoever leads people, and whoever has to go."""

import re
from datetime import UTC, date, datetime, timedelta

import make
import pytest_asyncio
from make import training

from competences.people.reach import Reach
from competences.training.commands.requests import answer, ask
from competences.training.commands.sessions import cancel_session
from competences.training.tables import LoneWorkChange
from recruit.web import kept

TODAY = date.today()
NOW = datetime.now(UTC)


async def words(client) -> str:
    text = (await client.get("/")).text
    text = re.sub(r"<[^>]+>", " ", text[text.index("<main") :])
    return re.sub(r"\s+", " ", text).replace(" :", ":")


@pytest_asyncio.fixture
async def here(as_):
    """Mara leads Ruth, for whom law has run out; Jana is a trainer."""
    kept.forget()
    made = await make.team("Ruth Okello", in_role=1)
    made.ruth = made.people[0]
    made.law = await training.course("Law", required_by="Exit worker", code="T04")
    await training.completion(made.ruth, made.law, TODAY - timedelta(400))
    made.trainer = await make.person("Jana Wirth", "staff", "trainer")
    return made


async def test_somebody_is_told_of_their_own_courses_until_a_session_is_booked(as_, here):
    ruth = await as_(here.ruth)
    assert "Has run out: T04 Law" in await words(ruth)
    for other in (here.manager, here.trainer):
        assert "Has run out" not in await words(await as_(other))
    session = await training.session(here.law, TODAY + timedelta(3))
    await training.enrolment(session, here.ruth)
    text = await words(ruth)
    assert ("Has run out" in text, "Session: Law" in text) == (False, True)


async def test_a_course_that_ends_soon_or_was_never_done_is_told_in_time(as_, here):
    await training.completion(here.ruth, here.law, TODAY - timedelta(350))
    await training.course("Media", required_by="Exit worker", code="T16", deadline_days=0)
    text = await words(await as_(here.ruth))
    assert ("Runs out soon: T04 Law" in text, "Still to do: T16 Media" in text) == (True, True)


async def test_a_trainer_takes_attendance_and_signs_what_came_of_it(as_, here):
    session = await training.session(here.law, TODAY - timedelta(1), trainers=(here.trainer,))
    await training.enrolment(session, here.ruth)
    text = await words(await as_(here.trainer))
    assert "Take attendance: Law" in text
    assert "Take attendance" not in await words(await as_(here.manager))


async def test_a_cancelled_session_is_told_with_its_reason_to_those_who_were_on_its_list(as_, here):
    session = await training.session(here.law, TODAY + timedelta(3), trainers=(here.trainer,))
    await training.enrolment(session, here.ruth)
    leads = await make.actor(here.trainer)
    await cancel_session(leads, Reach.ALL, session.id, "The room is closed.", NOW)
    ruth = await as_(here.ruth)
    assert "Cancelled: Law" in await words(ruth)
    assert "The room is closed." in (await ruth.get(f"/people/{here.ruth.id}/training")).text
    assert "Cancelled: Law" not in await words(await as_(here.trainer))


async def test_a_certificate_from_elsewhere_waits_for_a_trainer(as_, here):
    await training.completion(here.ruth, here.law, TODAY, origin="external", issuer="Police college")
    assert "Check a certificate of Ruth Okello" in await words(await as_(here.trainer))
    assert "Check a certificate" not in await words(await as_(here.manager))


async def test_a_request_is_for_the_line_manager_and_a_yes_for_trainers(as_, here):
    ruth, mara = await make.actor(here.ruth), await make.actor(here.manager)
    made = await ask(ruth, here.law.course, "For court.", NOW)
    assert "Answer a request of Ruth Okello" in await words(await as_(here.manager))
    assert "Answer a request" not in await words(await as_(here.trainer))
    await answer(mara, Reach.TEAM, made.subject_id, "", NOW, approved=True)
    assert "1 person waits for a place" in await words(await as_(here.trainer))
    assert "Answer a request" not in await words(await as_(here.manager))


async def test_a_change_of_lone_work_is_read_by_the_person_and_by_who_leads_them(as_, here):
    await LoneWorkChange(person=here.ruth.id, at=NOW, on=TODAY, authorised=False, missing="[]").save()
    stranger = await as_(await make.manager("Selin Aydin"))
    assert "You may not work alone" in await words(await as_(here.ruth))
    assert "Ruth Okello may not work alone" in await words(await as_(here.manager))
    assert "work alone" not in await words(stranger)
    assert "work alone" not in await words(await as_(here.trainer))
    change = await LoneWorkChange.objects().first()
    mara = await as_(here.manager)
    await mara.post(f"/lone-work-changes/{change.id}/reading")
    assert "work alone" not in await words(mara)
    assert "You may not work alone" in await words(await as_(here.ruth))


async def test_how_many_are_out_of_date_stands_beside_and_only_for_who_sees_them(as_, here):
    mara = await as_(here.manager)
    assert 'hx-get="/training/due/summary"' in (await mara.get("/")).text
    part = await mara.get("/training/due/summary", headers={"HX-Request": "true"})
    assert "0 of 1 required" in part.text
    assert (await mara.get("/training/due/summary")).headers["location"] == "/training/due"
    assert "/training/due/summary" not in (await (await as_(here.ruth)).get("/")).text


async def test_today_takes_at_most_eight_queries_whatever_there_is(as_, here, queries_of):
    everything = await make.person(
        "Kim Roth", "staff", "line_manager", "hiring_manager", "trainer", "administrator", "privacy_officer"
    )
    session = await training.session(here.law, TODAY, trainers=(everything,))
    await training.enrolment(session, here.ruth)
    for person in (everything, here.trainer, here.manager, here.ruth):
        assert await queries_of(await as_(person), "/") <= 8
