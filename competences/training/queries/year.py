"""A year of training: which sessions are planned in each month, and how many run out of date in it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from competences.actor import Actor
from competences.gaps.rules.standing import months_from
from competences.people.reach import Reach
from competences.training.queries.courses import courses
from competences.training.queries.standing import STANDING, standing_filling
from competences.training.tables import Completion, CourseSession

#: How many months a year view shows.
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Planned:
    """A session that is planned; `first_on` is its first day, at its place."""

    id: int
    first_on: date
    booked: int
    capacity: int


@dataclass(frozen=True, slots=True)
class MonthOf:
    """One course in one month: who runs out of date in it, and when it is held."""

    ends: int
    sessions: tuple[Planned, ...]


@dataclass(frozen=True, slots=True)
class CourseYear:
    """One course through the months."""

    course_id: int
    code: str
    title: str
    months: tuple[MonthOf, ...]


# Who ends in several courses counts in each; what nobody requires may run out without anybody minding.
_ENDS = f"""
WITH {STANDING}
SELECT course_id, date_trunc('month', expires_on)::date AS month, count(*) AS ends FROM standing
WHERE required AND expires_on >= {{}} AND expires_on < {{}} GROUP BY 1, 2
"""  # noqa: S608  constants only

_SESSIONS = """
WITH held AS (
    SELECT s.id, v.course AS course_id, s.capacity, (min(d.starts_at) AT TIME ZONE s.zone)::date AS first_on
    FROM course_session s JOIN course_version v ON v.id = s.version JOIN session_day d ON d.session = s.id
    WHERE s.cancelled_at IS NULL GROUP BY s.id, v.course
)
SELECT h.id, h.course_id, h.first_on, h.capacity, count(e.id) AS booked
FROM held h LEFT JOIN enrolment e ON e.session = h.id AND e.place = 'booked'
WHERE h.first_on >= {} AND h.first_on < {} GROUP BY h.id, h.course_id, h.first_on, h.capacity
ORDER BY h.first_on, h.id
"""


def months_of(first: date) -> list[date]:
    """Return the first days of the months that a year view from the month of `first` shows."""
    return [months_from(first.replace(day=1), number) for number in range(MONTHS)]


async def year(actor: Actor, reach: Reach, first: date, today: date) -> list[CourseYear]:
    """Return every course that is offered through a year, by code; nothing for who plans no sessions.

    Args:
        first: A day of the first month.
        today: Ends are those of what is in date on this day, whatever is done until then.
    """
    if reach is not Reach.ALL:
        return []
    months = months_of(first)
    span = (months[0], months_from(months[0], MONTHS))
    ends: dict[tuple[int, date], int] = {
        (row["course_id"], row["month"]): row["ends"]
        for row in await Completion.raw(_ENDS, *standing_filling(actor, reach, today), *span)
    }
    held: dict[tuple[int, date], list[Planned]] = defaultdict(list)
    for row in await CourseSession.raw(_SESSIONS, *span):
        held[row.pop("course_id"), row["first_on"].replace(day=1)].append(Planned(**row))
    return [
        CourseYear(
            row.id, row.code, row.title,
            tuple(MonthOf(ends.get((row.id, one), 0), tuple(held[row.id, one])) for one in months),
        )
        for row in await courses(actor)
    ]  # fmt: skip
