"""A real server and a real browser; each person in a browser context of their own."""

import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx
import make
import pytest
from playwright.sync_api import Page, expect, sync_playwright
from terminal import free_port

expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def do(event_loop_of_session):
    """Run a coroutine on the loop that holds the database; in a thread, since the browser's loop has ours."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        yield lambda work: thread.submit(event_loop_of_session.run_until_complete, work).result()


@pytest.fixture(scope="session")
def base(server, pool) -> str:
    """The address of a server on the database of the tests."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "recruit", "serve", "--port", str(port)],
        env={**os.environ, "DATABASE_URL": server, "RECRUIT_EQUALITY": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 60
    while True:
        try:
            httpx.get(f"{address}/cover")
            break
        except httpx.TransportError:
            assert process.poll() is None
            assert time.monotonic() < deadline, "the server did not start"
    yield address
    process.terminate()
    process.wait(20)


@pytest.fixture(scope="module")
def chromium(pool, emptied, event_loop_of_session):
    """A browser. Its own loop holds the main thread, so it comes after what needs that, and goes again."""
    with sync_playwright() as play:
        path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
        browser = play.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-background-networking", "--disable-sync"]
        )
        yield browser
        browser.close()


@dataclass
class Someone:
    """A person at a browser, and what the console said."""

    page: Page
    base: str
    said: list[str]

    def goes(self, path: str) -> Page:
        answer = self.page.goto(self.base + path)
        assert answer is None or answer.status < 500, f"{path}: {answer.status}"
        return self.page


@pytest.fixture
def at_browser(chromium, base, do):
    """Return a function: a person in a new context, signed in."""
    contexts = []

    def sit(person, **options) -> Someone:
        context = chromium.new_context(viewport={"width": 1280, "height": 900}, **options)
        contexts.append(context)
        if person is not None:
            context.add_cookies([{"name": "session", "value": do(make.session_of(person)), "url": base}])
        page = context.new_page()
        someone = Someone(page, base, [])
        page.on(
            "console", lambda message: someone.said.append(message.text) if message.type == "error" else None
        )
        page.on("request", lambda request: _at_home(request.url, base))
        return someone

    yield sit
    for context in contexts:
        context.close()


def _at_home(url: str, base: str) -> None:
    assert url.startswith((base, "data:")), f"a request left the house: {url}"
