"""One person's page: levels against the role, plan, and what only some may do there."""

import re
from datetime import UTC, date, datetime, timedelta

import make
import pytest

from competences.actor import SYSTEM
from competences.assessments.tables import Kind, Rating
from competences.frameworks import commands as frameworks
from competences.frameworks.tables import Competence, FrameworkVersion
from competences.people.reach import Reach
from competences.role_profiles.commands import assign_role
from recruit.access import Role

NOW = datetime.now(UTC)
OLD = NOW - timedelta(days=3 * 365)


@pytest.fixture
async def team(db):
    boss = await make.manager("Mara Keller")
    daniel = await make.person("Daniel Rask", manager=boss.id, post="Exit worker")
    profile = await make.profile_id("Coordinator")
    await assign_role(SYSTEM, Reach.ALL, daniel.id, profile, date(2025, 1, 1))
    await make.levels(daniel, {"A2": 2, "E5": 4}, NOW - timedelta(days=100), kind=Kind.TALK)
    await make.levels(daniel, {"C3": 4}, OLD, kind=Kind.IMPORTED)
    return boss, daniel


async def test_levels_stand_against_the_role_with_their_age_and_source(as_, team):
    boss, daniel = team
    text = (await (await as_(boss)).get(f"/people/{daniel.id}")).text
    assert "Where Daniel Rask and the role differ" in text
    assert "1 level below the role" in text
    assert "Agreed in a talk · 3 months ago" in text
    assert "Brought over from a spreadsheet · 3 years ago" in text
    assert "due for a fresh look" in text
    assert "beyond the role" in text


async def test_the_own_view_speaks_to_the_person_and_shows_the_shape(as_, team):
    boss, daniel = team
    own = (await (await as_(daniel)).get(f"/people/{daniel.id}")).text
    theirs = (await (await as_(boss)).get(f"/people/{daniel.id}")).text
    assert "Where you and the role differ" in own
    for words in ("Set somebody", "Change role", "Take back"):
        assert words not in own
    assert "Change role" in theirs
    assert "Shape by domain" not in theirs


async def test_a_page_takes_few_queries_and_no_more_with_more_rows(as_, team, queries_of):
    boss, daniel = team
    client, url = await as_(boss), f"/people/{daniel.id}"
    before = await queries_of(client, url)
    await make.levels(daniel, dict.fromkeys(("A1", "A3", "A4", "B1", "B2", "B3", "C1"), 3), NOW)
    assert await queries_of(client, url) == before <= 8
    for path in ("/levels", "/roles", "/plan", "/plan/new", "/role-comparison"):
        assert await queries_of(client, url + path) <= 8


@pytest.mark.parametrize("role", [Role.STAFF, Role.LINE_MANAGER, Role.HIRING_MANAGER, Role.ADMINISTRATOR])
async def test_a_stranger_reaches_nothing_of_it(as_, team, role):
    _boss, daniel = team
    rating = await Rating.objects().first()
    stranger = await as_(await make.person("Stranger", role))
    url = f"/people/{daniel.id}"
    for path in ("", "/levels", "/plan", "/plan/new", "/roles", "/role-comparison", f"/levels/{rating.id}"):
        assert (await stranger.get(url + path)).status_code == 404, path
    for path in ("/plan", "/roles", "/roles/last-day", f"/levels/{rating.id}"):
        sent = {
            "step": "other",
            "what": "x",
            "reason": "x",
            "from_on": "2026-01-01",
            "until_on": "2026-01-01",
        }
        assert (await stranger.post(url + path, data=sent)).status_code == 404, path


async def test_nobody_sets_their_own_role_or_takes_back_their_own_level(as_, team):
    boss, daniel = team
    rating = await Rating.objects().first()
    client = await as_(daniel)
    assert (await client.get(f"/people/{daniel.id}/roles")).status_code == 404
    assert (
        await client.post(f"/people/{daniel.id}/levels/{rating.id}", data={"reason": "x"})
    ).status_code == 404
    lead = await make.person("Lead", Role.LINE_MANAGER, manager=boss.id)
    assert (await (await as_(lead)).get(f"/people/{lead.id}/roles")).status_code == 409


