"""A real PostgreSQL for the whole run, empty of people before each test; clients for whoever acts."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import hypothesis
import pytest
import pytest_asyncio

FOLDER = Path(tempfile.mkdtemp(prefix="recruit-test-"))
os.environ["RECRUIT_DATA"] = str(FOLDER)
os.environ["RECRUIT_TIMEZONE"] = "Europe/Berlin"
os.environ.pop("RECRUIT_DEMO", None)

import make

from competences.actor import SYSTEM
from competences.frameworks import commands as frameworks
from competences.role_profiles import commands as role_profiles
from competences.support.commands import catalogue as needs
from competences.training.commands import courses
from recruit import database
from recruit.app import create_app
from recruit.piccolo_conf import DB
from recruit.settings import load

# A busy machine is no reason to fail: what Hypothesis finds counts, not how long it took.
hypothesis.settings.register_profile(
    "patient", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("patient")

# What the package brings; tests that add to these remove it again.
KEPT = {
    "framework",
    "framework_version",
    "domain",
    "competence",
    "anchor",
    "question",
    "role_profile",
    "profile_criterion",
    "need",
    "need_version",
    "migration",
}


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A database server for this run; a given TEST_DATABASE_URL takes the place of the embedded one."""
    FOLDER.chmod(0o755)
    settings = replace(load(), database_url=os.environ.get("TEST_DATABASE_URL", ""))
    with database.running(settings) as url:
        yield url
    shutil.rmtree(FOLDER, ignore_errors=True)


@pytest_asyncio.fixture(scope="session")
async def pool(server: str) -> AsyncIterator[None]:
    """Migrated, with the starter frameworks in."""
    async with database.pool(size=20):
        await database.migrate()
        await frameworks.add_starters(SYSTEM)
        await role_profiles.add_starters(SYSTEM)
        await needs.add_starters(SYSTEM)
        yield


@pytest_asyncio.fixture(scope="session")
async def emptied(pool: None):
    """A function that leaves an organisation with nobody in it."""

    async def empty() -> None:
        async with DB.pool.acquire() as connection:
            await connection.execute(await _emptying(connection))
        make.forget()

    return empty


@pytest_asyncio.fixture
async def db(emptied) -> AsyncIterator[None]:
    """An organisation with nobody in it."""
    await emptied()
    yield


@pytest_asyncio.fixture
async def starters(db) -> None:
    """The courses that come with the package; without it a test has those alone that it makes."""
    await courses.add_starters(SYSTEM)


@pytest_asyncio.fixture(scope="session")
async def event_loop_of_session(pool: None) -> asyncio.AbstractEventLoop:
    """The loop that holds the pool, for tests that drive it themselves."""
    return asyncio.get_running_loop()


async def _emptying(connection) -> str:
    rows = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    names = [row["tablename"] for row in rows if row["tablename"] not in KEPT]
    deletes = "; ".join(
        f'DELETE FROM "{name}"' for name in names if name not in {"audit_head", "support_head"}
    )
    return (
        f"SET session_replication_role = replica; {deletes};"
        " UPDATE audit_head SET entries = 0, digest = ''; UPDATE support_head SET entries = 0, digest = '';"
        " SET session_replication_role = DEFAULT"
    )


@pytest.fixture(scope="session")
def app(pool: None):
    """The application, on the pool of the tests."""
    return create_app(load(), pool=False)


@pytest_asyncio.fixture
async def as_(app, db) -> AsyncIterator:
    """Return a signed-in client for a person: `client = await as_(person)`; None is a stranger."""
    clients = []

    async def client_of(person) -> httpx.AsyncClient:
        client = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://test")
        clients.append(client)
        if person is not None:
            client.cookies.set("session", await make.session_of(person))
        await client.get("/cover")
        client.headers["x-csrftoken"] = client.cookies.get("csrf", "")
        return client

    yield client_of
    for client in clients:
        await client.aclose()


@pytest.fixture
def queries_of(monkeypatch):
    """Return how many queries a page takes: `await queries_of(client, "/people")`."""

    async def count(client: httpx.AsyncClient, url: str) -> int:
        seen, run = [], DB.run_querystring

        async def counting(querystring, in_pool=True):
            seen.append(querystring)
            return await run(querystring, in_pool=in_pool)

        with monkeypatch.context() as patch:
            patch.setattr(DB, "run_querystring", counting)
            answer = await client.get(url)
        assert answer.status_code == 200, f"{url}: {answer.status_code}"
        return len(seen)

    return count
