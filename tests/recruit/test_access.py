"""The whole route by role matrix, made from the router: allowed or not found, nothing else."""

import re

import make
import pytest
import routes

from competences.people.reach import Reach
from recruit.access import MATRIX, ROLES, Action, Role, reach_of

# Addresses that somebody who may use them can still miss rows of: not found is then right as well.
ROLES_SIGNED_IN = [role for role in ROLES if role is not Role.ANYONE]


def addresses(app):
    for route in routes.every(app):
        places = {name: ["987654"] for name in re.findall(r"{(\w+)", route.path)}
        yield route, routes.filled(route.path, places)[0]


def test_every_route_declares_an_action_and_a_name(app):
    bare = [
        route.path
        for route in routes.every(app)
        if "action" not in route.handler.opt or not route.handler.name
    ]
    assert not bare, f"add name= and action= to the handlers of {bare}"


def test_every_action_is_used_and_stands_in_the_matrix(app):
    used = {route.handler.opt["action"] for route in routes.every(app)}
    assert set(MATRIX) == set(Action)
    assert all(len(row) == len(ROLES) for row in MATRIX.values())
    assert not set(Action) - used, "an action that no route uses: delete it"


@pytest.mark.parametrize("role", ROLES_SIGNED_IN)
async def test_a_role_is_allowed_or_finds_nothing(as_, app, role):
    client = await as_(await make.person("Somebody", role))
    for route, address in addresses(app):
        if (
            route.path.endswith("/events") or route.path == "/sign-out"
        ):  # one never ends, one ends the session
            continue
        action = route.handler.opt["action"]
        answer = await client.request(route.method, address, data={} if route.method == "POST" else None)
        allowed = reach_of(frozenset({role}), action) is not Reach.NO
        if not allowed:
            assert answer.status_code == 404, f"{role} at {route.method} {route.path}: {answer.status_code}"
        else:
            # Rows of number 987654 do not exist; a form may be asked for again, a write may lead on.
            assert answer.status_code in (200, 303, 404, 409, 422), (
                f"{role} at {route.path}: {answer.status_code}"
            )


async def test_a_role_that_is_not_allowed_sees_the_same_page_as_for_an_address_that_does_not_exist(as_, app):
    client = await as_(await make.person("Somebody", Role.STAFF))
    missing = await client.get("/there-is-nothing-here")
    forbidden = await client.get("/accounts")
    assert missing.status_code == forbidden.status_code == 404
    assert without_tokens(missing.text) == without_tokens(forbidden.text)


def without_tokens(text: str) -> str:
    return re.sub(r'csrftoken": "\w+|_csrf_token" value="\w+', "", text)


async def test_a_stranger_is_asked_to_sign_in_or_finds_nothing(as_, app):
    client = await as_(None)
    for route, address in addresses(app):
        answer = await client.request(route.method, address, data={} if route.method == "POST" else None)
        if route.handler.opt["action"] is Action.VISIT:
            assert answer.status_code in (200, 404, 422), route.path
        else:
            assert answer.status_code == 303, f"{route.path}: {answer.status_code}"
            assert answer.headers["location"].startswith("/sign-in")


async def test_a_post_without_its_token_is_refused(as_, app):
    client = await as_(await make.manager())
    del client.headers["x-csrftoken"]
    for route, address in addresses(app):
        if route.method == "POST":
            assert (await client.post(address, data={})).status_code == 403, route.path
