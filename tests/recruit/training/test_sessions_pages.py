"""Pages of sessions: planned by a form, booked by whoever needs the course, changed and cancelled."""

from datetime import date, timedelta

import make
import pytest
from make import training

from competences.training.tables import CourseSession, Enrolment, SessionDay

SOON = date.today() + timedelta(days=30)


async def trainer(name: str = "Jana Wirth"):
    return await make.person(name, "staff", "trainer")


def typed(version, row, **fields) -> dict:
    return {
        "course": version.course, "day": SOON.isoformat(), "starts": "09:00", "ends": "17:00",
        "zone": "Europe/Berlin", "place": "Room 2", "capacity": "2", "trainer": row.id, **fields,
    }  # fmt: skip


async def test_a_trainer_plans_a_session_with_the_people_who_were_invited(as_):
    row, selin, malik = await trainer(), await make.person("Selin"), await make.person("Malik")
    version = await training.course()
    client = await as_(row)
    page = await client.get(
        f"/training/sessions/new?course={version.course}&invite={selin.id}&invite={malik.id}"
    )
    assert "Selin" in page.text
    assert 'value="12"' in page.text  # places, as the course says
    answer = await client.post("/training/sessions", data=typed(version, row, invite=[selin.id, malik.id]))
    assert answer.status_code == 303
    shown = (await client.get(answer.headers["location"])).text
    assert "2 of 2 taken" in shown
    assert "Malik" in shown
    assert "De-escalation" in (await client.get("/training/sessions")).text


async def test_a_series_is_planned_at_once_and_its_days_keep_the_clock(as_):
    row = await trainer()
    version = await training.course()
    client = await as_(row)
    sent = typed(version, row, times="3", weeks="26", **{"day-2": (SOON + timedelta(days=1)).isoformat(), "starts-2": "10:00", "ends-2": "12:00"})  # fmt: skip
    assert (await client.post("/training/sessions", data=sent)).status_code == 303
    assert await CourseSession.count() == 3
    assert await SessionDay.count() == 6


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"zone": "Europe/Atlantis"}, "no time zone of this name"),
        ({"day": "2027-03-28", "starts": "02:30"}, "clocks are put forward"),
        ({"ends": "08:00"}, "ends after it has begun"),
        ({"place": ""}, "Say where it is"),
        ({"link": "javascript:alert(1)"}, "A link begins with"),
        ({"trainer": ""}, "Choose who leads it"),
        ({"capacity": "0"}, "whole number"),
    ],
)
async def test_what_cannot_be_is_said_beside_its_field_and_nothing_typed_is_lost(as_, fields, words):
    row = await trainer()
    version = await training.course()
    answer = await (await as_(row)).post("/training/sessions", data=typed(version, row, **fields))
    assert answer.status_code == 422
    assert words in answer.text
    assert SOON.isoformat() in answer.text or "day" in fields
    assert await CourseSession.count() == 0


async def test_a_change_on_an_older_page_is_a_conflict_that_keeps_what_was_typed(as_):
    row = await trainer()
    version = await training.course()
    session = await training.session(version, SOON, trainers=(row,))
    client = await as_(row)
    assert (await client.get(f"/training/sessions/{session.id}/edit")).status_code == 200
    first = await client.post(
        f"/training/sessions/{session.id}", data=typed(version, row, place="Room 3", edition="1")
    )
    assert first.status_code == 303
    second = await client.post(
        f"/training/sessions/{session.id}", data=typed(version, row, place="Room 9", edition="1")
    )
    assert second.status_code == 409
    assert "Room 9" in second.text


async def test_who_needs_the_course_books_and_gives_back_and_a_cancelled_session_says_why(as_):
    row = await trainer()
    team = await make.team("Selin")
    (selin,) = team.people
    version = await training.course(required_by="Exit worker")
    session = await training.session(version, SOON, trainers=(row,))
    client, url = await as_(selin), f"/training/sessions/{session.id}"
    assert "Book a place" in (await client.get(url)).text
    assert (await client.post(f"{url}/booking")).status_code == 303
    assert "You are booked" in (await client.get(url)).text
    await client.post(f"{url}/booking/withdrawal")
    assert await Enrolment.count().where(Enrolment.place == "withdrawn") == 1
    leader = await as_(row)
    assert (await leader.post(f"{url}/cancellation", data={"reason": ""})).status_code == 422
    await leader.post(f"{url}/cancellation", data={"reason": "The trainer is ill."})
    shown = (await client.get(url)).text
    assert "The trainer is ill." in shown
    assert "Book a place" not in shown


async def test_a_trainer_adds_somebody_who_lacks_a_course_only_with_eyes_open(as_):
    row, paul = await trainer(), await make.person("Paul")
    first = await training.course("Radicalisation", code="T02")
    session = await training.session(await training.course(after=(first,)), SOON, trainers=(row,))
    client, url = await as_(row), f"/training/sessions/{session.id}/enrolments"
    warned = await client.post(url, data={"person": paul.id})
    assert warned.status_code == 422
    assert "T02 comes first" in warned.text
    assert (await client.post(url, data={"person": paul.id, "anyway": "1"})).status_code == 303
    guest = await client.post(url, data={"guest": "Nora Lind", "organisation": "Partner project"})
    assert guest.status_code == 303
    await training.enrolment(session, await make.person("Greta Holm"), place="waiting")
    page = (await client.get(f"/training/sessions/{session.id}")).text
    assert "Greta Holm" in page.split("Waiting list")[1]
    assert "T02 first" in page
    assert "Nora Lind" in page


async def test_staff_see_when_a_course_is_held_and_not_who_else_comes(as_):
    row, selin, paul = await trainer(), await make.person("Selin"), await make.person("Paul")
    session = await training.session(await training.course(), SOON, trainers=(row,))
    await training.enrolment(session, selin)
    client = await as_(paul)
    page = await client.get(f"/training/sessions/{session.id}")
    assert "1 of 12 taken" in page.text
    assert "Selin" not in page.text
    for url in (
        "/training/sessions/new",
        f"/training/sessions/{session.id}/edit",
        f"/training/sessions/{session.id}/attendance",
    ):
        assert (await client.get(url)).status_code == 404


async def test_the_list_is_filtered_by_its_address(as_):
    row, other = await trainer(), await trainer("Ruth Okello")
    one, two = await training.course("De-escalation"), await training.course("Mental health")
    await training.session(one, SOON, trainers=(row,))
    await training.session(two, SOON, trainers=(other,))
    await training.session(two, date(2026, 1, 12), trainers=(other,))
    client = await as_(row)

    async def held(query: str) -> int:
        return (await client.get(f"/training/sessions?{query}")).text.count('<li class="task">')

    assert [
        await held(query)
        for query in ("", f"course={one.course}", f"trainer={other.id}", "past=1", "course=x")
    ] == [2, 1, 1, 1, 2]
