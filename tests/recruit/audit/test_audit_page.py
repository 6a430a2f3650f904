"""The log: complete, chained, readable, without content."""

import importlib
import pkgutil
import re
from datetime import datetime, timedelta

import make
import pytest
from asyncpg import PostgresError

import competences
import recruit
from competences.actor import SYSTEM
from competences.audit.events import Event
from competences.audit.queries import verify
from competences.audit.tables import AuditEntry
from competences.people import commands as people
from recruit.access import Role
from recruit.audit.pages import event_name
from recruit.piccolo_conf import DB
from recruit.support.rules import event_name as support_event_name


async def behind_the_back(statement: str) -> None:
    """Change the database as somebody with full access to it could."""
    async with DB.pool.acquire() as connection:
        await connection.execute(
            f"SET session_replication_role = replica; {statement}; SET session_replication_role = DEFAULT"
        )


async def test_the_log_cannot_be_changed_by_sql(db):
    await make.panel()
    for change in (
        "UPDATE audit_entry SET actor_name = 'X'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
    ):
        with pytest.raises(PostgresError, match="log cannot be changed"):
            await AuditEntry.raw(change)


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE audit_entry SET actor_name = 'X' WHERE id = (SELECT min(id) + 1 FROM audit_entry)",
        "DELETE FROM audit_entry WHERE id = (SELECT min(id) + 1 FROM audit_entry)",
        "DELETE FROM audit_entry WHERE id = (SELECT max(id) FROM audit_entry)",
        "UPDATE audit_entry SET digest = repeat('0', 64) WHERE id = (SELECT max(id) FROM audit_entry)",
    ],
    ids=["changed", "removed", "cut off", "forged"],
)
async def test_whoever_tampers_behind_its_back_is_noticed(db, tampering):
    made = await make.panel()
    await make.scored(made, {"A1": 4})
    assert (await verify()).whole
    await behind_the_back(tampering)
    assert not (await verify()).whole


async def test_the_privacy_officer_reads_and_verifies_the_log_without_content(as_, db):
    made = await make.panel()
    await make.scored(made, {"A1": 4}, evidence="MARKER")
    client = await as_(await make.person("Per Privacy", Role.PRIVACY_OFFICER))
    page = (await client.get("/audit?verify=1")).text
    assert "The chain is whole" in page
    assert "saved a score" in page
    assert "MARKER" not in page
    assert "Ilse Brandt" not in page
    assert (
        "saved a score" not in (await client.get("/audit?event=scorecard.started")).text.split("<tbody>")[1]
    )


@pytest.mark.parametrize(
    "query",
    [
        "before=x",
        "since=soon",
        "until=9999-12-31",
        "since=2026-11-24&until=2026-11-23",
        "before=99999999999999",
        "actor=%25%00'",
        "event=nonsense",
    ],
)
async def test_the_log_bears_any_question(as_, db, query):
    client = await as_(await make.person("Per Privacy", Role.PRIVACY_OFFICER))
    assert (await client.get(f"/audit?{query}")).status_code == 200


async def test_a_broken_chain_names_the_first_entry_that_is_not_as_it_was(as_, db):
    for name in ("One", "Two", "Three"):
        await people.create_unit(SYSTEM, name)
    rows = await AuditEntry.select(AuditEntry.id).order_by(AuditEntry.id)
    second = rows[1]["id"]
    await behind_the_back(f"UPDATE audit_entry SET actor_name = 'X' WHERE id = {second}")
    client = await as_(await make.person("Per Privacy", Role.PRIVACY_OFFICER))
    assert f"Entry {second} is not as it was written" in (await client.get("/audit?verify=1")).text


async def test_the_log_is_narrowed_by_day_and_person(as_, db):
    await make.panel()
    client = await as_(await make.person("Per Privacy", Role.PRIVACY_OFFICER))
    today = datetime.now().astimezone().date()
    for query, found in [
        (f"since={today}&until={today}", True),
        (f"since={today + timedelta(days=2)}", False),
        (f"until={today - timedelta(days=2)}", False),
        ("actor=mara", True),
        ("actor=100%25", False),
    ]:
        assert ("opened scoring</td>" in (await client.get(f"/audit?{query}")).text) is found, query


async def test_a_long_log_goes_on_below_in_few_queries(as_, db, queries_of):
    for number in range(60):
        await people.create_unit(SYSTEM, f"Unit {number}")
    client = await as_(await make.person("Per Privacy", Role.PRIVACY_OFFICER))
    older = re.search(r'href="(/audit[?][^"]*before=\d+)"', (await client.get("/audit?actor=recruit")).text)[
        1
    ]
    assert (await client.get(older.replace("&amp;", "&"))).text.count("added a unit</td>") == 10
    assert await queries_of(client, "/audit?verify=1") <= 8


def test_every_event_is_said_in_words():
    for root in (competences, recruit):
        for module in pkgutil.walk_packages(root.__path__, f"{root.__name__}."):
            if "events" in module.name.split("."):
                importlib.import_module(module.name)

    def kinds(event: type[Event]) -> set[type[Event]]:
        return {event}.union(*map(kinds, event.__subclasses__()))

    names = {kind.name for kind in kinds(Event) if hasattr(kind, "name")}
    apart = {name for name in names if support_event_name(name) != name}
    bare = sorted(name for name in names - apart if event_name(name) == name)
    assert not bare, f"say these in recruit/audit/pages.py, or in recruit/support/rules.py: {bare}"
    both = {name for name in apart if event_name(name) != name}
    assert not both, f"the log that officers read has no place for what is done with a plan: {both}"


def test_an_event_that_has_no_words_keeps_its_name():
    assert event_name("moon.landed") == "moon.landed"