async def test_a_line_manager_sets_the_role_and_ends_it(as_, team):
    boss, daniel = team
    client, url = await as_(boss), f"/people/{daniel.id}"
    sent = {"profile": await make.profile_id("Mentor"), "from_on": "2026-01-01"}
    assert (await client.post(f"{url}/roles", data=sent)).headers["location"] == url
    assert "Mentor" in (await client.get(url)).text
    wrong = await client.post(f"{url}/roles", data={"profile": "", "from_on": "soon"})
    assert wrong.status_code == 422
    assert 'href="#f-from_on"' in wrong.text
    await client.post(f"{url}/roles/last-day", data={"until_on": "2026-02-01"})
    assert "Not set" in (await client.get(url)).text


async def test_a_level_is_taken_back_with_a_reason_that_the_person_reads(as_, team):
    boss, daniel = team
    await make.levels(daniel, {"A2": 5}, NOW)
    rating = await Rating.objects().get(Rating.level == 5)
    client, url = await as_(boss), f"/people/{daniel.id}/levels"
    assert "2 Beginning" in (await client.get(f"{url}/{rating.id}")).text
    assert (await client.post(f"{url}/{rating.id}", data={"reason": " "})).status_code == 422
    await client.post(f"{url}/{rating.id}", data={"reason": "It was about somebody else."})
    text = (await (await as_(daniel)).get(url)).text
    assert "It was about somebody else." in text
    assert "<del>" in text
    assert (await client.get(f"{url}/{rating.id}")).status_code == 404


async def test_any_role_can_be_held_against_anybody_one_sees_oneself_too(as_, team):
    boss, daniel = team
    profile = await make.profile_id("Exit worker")
    for who, head in ((boss, "Daniel Rask as Exit worker"), (daniel, "You as Exit worker")):
        text = (await (await as_(who)).get(f"/people/{daniel.id}/role-comparison?profile={profile}")).text
        assert head in text
        assert "competences would be open" in text
    client = await as_(daniel)
    for typed in ("", "x", "987654"):
        answer = await client.get(f"/people/{daniel.id}/role-comparison?profile={typed}")
        assert "Choose a role" in answer.text


async def test_a_newer_framework_version_says_what_changed_and_touches_no_level(as_, team):
    boss, daniel = team
    version = await make.framework()
    made = await frameworks.create_version(SYSTEM, version.id, "Clearer words.")
    row = await Competence.objects().get((Competence.version == made.subject_id) & (Competence.code == "A2"))
    client, url = await as_(boss), f"/people/{daniel.id}"
    try:
        await Competence.update({Competence.definition: "Stays steady, always."}).where(
            Competence.id == row.id
        )
        assert "changed the wording" not in (await client.get(url)).text
        await frameworks.publish(SYSTEM, made.subject_id, NOW)
        text = (await client.get(url)).text
        assert text.count("Version 2 changed the wording: Definition") == 1
        assert "1 level below the role" in text
    finally:
        await make.without_version(made.subject_id)


async def test_a_competence_stays_together_where_a_version_moved_it(as_, team):
    boss, daniel = team
    await make.levels(daniel, {"A1": 2, "A3": 3}, NOW - timedelta(days=50), kind=Kind.TALK)
    version = await make.framework()
    made = await frameworks.create_version(SYSTEM, version.id, "Another order.")
    await Competence.update({Competence.position: Competence.position + 10}).where(
        (Competence.version == made.subject_id) & (Competence.code == "A1")
    )
    try:
        await frameworks.publish(SYSTEM, made.subject_id, NOW)
        newer = await FrameworkVersion.objects().get(FrameworkVersion.id == made.subject_id)
        await make.levels(daniel, {"A1": 4, "A2": 4, "A3": 4}, NOW, kind=Kind.TALK, version=newer)
        text = (await (await as_(boss)).get(f"/people/{daniel.id}/levels")).text
        codes = re.findall(r"<small>([A-E]\d)</small>", text)
        assert codes == ["A2", "A3", "A1", "C3", "E5"]
        assert re.findall(r'<span class="strong">(\d)', text)[:3] == ["4", "2", "4"]
    finally:
        await make.without_version(made.subject_id)
