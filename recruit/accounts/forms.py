"""What a post about an account means."""

import re
from datetime import datetime, timedelta

from competences.text import _
from recruit.access import ROLES, Role
from recruit.accounts.rules import AccountDraft, Outsider
from recruit.web.forms import Post
from recruit.web.i18n import midnight

ADDRESS = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+")
#: Roles that an administrator gives to people who work here.
GIVEN = tuple(role for role in ROLES if role not in (Role.ANYONE, Role.EXTERNAL))


def account(post: Post) -> AccountDraft:
    """Read roles, address and last day of an account."""
    draft = AccountDraft(
        roles=tuple(post.some_of("roles", (*GIVEN, Role.EXTERNAL))),
        ends_at=_ends_at(post),
        email=_address(post),
    )
    post.check()
    return draft


def outsider(post: Post) -> tuple[Outsider, AccountDraft]:
    """Read a panel member from elsewhere and how long the account works."""
    who = Outsider(
        name=" ".join(post.text("name", required=_("Enter the name."), limit=160).split()),
        email=_address(post, required=_("Enter the address that they sign in with.")),
        organisation=post.text("organisation", required=_("Enter where they come from."), limit=160),
    )
    draft = AccountDraft(roles=(Role.EXTERNAL,), ends_at=_ends_at(post))
    post.check()
    return who, draft


def _ends_at(post: Post) -> datetime | None:
    """The account works on the day that was typed, to its end."""
    day = post.day("ends_on")
    try:
        return midnight(day + timedelta(days=1)) if day else None
    except OverflowError:
        post.errors["ends_on"] = _("Enter a date such as 2026-11-24.")
        return None


def _address(post: Post, *, required: str = "") -> str:
    value = post.text("email", required=required, limit=254).lower()
    if value and not ADDRESS.fullmatch(value):
        post.errors.setdefault("email", _("Enter an address such as name@organisation.org."))
    return value
