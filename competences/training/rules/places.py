"""What free places close before any session is added, and why some needs stay open all the same."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from competences.text import _
from competences.training.rules.plan import CourseNeed, Offer, Plan

#: A session fits into one week up to so many hours.
WEEK_HOURS = 40


@dataclass(frozen=True, slots=True)
class Places:
    """Free places in a session that is planned already."""

    session_id: int
    course_id: int
    first_on: date
    free: int


@dataclass(frozen=True, slots=True)
class Invitation:
    """Who can be invited to a session that is planned already, whoever needs it most first."""

    session_id: int
    course_id: int
    first_on: date
    person_ids: tuple[int, ...]
    weight: int


def filled(
    needs: Iterable[CourseNeed], places: Iterable[Places]
) -> tuple[list[Invitation], list[CourseNeed]]:
    """Return whom to invite onto free places, and the needs that are left. It costs no session, so it comes first.

    A plan for what is left is still the best: how much some places of a course close depends on their number alone,
    and the most pressing needs have these.

    Args:
        places: The session that comes first before others.
    """
    wanted: dict[int, list[CourseNeed]] = defaultdict(list)
    for need in sorted(needs, key=lambda row: (-row.weight, row.person_id)):
        wanted[need.course_id].append(need)
    found = []
    for row in places:
        if row.free > 0 and (first := wanted[row.course_id][: row.free]):
            wanted[row.course_id] = wanted[row.course_id][row.free :]
            weight = sum(need.weight for need in first)
            ids = tuple(need.person_id for need in first)
            found.append(Invitation(row.session_id, row.course_id, row.first_on, ids, weight))
    return found, [need for rows in wanted.values() for need in rows]


class Open(StrEnum):
    """Why a need stays open."""

    WAITS = "waits"
    TEACHES = "teaches"
    LONG = "long"
    NOBODY = "nobody"
    LIMIT = "limit"
    TIME = "time"


def open_name(why: Open) -> str:
    """Return why a need stays open, in the reader's language."""
    return {
        Open.WAITS: _("Another course comes first"),
        Open.TEACHES: _("May teach the course themselves, and nobody signs for themselves"),
        Open.LONG: _("The course takes longer than a week; plan it by hand"),
        Open.NOBODY: _("Nobody may teach the course"),
        Open.LIMIT: _("More sessions than you asked for"),
        Open.TIME: _("Those who may teach it have no week left"),
    }[why]


def teaching(needs: Iterable[CourseNeed], offers: Mapping[int, Offer]) -> list[CourseNeed]:
    """Return the needs of people who may teach the course that they need."""
    return [
        need
        for need in needs
        if need.course_id in offers and need.person_id in offers[need.course_id].trainer_ids
    ]


def left_open(
    needs: Iterable[CourseNeed],
    offers: Mapping[int, Offer],
    long: Iterable[int],
    plan: Plan,
    most: int | None,
) -> list[tuple[CourseNeed, Open]]:
    """Return which of the needs that a plan was made for it does not close, and why.

    Args:
        long: Courses that take more than WEEK_HOURS.
        most: How many sessions the plan was allowed.
    """
    closed = {(one, row.course_id) for row in plan.proposals for one in row.person_ids}
    longer, full = set(long), most is not None and len(plan.proposals) >= most
    found = []
    for need in needs:
        if (need.person_id, need.course_id) in closed:
            continue
        if need.course_id in longer:
            why = Open.LONG
        elif need.course_id not in offers or not offers[need.course_id].trainer_ids:
            why = Open.NOBODY
        else:
            why = Open.LIMIT if full else Open.TIME
        found.append((need, why))
    return found
