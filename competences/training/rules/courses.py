"""What a course is made of, what it lacks before it can be published, and what may come before what."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import urlsplit

from competences.text import _

#: How what somebody can do is seen in a course.
ASSESSED_BY = ("observation", "test", "role-play", "work-sample")
LONGEST_CODE = 12


@dataclass(frozen=True, slots=True)
class LevelDraft:
    """The level of one competence that a course is to reach, and what shows it."""

    competence_id: int
    level: int
    criteria: str


@dataclass(frozen=True, slots=True)
class CourseDraft:
    """A version of a course as somebody typed it. `prerequisites` are courses, not versions.

    `hours` are hours of teaching; `refresh_months` None where a completion has no end of its own; on
    `earlier_until` completions of earlier versions end, None where they stay; `edition` is what the form showed.
    """

    title: str
    aims: str
    outline: str
    hours: Decimal
    refresh_months: int | None
    earlier_until: date | None
    moderated: bool
    assessed_by: tuple[str, ...]
    capacity: int
    levels: tuple[LevelDraft, ...] = ()
    prerequisites: tuple[int, ...] = ()
    edition: int = 1


@dataclass(frozen=True, slots=True)
class RequirementDraft:
    """Who has to have a course: a role, a unit, or a role in a unit."""

    profile_id: int | None
    unit_id: int | None
    deadline_days: int
    before_lone_work: bool


def way_name(way: str) -> str:
    """Return how something is seen, one of ASSESSED_BY, in the reader's language."""
    return {
        "observation": _("Observation"),
        "test": _("Test"),
        "role-play": _("Role play"),
        "work-sample": _("Work sample"),
    }[way]


def is_code(text: str) -> bool:
    """Return whether a text can be the code of a course: letters A to Z and figures alone.

    It stands in names of files, in addresses and in tables for other systems, not all of which know other letters.
    """
    return text.isascii() and text.isalnum() and len(text) <= LONGEST_CODE


def missing(draft: CourseDraft, today: date) -> dict[str, str]:
    """Return what stands between a draft and its publication, by field; nothing where it is whole."""
    found: dict[str, str] = {}
    if not draft.aims.strip():
        found["aims"] = _("Say in two or three sentences what the course is for.")
    if not draft.outline.strip():
        found["outline"] = _("Say what is done in it, one line each.")
    if not draft.assessed_by:
        found["assessed_by"] = _("Say how it is seen what somebody can do.")
    if any(not row.criteria.strip() for row in draft.levels):
        found["levels"] = _("Say for each level what somebody does who has reached it.")
    if draft.earlier_until is not None and draft.earlier_until < today:
        found["earlier_until"] = _("Earlier completions cannot end on a day that has passed.")
    return found


def way_round(
    before: Mapping[int, Collection[int]], course_id: int, prerequisites: Collection[int]
) -> tuple[int, ...]:
    """Return the courses through which a course would have to come before itself; nothing where none does.

    Args:
        before: Which courses come before each course as things are, by id.
        course_id: The course that is to come after `prerequisites`.
    """
    seen: set[int] = set()
    open_ways: list[tuple[int, ...]] = [(first,) for first in prerequisites]
    while open_ways:
        way = open_ways.pop()
        if way[-1] == course_id:
            return way
        if way[-1] in seen:
            continue
        seen.add(way[-1])
        open_ways.extend((*way, first) for first in before.get(way[-1], ()))
    return ()


def is_link(url: str) -> bool:
    """Return whether an address can stand on a page as a link: of the web, with a host, nothing else."""
    try:
        parts = urlsplit(url)
        return (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and url.isprintable()
            and " " not in url
        )
    except ValueError:
        return False
