"""How long things last, what a password must be, and which roles go together."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from competences.text import _

IDLE = timedelta(minutes=20)
LONGEST = timedelta(hours=12)
LINK_LASTS = timedelta(days=7)
WINDOW = timedelta(minutes=15)
TRIES = 8
SHORTEST_PASSWORD = 12


def password_problem(password: str, email: str) -> str:
    """Return what is wrong with a new password, or ""."""
    if len(password) < SHORTEST_PASSWORD:
        return _("Use at least %(count)s characters. Several words do well.", count=SHORTEST_PASSWORD)
    if len(password) > 256:
        return _("Use at most 256 characters.")
    if len(set(password)) < 5 or email.split("@", maxsplit=1)[0].lower() in password.lower():
        return _("This is too easy to guess. Use several words that have nothing to do with your name.")
    return ""


#: For the demo only: printed by it and shown on its sign-in page.
DEMO_PASSWORD = "brohus-demo-2026"  # noqa: S105


@dataclass(frozen=True, slots=True)
class AccountDraft:
    """An account as somebody typed it. `ends_at` is the first moment at which it no longer works."""

    roles: tuple[str, ...]
    ends_at: datetime | None
    email: str = ""


@dataclass(frozen=True, slots=True)
class Outsider:
    """A panel member from elsewhere."""

    name: str
    email: str
    organisation: str


def draft_problems(draft: AccountDraft, *, outside: bool, now: datetime) -> dict[str, str]:
    """Return what is wrong with roles and end of an account, by field.

    Who comes from outside sees their panel and nothing else, for as long as the panel needs them.
    """
    problems = {}
    if outside and draft.roles != ("external",):
        problems["roles"] = _("An outside panel member has that role and no other.")
    elif not outside and "external" in draft.roles:
        problems["roles"] = _("Only people from elsewhere are outside panel members.")
    elif not draft.roles:
        problems["roles"] = _("Tick at least one role.")
    if outside and draft.ends_at is None:
        problems["ends_on"] = _("Enter the last day on which this account works.")
    elif draft.ends_at is not None and draft.ends_at <= now:
        problems["ends_on"] = _("Enter a day that is not over.")
    return problems
