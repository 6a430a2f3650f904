"""What a post about a person or unit means."""

import re
from datetime import date

from competences.people.rules import PersonDraft
from competences.text import _
from recruit.web.forms import Post

ADDRESS = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+")


def person(post: Post) -> PersonDraft:
    """Read a staff record."""
    draft = PersonDraft(
        name=_line(post, "name", required=_("Enter the name."), limit=160),
        email=address(post, "email"),
        post=_line(post, "post", limit=120),
        unit_id=post.row("unit"),
        manager_id=post.row("manager"),
        started_on=post.day("started_on"),
        ended_on=post.day("ended_on"),
        stamp=post.get("stamp"),
    )
    post.check()
    return draft


def unit(post: Post) -> str:
    """Read the name of a unit."""
    name = _line(post, "name", required=_("Enter the name of the unit."), limit=120)
    post.check()
    return name


def role(post: Post) -> tuple[int | None, date]:
    """Read a role profile and the first day in it."""
    profile_id = post.row("profile")
    first = post.day("from_on", required=_("Enter the first day in this role."))
    post.check()
    assert first is not None
    return profile_id, first


def last_day(post: Post) -> date:
    """Read the last day in a role."""
    last = post.day("until_on", required=_("Enter the last day in this role."))
    post.check()
    assert last is not None
    return last


def reason(post: Post) -> str:
    """Read why a level does not count any more."""
    text = post.text("reason", required=_("Say why this level does not count any more."), limit=500)
    post.check()
    return text


def address(post: Post, name: str) -> str:
    """Read an e-mail address in lower case; "" for none."""
    value = post.text(name, limit=254).lower()
    if value and not ADDRESS.fullmatch(value):
        post.errors.setdefault(name, _("Enter an address such as name@organisation.org."))
    return value


def _line(post: Post, name: str, *, limit: int, required: str = "") -> str:
    return " ".join(post.text(name, required=required, limit=limit).split())
