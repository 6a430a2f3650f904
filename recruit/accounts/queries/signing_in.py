"""Who is signed in, and who may try."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from competences.actor import Actor
from competences.errors import NotFound
from competences.text import _
from recruit.accounts.rules import IDLE, TRIES, WINDOW
from recruit.accounts.tables import Account, Link, Session, SignInAttempt
from recruit.web.session import SignedIn, fingerprint

_SIGNED_IN = """
SELECT s.id, s.seen_at, a.id AS account, a.roles, a.language, a.theme, p.id AS person, p.name
FROM session s JOIN account a ON a.id = s.account JOIN person p ON p.id = a.person
WHERE s.token = {} AND s.ends_at > {} AND s.seen_at > {}
  AND a.closed_at IS NULL AND (a.ends_at IS NULL OR a.ends_at > {})
  AND (p.ended_on IS NULL OR p.ended_on >= current_date)
"""


async def signed_in(token: str) -> SignedIn | None:
    """Return the live session with this fingerprint; None for ended, idle, closed or unknown ones."""
    now = datetime.now(UTC)
    rows = await Session.raw(_SIGNED_IN, token, now, now - IDLE, now)
    if not rows:
        return None
    row = rows[0]
    if now - row["seen_at"] > timedelta(minutes=1):  # one write a minute, not one a request
        await Session.raw("UPDATE session SET seen_at = {} WHERE id = {}", now, row["id"])
    actor = Actor(row["person"], row["name"], frozenset(row["roles"]), row["account"])
    return SignedIn(row["id"], actor, row["language"], row["theme"], row["seen_at"])


async def still_signed_in(token: str) -> Actor:
    """Return who a session belongs to, with their roles of now, without keeping it awake.

    For streams that outlive a request. Raises NotFound once the session is over.
    """
    now = datetime.now(UTC)
    rows = await Session.raw(_SIGNED_IN, token, now, now - IDLE, now)
    if not rows:
        raise NotFound(_("You are signed out."))
    return Actor(rows[0]["person"], rows[0]["name"], frozenset(rows[0]["roles"]), rows[0]["account"])


async def account_with(email: str) -> Account | None:
    """Return the account that signs in with this address, while it is open."""
    now = datetime.now(UTC)
    found = (
        await Account.objects()
        .where(
            Account.email == email.strip().lower(),
            Account.closed_at.is_null(),
            Account.person.ended_on.is_null() | (Account.person.ended_on >= now.date()),
        )
        .first()
    )
    return found if found and (found.ends_at is None or found.ends_at > now) else None


async def may_try(*keys: str) -> bool:
    """Return whether another sign-in may be tried for this address from this place."""
    since = datetime.now(UTC) - WINDOW
    for key in keys:
        failed = await SignInAttempt.count().where(SignInAttempt.key == key, SignInAttempt.at > since)
        if failed >= TRIES:
            return False
    return True


@dataclass(frozen=True, slots=True)
class OpenLink:
    """A link that still works, and whose account it opens."""

    link_id: int
    account_id: int
    email: str
    name: str


async def open_link(secret: str) -> OpenLink:
    """Return the link with this secret.

    Raises:
        NotFound: there is none, it was used, or its time is over.
    """
    now = datetime.now(UTC)
    rows = await Link.raw(
        "SELECT l.id, a.id AS account, a.email, p.name FROM link l"
        " JOIN account a ON a.id = l.account JOIN person p ON p.id = a.person"
        " WHERE l.token = {} AND l.used_at IS NULL AND l.ends_at > {} AND a.closed_at IS NULL",
        fingerprint(secret), now,
    )  # fmt: skip
    if not rows:
        raise NotFound(_("This link was used already, or its time is over. Ask for a new one."))
    row = rows[0]
    return OpenLink(row["id"], row["account"], row["email"], row["name"])
