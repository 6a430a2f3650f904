"""What roles ask for, page by page."""

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


async def test_a_profile_is_made_changed_retired_and_used_again(made):
    client, url, choices = made
    number = int(url.rsplit("/", 1)[1])
    second = choices[1].competence_id
    sent = {"title": "Night worker", f"in-{second}": "1", f"required-{second}": "4", f"gate-{second}": "1"}
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
    sent = {"title": "Night worker", f"in-{first}": "1", f"weight-{first}": "2"}
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
