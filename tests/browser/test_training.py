"""A trainer plans a session, takes attendance on a phone that loses its connection, and signs: a level rises, and
somebody may work alone, until the course has run out."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import make
import pytest
from make import training
from playwright.sync_api import expect

from competences.actor import SYSTEM
from competences.people.reach import Reach
from competences.role_profiles.commands import assign_role
from competences.training.tables import CourseSession, Enrolment, LoneWorkNeed, Outcome

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
ROLE = "Exit worker"


class House:
    """A trainer, a line manager, and two whose role asks for a course before they work alone."""


async def prepared(today: date) -> House:
    house = House()
    house.trainer = await make.person("Jana Wirth", "staff", "trainer")
    house.manager = await make.manager("Mara Keller")
    house.selin = await make.person("Selin Aydın", manager=house.manager.id)
    house.malik = await make.person("Malik Bensaïd", manager=house.manager.id)
    profile = await make.profile_id(ROLE)
    for person in (house.selin, house.malik):
        await assign_role(SYSTEM, Reach.ALL, person.id, profile, today - timedelta(days=200))
    house.course = await training.course(
        builds={"E3": 3}, required_by=ROLE, before_lone_work=True, trainers=(house.trainer,)
    )
    await LoneWorkNeed(profile=profile, competence=await make.competence_id("E3"), level=3).save()
    return house


@pytest.fixture
def today() -> date:
    return datetime.now(ZoneInfo("Europe/Berlin")).date()


@pytest.fixture
def house(do, emptied, today):
    do(emptied())
    yield do(prepared(today))
    do(emptied())


def plan(trainer, today: date) -> None:
    """From the board of what is due to a session with those who were never there."""
    page = trainer.goes("/training/due")
    page.get_by_role("row", name=re.compile("De-escalation")).get_by_role(
        "link", name=re.compile("De-escalation")
    ).click()
    for name in ("Selin Aydın", "Malik Bensaïd"):
        page.get_by_role("checkbox", name=name).check()
    page.get_by_role("button", name="Plan a session with them").click()
    page.get_by_label("First day").fill(today.isoformat())
    page.get_by_label("From").first.fill("00:00")
    page.get_by_label("Until").first.fill("15:00")
    page.get_by_label(re.compile("^Place ")).fill("Room 2")
    expect(page.get_by_role("checkbox", name="Jana Wirth")).to_be_checked()
    page.get_by_role("button", name="Plan it").click()
    expect(page.get_by_text("2 of 12 taken")).to_be_visible()


def attend(phone, session_id: int) -> None:
    """One tap arrives, one is made without a connection and arrives when it is back."""
    page = phone.goes(f"/training/sessions/{session_id}/attendance")
    selin, malik = (
        page.get_by_role("group", name="Selin Aydın"),
        page.get_by_role("group", name="Malik Bensaïd"),
    )
    selin.get_by_role("radio", name="Present").check(force=True)
    expect(page.get_by_text(re.compile("^Saved"))).to_have_count(1)
    page.context.set_offline(True)
    malik.get_by_role("radio", name="Absent").check(force=True)
    expect(page.get_by_text("Not sent yet")).to_be_visible()
    expect(page.get_by_text("No connection.")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text(re.compile("^Saved"))).to_have_count(2)
    expect(page.get_by_text("Not sent yet")).to_have_count(0)
    page.reload()
    expect(selin.get_by_role("radio", name="Present")).to_be_checked()
    expect(malik.get_by_role("radio", name="Absent")).to_be_checked()
    phone.said[:] = [text for text in phone.said if "ERR_INTERNET_DISCONNECTED" not in text]


def sign(trainer, session_id: int) -> None:
    page = trainer.goes(f"/training/sessions/{session_id}/outcomes")
    expect(page.get_by_role("link", name=re.compile("^Sign"))).to_have_count(1)  # none for who was absent
    page.get_by_role("link", name=re.compile("^Sign")).click()
    page.get_by_role("radio", name="Completed").check()
    page.get_by_label("What you saw").fill("Calmed a loud talk and named the limit.")
    page.get_by_role("radio", name=re.compile("^3 ")).check()
    page.get_by_role("button", name="Sign").click()
    expect(page.get_by_text("1 of 2 signed")).to_be_visible()


def test_from_a_plan_to_lone_work_and_to_its_end(house, do, at_browser, today):
    trainer, manager = at_browser(house.trainer), at_browser(house.manager)
    page = manager.goes(f"/people/{house.selin.id}/lone-work")
    expect(page.get_by_text("2 things are missing:")).to_be_visible()
    plan(trainer, today)
    session_id = do(only_session())
    phone = at_browser(house.trainer, has_touch=True)
    phone.page.set_viewport_size(PHONE)
    attend(phone, session_id)
    sign(trainer, session_id)
    page = manager.goes(f"/people/{house.selin.id}/levels")
    expect(page.get_by_text("Calmed a loud talk and named the limit.").first).to_be_visible()
    page = manager.goes(f"/people/{house.selin.id}/lone-work")
    expect(page.get_by_text("Everything that the role asks for")).to_be_visible()
    later = today + timedelta(days=400)
    page = manager.goes(f"/people/{house.selin.id}/lone-work?on={later.isoformat()}")
    expect(page.get_by_text("1 thing is missing:")).to_be_visible()
    page = manager.goes(f"/people/{house.malik.id}/lone-work")
    expect(page.get_by_text("2 things are missing:")).to_be_visible()
    for someone in (trainer, manager, phone):
        assert not someone.said, someone.said


def test_a_tap_that_is_refused_is_not_sent_again_and_says_so(house, do, at_browser, today):
    listed = do(on_the_list(house, today))
    phone = at_browser(house.trainer, has_touch=True)
    page = phone.goes(f"/training/sessions/{listed.session}/attendance")
    selin = page.get_by_role("group", name="Selin Aydın")
    do(sign_off(listed))
    selin.get_by_role("radio", name="Absent").click(force=True)
    expect(page.get_by_text("It was not taken.")).to_be_visible()
    expect(page.get_by_text("Not taken", exact=True)).to_be_visible()
    expect(selin.get_by_role("radio", name="Absent")).not_to_be_checked()
    page.reload()
    expect(page.get_by_text("The outcome is signed.")).to_be_visible()
    expect(page.get_by_text("Not sent yet")).to_have_count(0)


async def on_the_list(house, today: date) -> Enrolment:
    session = await training.session(house.course, today - timedelta(days=1), trainers=(house.trainer,))
    return await training.enrolment(session, house.selin)


async def sign_off(listed: Enrolment) -> None:
    await Outcome(enrolment=listed.id, result="attended", evidence="", signed_at=datetime.now(UTC)).save()


async def only_session() -> int:
    return (await CourseSession.objects().first()).id
