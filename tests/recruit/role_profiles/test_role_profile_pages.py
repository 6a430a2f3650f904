"""What roles ask for, page by page."""

import re

import make
import pytest

from competences.role_profiles import queries
from competences.role_profiles.tables import RoleProfile


@pytest.fixture
async def made(as_, db):
    """A client of a hiring manager, and a profile of their own that is gone afterwards."""
    client = await as_(await make.manager())
    version = (await make.framework()).id
    choices = await queries.choices(0, version)
    sent = {"version": version, "title": "Night worker", f"in-{choices[0].competence_id}": "1"}
    answer = await client.post("/role-profiles", data=sent)
    assert answer.status_code == 303
    yield client, answer.headers["location"], choices
    await RoleProfile.delete().where(RoleProfile.title == "Night worker")


async def stamp(client, url: str) -> dict[str, str]:
    text = (await client.get(f"{url}/edit")).text
    return {"stamp": re.search(r'name="stamp" value="(\w+)"', text)[1]}


async def test_a_profile_is_made_changed_retired_and_used_again(made):
    client, url, choices = made
    number = int(url.rsplit("/", 1)[1])
    second = choices[1].competence_id
    sent = {
        "title": "Night worker", f"in-{second}": "1", f"required-{second}": "4", f"gate-{second}": "1",
        **await stamp(client, url),
    }  # fmt: skip
    assert (await client.post(f"{url}/edit", data=sent)).status_code == 303
    wanted = [
        row for row in await queries.choices(number, (await queries.profile(number)).version_id) if row.wanted
    ]
    assert [(row.competence_id, row.required_level, row.gate) for row in wanted] == [(second, 4, True)]
    await client.post(f"{url}/retirement")
    assert "Retired" in (await client.get(url)).text
    await client.post(f"{url}/retirement", data={"undo": "1"})
    assert not (await queries.profile(number)).retired


async def test_an_unequal_weight_needs_a_reason(made):
    client, url, choices = made
    first = choices[0].competence_id
    sent = {"title": "Night worker", f"in-{first}": "1", f"weight-{first}": "2", **await stamp(client, url)}
    assert (await client.post(f"{url}/edit", data=sent)).status_code == 422
    assert (
        await client.post(f"{url}/edit", data={**sent, f"weight_reason-{first}": "Most of it."})
    ).status_code == 303


async def test_a_profile_without_criteria_is_refused(made):
    client, url, _choices = made
    assert (await client.post(f"{url}/edit", data={"title": "Night worker"})).status_code == 422


async def test_staff_read_profiles_and_change_none(as_, db):
    client = await as_(await make.person())
    assert "Exit worker" in (await client.get("/role-profiles")).text
    first = (await queries.profiles())[0].id
    assert (await client.get(f"/role-profiles/{first}")).status_code == 200
    assert (await client.get(f"/role-profiles/{first}/edit")).status_code == 404
    assert (await client.post(f"/role-profiles/{first}/retirement")).status_code == 404


async def test_a_stale_form_overwrites_nothing_and_keeps_what_was_typed(made):
    client, url, choices = made
    number, first = int(url.rsplit("/", 1)[1]), choices[0].competence_id
    sent = {"title": "Night worker", f"in-{first}": "1", **await stamp(client, url)}
    assert (await client.post(f"{url}/edit", data={**sent, "purpose": "First"})).status_code == 303
    answer = await client.post(f"{url}/edit", data={**sent, "purpose": "Second"})
    assert answer.status_code == 409
    assert "Second" in answer.text
    assert (await queries.profile(number)).purpose == "First"


async def test_ticks_that_were_taken_away_stay_away_when_the_form_is_drawn_again(made):
    client, url, choices = made
    first = choices[0].competence_id
    assert choices[0].gate
    text = (await client.post(f"{url}/edit", data={"title": "", f"in-{first}": "1"})).text
    assert re.search(f'name="in-{first}" value="1" checked', text)
    assert not re.search(f'name="gate-{first}" value="1" checked', text)


async def test_two_profiles_in_use_never_share_a_name(made):
    client, _url, choices = made
    sent = {
        "version": (await make.framework()).id,
        "title": "night WORKER",
        f"in-{choices[0].competence_id}": "1",
    }
    assert (await client.post("/role-profiles", data=sent)).status_code == 422


async def test_a_starter_that_was_renamed_does_not_come_back(made):
    await RoleProfile.update({RoleProfile.title: "Day worker"}).where(RoleProfile.title == "Night worker")
    try:
        assert await queries.was_there("Night worker")
        assert not await queries.was_there("Never worker")
    finally:
        await RoleProfile.update({RoleProfile.title: "Night worker"}).where(RoleProfile.title == "Day worker")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 121),
        ("weight", "heavy"),
        ("weight", "-1"),
        ("required", "9"),
        ("weight", "NaN"),
    ],
)
async def test_what_cannot_be_used_is_said_at_its_field(made, field, value):
    client, url, choices = made
    first = choices[0].competence_id
    name = field if field == "title" else f"{field}-{first}"
    sent = {"title": "Night worker", f"in-{first}": "1", **await stamp(client, url), name: value}
    answer = await client.post(f"{url}/edit", data=sent)
    assert answer.status_code == 422
    assert f'href="#f-{name}"' in answer.text


@pytest.mark.parametrize("number", ["0", "987654", "99999999999999999999", "-1", "x"])
@pytest.mark.parametrize("path", ["", "/edit"])
async def test_profiles_that_do_not_exist_are_not_found(made, number, path):
    assert (await made[0].get(f"/role-profiles/{number}{path}")).status_code == 404


async def test_a_page_takes_few_queries(made, queries_of):
    client, url, _choices = made
    for path in ("/role-profiles", url, f"{url}/edit", "/role-profiles/new"):
        assert await queries_of(client, path) <= 8
