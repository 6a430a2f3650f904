"""Reads of the log."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from competences.audit.tables import AuditEntry


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the chain of entries is whole. `broken_at` is the first entry that is not as it was."""

    entries: int
    broken_at: int | None
    tail_missing: bool

    @property
    def whole(self) -> bool:
        """Nothing was changed, removed or cut off."""
        return self.broken_at is None and not self.tail_missing


_BROKEN = """
SELECT id FROM (
    SELECT *, lag(digest, 1, '') OVER (ORDER BY id) AS expected FROM audit_entry
) e
WHERE previous <> expected
   OR digest <> audit_digest(previous, at, actor_id, actor_name, event, subject, subject_id, details)
ORDER BY id LIMIT 1
"""

_TAIL = """
SELECT (SELECT count(*) FROM audit_entry) AS entries, h.entries AS counted, h.digest AS head,
       coalesce((SELECT digest FROM audit_entry ORDER BY id DESC LIMIT 1), '') AS last
FROM audit_head h
"""


async def verify() -> Verdict:
    """Compute every digest of the chain again and compare it with what is stored."""
    broken = await AuditEntry.raw(_BROKEN)
    tail = (await AuditEntry.raw(_TAIL))[0]
    missing = tail["entries"] != tail["counted"] or tail["head"] != tail["last"]
    return Verdict(tail["entries"], broken[0]["id"] if broken else None, missing)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log."""

    id: int
    at: datetime
    actor: str
    event: str
    subject: str
    subject_id: int


async def entries(
    *,
    event: str = "",
    actor: str = "",
    before: int = 0,
    limit: int = 50,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[Entry]:
    """Return entries, newest first; `before` is the id to continue from, `until` is not included."""
    rows = await AuditEntry.raw(
        "SELECT id, at, actor_name AS actor, event, subject, subject_id FROM audit_entry"
        " WHERE ({} = '' OR event = {}) AND ({} = '' OR position(lower({}) IN lower(actor_name)) > 0)"
        " AND at >= coalesce({}, '-infinity'::timestamptz) AND at < coalesce({}, 'infinity'::timestamptz)"
        " AND ({} = 0 OR id < {}) ORDER BY id DESC LIMIT {}",
        event, event, actor, actor, since, until, before, before, limit,
    )  # fmt: skip
    return [Entry(**row) for row in rows]


async def export_rows() -> tuple[list[str], list[list[Any]]]:
    """Return the whole log as a table, oldest first."""
    rows = await AuditEntry.raw(
        "SELECT id, at, actor_name, event, subject, subject_id, details::text, digest FROM audit_entry ORDER BY id"
    )
    header = ["id", "at", "actor", "event", "subject", "subject_id", "details", "digest"]
    return header, [[str(value) if key == "at" else value for key, value in row.items()] for row in rows]


async def event_names() -> list[str]:
    """Return the names of all events that happened."""
    rows = await AuditEntry.raw("SELECT DISTINCT event FROM audit_entry ORDER BY event")
    return [row["event"] for row in rows]
