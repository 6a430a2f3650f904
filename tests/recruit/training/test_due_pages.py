"""The due board: counts by course, who they are, and inviting them."""

from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import make
import pytest_asyncio
from make import training

from competences.training.tables import Enrolment
from recruit.web import kept

TODAY = date.today()


@pytest_asyncio.fixture
async def here(as_):
    """Ruth is out of date and booked, Paul ends soon, Ada never did it; and Jana, who is a trainer."""
    kept.forget()
    made = await make.team("Ruth Okello", "Paul Novak", "Ada Lind", in_role=3)
    made.law = await training.course("Law", required_by="Exit worker", deadline_days=30, code="T04")
    made.session = await training.session(made.law, TODAY + timedelta(9), capacity=3)
    for person, days in zip(made.people[:2], (400, 340), strict=True):
        await training.completion(person, made.law, TODAY - timedelta(days))
    await training.enrolment(made.session, made.people[0])
    made.trainer = await make.person("Jana Wirth", "staff", "trainer")
    made.url = f"/training/due/courses/{made.law.course}"
    return made


async def test_the_board_counts_by_course_and_says_when_it_is_held_next(as_, here):
    text = (await (await as_(here.trainer)).get("/training/due")).text
    for section, words in (
        ("expired", "Expired"),
        ("overdue", "Never done, overdue"),
        ("in-30", "Ends within 30 days"),
    ):
        assert f'{here.url}?section={section}">1<span class="vh">: {words}</span>' in text
    assert "2 places left" in text
    one = (await (await as_(here.trainer)).get("/training/due?section=waiting")).text
    assert here.url not in one


async def test_the_page_of_a_course_lists_the_most_pressing_first_and_marks_who_is_booked(as_, here):
    client = await as_(here.trainer)
    text = (await client.get(here.url)).text
    places = [
        text.index(f"<bdi>{name}</bdi></a> <small") for name in ("Ruth Okello", "Ada Lind", "Paul Novak")
    ]
    assert places == sorted(places)
    assert f'<a href="/training/sessions/{here.session.id}">' in text
    only = (await client.get(f"{here.url}?section=in-30")).text
    assert ("Paul Novak" in only, "Ruth Okello" in only) == (True, False)


async def test_inviting_leads_to_the_plan_with_those_who_were_ticked(as_, here):
    client, (_ruth, paul, ada) = await as_(here.trainer), here.people
    answer = await client.post(f"{here.url}/invitations", data={"person": [ada.id, paul.id], "do": "plan"})
    assert answer.status_code == 303
    to = urlsplit(answer.headers["location"])
    assert to.path == "/training/sessions/new"
    assert parse_qs(to.query) == {"course": [str(here.law.course)], "invite": [str(ada.id), str(paul.id)]}
    form = (await client.get(answer.headers["location"])).text
    assert all(f'name="invite" value="{one.id}" checked' in form for one in (ada, paul))


async def test_everybody_on_the_page_is_whoever_no_session_has_yet(as_, here):
    client, (ruth, paul, ada) = await as_(here.trainer), here.people
    page = (await client.get(here.url)).text
    shown = [str(one.id) for one in (ada, paul, ruth) if f'name="shown" value="{one.id}"' in page]
    assert shown == [str(ada.id), str(paul.id)]
    data = {"everybody": "1", "shown": shown, "do": "add", "session": here.session.id}
    answer = await client.post(f"{here.url}/invitations", data=data)
    assert answer.headers["location"] == f"/training/sessions/{here.session.id}"
    rows = await Enrolment.select(Enrolment.person, Enrolment.place).order_by(Enrolment.turn)
    assert [(row["person"], row["place"]) for row in rows] == [
        (ruth.id, "booked"), (ada.id, "booked"), (paul.id, "booked"),
    ]  # fmt: skip


async def test_an_invitation_of_nobody_or_to_nothing_is_said_on_the_page(as_, here):
    client = await as_(here.trainer)
    nobody = await client.post(f"{here.url}/invitations?section=in-30", data={"do": "plan"})
    assert (nobody.status_code, "Tick whom you invite." in nobody.text) == (422, True)
    assert "Ruth Okello" not in nobody.text
    nowhere = await client.post(f"{here.url}/invitations", data={"do": "add", "person": here.people[1].id})
    assert (nowhere.status_code, "Choose a session." in nowhere.text) == (422, True)
    assert f'value="{here.people[1].id}" id="p-{here.people[1].id}"' in nowhere.text


async def test_a_line_manager_sees_their_own_people_and_invites_nobody(as_, here):
    text = (await (await as_(here.manager)).get(here.url)).text
    assert ("Ruth Okello" in text, "Invite these" in text) == (True, False)
    answer = await (await as_(here.manager)).post(
        f"{here.url}/invitations", data={"person": here.people[1].id}
    )
    assert answer.status_code == 404
    other = await as_(await make.manager("Selin Aydin"))
    assert "Nobody is due" in (await other.get(here.url)).text
    assert "Nothing is due" in (await other.get("/training/due")).text
    assert (await (await as_(here.people[0])).get(here.url)).status_code == 303


async def test_people_come_in_pages_and_the_queries_stay_as_many(as_, here, queries_of):
    client = await as_(here.trainer)
    few = await queries_of(client, here.url), await queries_of(client, "/training/due")
    profile = await make.profile_id("Exit worker")
    await add_people(here, profile, 60)
    kept.forget()
    assert (await queries_of(client, here.url), await queries_of(client, "/training/due")) == few
    second = (await client.get(f"{here.url}?section=overdue&page=2")).text
    assert "Page 2 of 2" in second
    assert second.count('name="person"') == 61 - 50


async def add_people(here, profile: int, count: int) -> None:
    from competences.people.tables import Person

    await Person.raw(
        "WITH new AS (INSERT INTO person (name, email, post, external, manager) SELECT 'Zoe ' || i, 'zoe' || i, '',"
        " '', {} FROM generate_series(1, {}::int) i RETURNING id)"
        " INSERT INTO role_holder (person, profile, from_on) SELECT id, {}, date '2026-01-01' FROM new",
        here.manager.id, count, profile,
    )  # fmt: skip
