"""The log: complete, chained, readable, without content."""

import make
import pytest
from asyncpg import PostgresError

from competences.audit.queries import verify
from competences.audit.tables import AuditEntry
from recruit.access import Role
from recruit.piccolo_conf import DB


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


@pytest.mark.parametrize("query", ["before=x", "before=99999999999999", "actor=%25%00'", "event=nonsense"])
async def test_the_log_bears_any_question(as_, db, query):
    client = await as_(await make.person("Per Privacy", Role.PRIVACY_OFFICER))
    assert (await client.get(f"/audit?{query}")).status_code == 200
