"""People, staff records and units, page by page."""

from datetime import UTC, datetime

import make
import pytest

from competences.actor import SYSTEM
from competences.assessments.commands import record_agreed_levels
from competences.assessments.rules import AgreedRating
from competences.frameworks.tables import Competence
from competences.people.tables import Person, Unit
from recruit.access import Role

HUGE = "99999999999999999999"


@pytest.fixture
async def team(db):
    boss = await make.manager("Mara Keller")
    daniel = await make.person("Daniel Rask", manager=boss.id, post="Exit worker")
    return boss, daniel, await make.person("Ruth Okello")


async def administrator(as_):
    return await as_(await make.person("Admin", Role.ADMINISTRATOR))


async def give_levels(person, levels: dict[str, int | None]):
    version = await make.framework()
    ratings = []
    for code, level in levels.items():
        row = await Competence.objects().get((Competence.version == version.id) & (Competence.code == code))
        ratings.append(AgreedRating(row.id, level, f"Reason for {code}"))
    now = datetime(2026, 11, 20, 10, tzinfo=UTC)
    await record_agreed_levels(SYSTEM, person.id, version.id, ratings, now)


async def test_a_line_manager_lists_the_team_and_nobody_else(as_, team):
    text = (await (await as_(team[0])).get("/people")).text
    assert "Daniel Rask" in text
    assert "Mara Keller" in text
    assert "Ruth Okello" not in text


async def test_staff_go_straight_to_their_own_page(as_, team):
    client = await as_(team[1])
    answer = await client.get("/people")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/people/{team[1].id}")
    assert "No levels yet" in (await client.get(f"/people/{team[1].id}")).text


@pytest.mark.parametrize(
    "role", [Role.STAFF, Role.HIRING_MANAGER, Role.LINE_MANAGER, Role.TRAINER, Role.ADMINISTRATOR]
)
async def test_a_stranger_does_not_find_a_person(as_, team, role):
    stranger = await as_(await make.person("Stranger", role))
    assert (await stranger.get(f"/people/{team[1].id}")).status_code == 404


async def test_levels_stand_in_words_with_where_they_come_from(as_, team):
    await give_levels(team[1], {"A1": 4, "E3": None})
    text = (await (await as_(team[0])).get(f"/people/{team[1].id}")).text
    assert "4 Strong" in text
    assert "No evidence" in text
    assert "Agreed by a panel" in text
    assert "Reason for A1" in text


async def test_an_administrator_keeps_records_and_never_sees_levels(as_, team):
    await give_levels(team[1], {"A1": 4})
    admin = await administrator(as_)
    for url in ("/staff", f"/people/{team[1].id}/edit"):
        text = (await admin.get(url)).text
        assert "Daniel Rask" in text
        assert "Strong" not in text
        assert "Reason for A1" not in text


async def test_an_administrator_adds_and_changes_a_person(as_, db):
    admin = await administrator(as_)
    unit = await make.unit()
    sent = {
        "name": " Yusuf  Yılmaz ",
        "email": "Yusuf@Test.example",
        "unit": unit.id,
        "started_on": "2026-12-01",
    }
    assert (await admin.post("/people", data=sent)).headers["location"] == "/staff"
    row = await Person.objects().get(Person.email == "yusuf@test.example")
    assert (row.name, row.unit) == ("Yusuf Yılmaz", unit.id)
    form = (await admin.get(f"/people/{row.id}/edit")).text
    stamp = form.split('name="stamp" value="')[1].split('"')[0]
    answer = await admin.post(f"/people/{row.id}", data={**sent, "post": "Mentor", "stamp": stamp})
    assert answer.status_code == 303
    assert (await Person.objects().get(Person.id == row.id)).post == "Mentor"
    stale = await admin.post(f"/people/{row.id}", data={**sent, "post": "Trainer", "stamp": stamp})
    assert stale.status_code == 409


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""), ("name", "\x00"), ("name", "x" * 200), ("email", "nobody"), ("email", "a@b@c.d"),
        ("started_on", "yesterday"), ("manager", "987654"), ("unit", "987654"), ("email", "<b>@x"),
    ],
)  # fmt: skip
async def test_what_cannot_be_used_is_said_at_its_field_and_kept(as_, db, field, value):
    admin = await administrator(as_)
    answer = await admin.post("/people", data={"name": "Yusuf", "post": "Typed before", field: value})
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in answer.text
    assert "Typed before" in answer.text


@pytest.mark.parametrize(
    "url",
    [
        f"/people/{HUGE}",
        "/people/-1",
        "/people/x",
        "/people?page=-3",
        f"/people?page={HUGE}",
        "/people?search=%00",
    ],
)
async def test_strange_addresses_break_nothing(as_, team, url):
    assert (await (await as_(team[0])).get(url)).status_code in (200, 404)


async def test_a_long_list_has_pages_in_few_queries(as_, db, queries_of):
    boss = await make.manager()
    await Person.insert(*(Person(name=f"Name {n:03}", manager=boss.id) for n in range(120)))
    client = await as_(boss)
    first, second = (await client.get("/people")).text, (await client.get("/people?page=3")).text
    assert "Page 1 of 3" in first
    assert "Name 049" not in first or "Name 099" not in first
    assert "Name 119" in second
    for url in ("/people", f"/people/{boss.id}"):
        assert await queries_of(client, url) <= 8


async def test_a_search_that_finds_nobody_says_what_can_be_found(as_, team):
    assert "Nobody of that name" in (await (await as_(team[0])).get("/people?search=zzz")).text


async def test_units_are_added_renamed_and_removed(as_, db):
    admin = await administrator(as_)
    assert (await admin.post("/units", data={"name": "Adults"})).status_code == 303
    assert (await admin.post("/units", data={"name": "adults"})).status_code == 422
    unit = await Unit.objects().first()
    assert (await admin.post(f"/units/{unit.id}", data={"name": "Grown-ups"})).status_code == 303
    assert "Grown-ups" in (await admin.get("/units")).text
    assert (await admin.post(f"/units/{unit.id}/removal")).status_code == 303
    assert "No units yet" in (await admin.get("/units")).text


async def test_a_unit_with_people_cannot_be_removed(as_, db):
    admin, unit = await administrator(as_), await make.unit()
    await make.person("Daniel", unit=unit.id)
    answer = await admin.post(f"/units/{unit.id}/removal")
    assert answer.status_code == 409
    assert "1 person belongs to this unit" in answer.text
