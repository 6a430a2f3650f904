"""What a post about an application means."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from competences.text import _
from recruit.applications.rules.choices import ImportChoices
from recruit.applications.rules.importing import FIELDS
from recruit.applications.rules.values import canonical_address
from recruit.sheets.encodings import ENCODINGS
from recruit.sheets.sheet import MAX_CELL, MAX_ROWS
from recruit.web.forms import Post

#: What an import brings into one cell can be edited as well.
LONGEST_NOTES = 2 * MAX_CELL


@dataclass(frozen=True, slots=True)
class ApplicationDraft:
    """An application as somebody typed it."""

    name: str
    email: str
    phone: str
    received_on: date | None
    source: str
    notes: str
    adjustments: str
    version: int
    #: Somebody with the same address is meant.
    again: bool


def application(post: Post) -> ApplicationDraft:
    """Read an application."""
    draft = ApplicationDraft(
        name=" ".join(post.text("name", required=_("Give the applicant’s name."), limit=160).split()),
        email=_email(post),
        phone=post.text("phone", limit=60),
        received_on=post.day("received_on"),
        source=post.text("source", limit=120),
        notes=post.text("notes", limit=LONGEST_NOTES),
        adjustments=post.text("adjustments", limit=1000),
        version=post.row("version") or 0,
        again=post.ticked("again"),
    )
    post.check()
    return draft


def _email(post: Post) -> str:
    typed = post.text("email", limit=254)
    if not typed:
        return ""
    address = canonical_address(typed)
    if address is None:
        post.errors["email"] = _("This is not an e-mail address. Check it, or leave it empty.")
    return address or ""


_DATE_ORDERS: dict[str, Literal["dmy", "mdy"]] = {"dmy": "dmy", "mdy": "mdy"}
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}


def import_choices(
    post: Post, before: ImportChoices, columns: int, fields: Collection[str] = FIELDS
) -> ImportChoices:
    """Read the choices of the preview page, which showed `columns` columns, found as `before` says.

    Each column gives one of `fields` or nothing.

    When the file falls into other columns from now on, what was chosen for each column is void.
    """
    line = post.whole("header_line", low=0, high=MAX_ROWS, empty=0)
    encoding = post.one_of("encoding", ENCODINGS)
    day = post.day("day")
    chosen = tuple(post.one_of(f"column-{place}", fields) for place in range(columns))
    post.check()
    choices = ImportChoices(
        encoding=encoding or None,
        separator=SEPARATORS.get(post.get("separator")),
        header_line=line or None,
        date_order=_DATE_ORDERS.get(post.get("date_order")),
        columns=chosen,
        day=day.isoformat() if day else None,
    )
    return choices if choices.reads_like(before) else replace(choices, columns=None)


def lines(post: Post, name: str) -> set[int]:
    """Read the lines of the file that were ticked."""
    return {
        int(line)
        for line in post.values.get(name, ())
        if line.isascii() and line.isdigit() and len(line) < 10
    }
