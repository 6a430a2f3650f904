"""What makes a completion, which version it covers, and how it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from competences.text import _

LONGEST_ISSUER = 160


class Counts(StrEnum):
    """How a completion stands on a day."""

    WAITS = "waits"  # a certificate from elsewhere that nobody has checked
    IN_DATE = "in-date"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class Numbered(NamedTuple):
    """A published version of a course and the day on which it was published."""

    version_id: int
    number: int
    published_on: date


@dataclass(frozen=True, slots=True)
class CompletionDraft:
    """A completion as somebody typed it; `issuer` says that the certificate is from elsewhere, and from where."""

    person_id: int | None
    course_id: int | None
    completed_on: date | None
    external: bool = False
    issuer: str = ""
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class BroughtCompletion:
    """A completion that another system kept; `statement` is the id of the xAPI statement that it came in."""

    person_id: int
    version_id: int
    completed_on: date
    ends_on: date | None = None
    issuer: str = ""
    statement: str | None = None


def version_on(versions: Sequence[Numbered], day: date) -> Numbered:
    """Return the version that was taught on a day: the newest published by then, else the first that there was.

    Args:
        versions: All published versions of one course, at least one.
    """
    ordered = sorted(versions, key=lambda row: row.number)
    return next((row for row in reversed(ordered) if row.published_on <= day), ordered[0])


def wrong(draft: CompletionDraft, today: date) -> dict[str, str]:
    """Return what of a completion cannot be, by field; nothing where it can be recorded."""
    found: dict[str, str] = {}
    if draft.person_id is None:
        found["person"] = _("Choose whose it is.")
    if draft.course_id is None:
        found["course"] = _("Choose a course from the list.")
    if draft.completed_on is None:
        found["completed_on"] = _("Say on which day it was completed.")
    elif draft.completed_on > today:
        found["completed_on"] = _("This day is still to come.")
    elif draft.ends_on is not None and draft.ends_on < draft.completed_on:
        found["ends_on"] = _("It cannot end before it was completed.")
    if draft.external and not draft.issuer.strip():
        found["issuer"] = _("Say who gave the certificate.")
    if len(draft.issuer) > LONGEST_ISSUER:
        found["issuer"] = _("At most %(limit)s characters fit.", limit=LONGEST_ISSUER)
    return found


def counts(*, withdrawn: bool, unchecked: bool, ends_on: date | None, today: date) -> Counts:
    """Return how a completion stands on a day; its last day is still in date."""
    if withdrawn:
        return Counts.WITHDRAWN
    if unchecked:
        return Counts.WAITS
    return Counts.EXPIRED if ends_on is not None and ends_on < today else Counts.IN_DATE


def initials(name: str) -> str:
    """Return what a stranger with the code of a certificate learns of the name on it: S. A. of Selin Aydın."""
    return " ".join(f"{part[0].upper()}." for part in name.split() if part[0].isalpha()) or "–"
