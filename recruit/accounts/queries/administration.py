"""What an administrator sees of accounts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from competences.errors import NotFound
from competences.stamp import stamp
from competences.text import _
from recruit.accounts.tables import Account


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account in the list. `state` is invited, open, ended, left or closed."""

    id: int
    name: str
    email: str
    external: str
    roles: list[str]
    state: str


# Whoever left or was closed cannot sign in, whatever else is true.
_STATE = """
CASE WHEN a.closed_at IS NOT NULL THEN 'closed'
     WHEN p.ended_on < current_date THEN 'left'
     WHEN a.ends_at <= now() THEN 'ended'
     WHEN a.password IS NULL THEN 'invited' ELSE 'open' END
"""

_WHERE = "WHERE {} = '' OR lower(p.name) LIKE {} OR a.email LIKE {} OR lower(p.external) LIKE {}"

_LIST = f"""
SELECT a.id, p.name, a.email, p.external, a.roles, {_STATE} AS state
FROM account a JOIN person p ON p.id = a.person
{_WHERE} ORDER BY lower(p.name), a.id LIMIT {{}} OFFSET {{}}
"""  # noqa: S608  constants only

_COUNT = f"SELECT count(*) AS count FROM account a JOIN person p ON p.id = a.person {_WHERE}"  # noqa: S608  constants only


async def accounts(search: str, pattern: str, *, limit: int, offset: int) -> list[AccountRow]:
    """Return some accounts by name; `pattern` is the LIKE pattern of the lower-case search."""
    return [
        AccountRow(**row)
        for row in await Account.raw(_LIST, search, pattern, pattern, pattern, limit, offset)
    ]


async def count_accounts(search: str, pattern: str) -> int:
    """Return how many accounts `accounts` has in all."""
    return int((await Account.raw(_COUNT, search, pattern, pattern, pattern))[0]["count"])


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account as its administrator manages it."""

    id: int
    person_id: int
    name: str
    email: str
    external: str
    roles: list[str]
    state: str
    ends_at: datetime | None
    closed_at: datetime | None
    sessions: int
    open_links: int

    @property
    def stamp(self) -> str:
        """What the form shows, digested."""
        return stamp(self.email, sorted(self.roles), self.ends_at)


_ONE = f"""
SELECT a.id, p.id AS person_id, p.name, a.email, p.external, a.roles, {_STATE} AS state, a.ends_at, a.closed_at,
       (SELECT count(*) FROM session s WHERE s.account = a.id AND s.ends_at > now()
           AND s.seen_at > now() - interval '20 minutes') AS sessions,
       (SELECT count(*) FROM link l WHERE l.account = a.id AND l.used_at IS NULL
           AND l.ends_at > now()) AS open_links
FROM account a JOIN person p ON p.id = a.person WHERE a.id = {{}}
"""  # noqa: S608  constants only


async def account(account_id: int) -> AccountView:
    """Return one account.

    Raises:
        NotFound: there is none.
    """
    rows: list[dict[str, Any]] = await Account.raw(_ONE, account_id)
    if not rows:
        raise NotFound(_("There is no such account."))
    return AccountView(**rows[0])


async def people_without_account(search: str, pattern: str, *, limit: int = 200) -> list[tuple[int, str]]:
    """Return (id, name and post) of staff who have a work address and no account yet."""
    rows = await Account.raw(
        "SELECT p.id, p.name, p.post FROM person p WHERE p.external = '' AND p.email IS NOT NULL"
        " AND (p.ended_on IS NULL OR p.ended_on >= current_date)"
        " AND NOT EXISTS (SELECT FROM account a WHERE a.person = p.id)"
        " AND ({} = '' OR lower(p.name) LIKE {}) ORDER BY lower(p.name), p.id LIMIT {}",
        search, pattern, limit,
    )  # fmt: skip
    return [(row["id"], f"{row['name']}, {row['post']}" if row["post"] else row["name"]) for row in rows]
