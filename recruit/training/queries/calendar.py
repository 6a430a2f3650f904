"""Whose calendar a secret link opens: that of somebody who could sign in as well."""

from datetime import datetime

from competences.training.tables import CalendarLink

_OWNER = """
SELECT p.id, p.name FROM calendar_link l JOIN person p ON p.id = l.person JOIN account a ON a.person = p.id
WHERE l.token = {} AND (p.ended_on IS NULL OR p.ended_on >= {})
  AND a.closed_at IS NULL AND (a.ends_at IS NULL OR a.ends_at > {})
"""


async def calendar_owner(digest: str, now: datetime) -> tuple[int, str] | None:
    """Return (id, name) of whose calendar a secret link opens; None for a link that ended or never was.

    It opens nothing once the person has left or the account is closed.

    Args:
        now: In the organisation's time zone.
    """
    rows = await CalendarLink.raw(_OWNER, digest, now.date(), now)
    return (rows[0]["id"], rows[0]["name"]) if rows else None
