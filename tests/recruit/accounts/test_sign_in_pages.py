"""Signing in, page by page."""

import make


async def test_a_stranger_is_led_to_the_sign_in_page_and_back(as_):
    stranger = await as_(None)
    answer = await stranger.get("/settings")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=/settings")


async def test_somebody_signed_in_sees_today(as_):
    someone = await as_(await make.person("Daniel Rask"))
    answer = await someone.get("/")
    assert answer.status_code == 200
    assert "Daniel Rask" in answer.text
