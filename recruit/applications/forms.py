"""What a post about an application means."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from email_validator import EmailNotValidError, validate_email

from competences.text import _
from recruit.applications.rules.choices import ImportChoices
from recruit.applications.rules.importing import FIELDS
from recruit.web.forms import Post


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


def application(post: Post) -> ApplicationDraft:
    """Read an application."""
    draft = ApplicationDraft(
        name=post.text("name", required=_("Give the applicant’s name."), limit=160),
        email=_email(post),
        phone=post.text("phone", limit=60),
        received_on=post.day("received_on"),
        source=post.text("source", limit=120),
        notes=post.text("notes", limit=10_000),
        adjustments=post.text("adjustments", limit=1000),
        version=post.whole("version", low=0, high=999_999, empty=0),
    )
    post.check()
    return draft


def _email(post: Post) -> str:
    typed = post.text("email", limit=254)
    if not typed:
        return ""
    try:
        return validate_email(typed, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        post.errors["email"] = _("This is not an e-mail address. Check it, or leave it empty.")
        return ""


_DATE_ORDERS: dict[str, Literal["dmy", "mdy"]] = {"dmy": "dmy", "mdy": "mdy"}
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
ENCODINGS = ("utf-8", "cp1252", "utf-16", "iso8859-15", "cp1250", "cp1251")


def import_choices(post: Post, columns: int) -> ImportChoices:
    """Read the choices of the preview page."""
    line = post.whole("header_line", low=0, high=50, empty=0)
    chosen = tuple(post.one_of(f"column-{place}", FIELDS) for place in range(columns))
    post.check()
    return ImportChoices(
        encoding=post.one_of("encoding", ENCODINGS) or None,
        separator=SEPARATORS.get(post.get("separator")),
        header_line=line or None,
        date_order=_DATE_ORDERS.get(post.get("date_order")),
        columns=chosen if post.has("column-0") else None,
    )
