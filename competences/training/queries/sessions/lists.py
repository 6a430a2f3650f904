"""Which sessions there are: those to come first, those that are over page by page."""

from dataclasses import dataclass
from datetime import date, datetime

from competences.actor import Actor
from competences.people.reach import Reach
from competences.training.rules.expiry import day_of
from competences.training.tables import CourseSession


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session in a list; `own` is how the reader stands on its list, "" where they are not on it."""

    id: int
    course_id: int
    code: str
    title: str
    first_at: datetime
    last_at: datetime
    days: int
    zone: str
    place: str
    capacity: int
    booked: int
    waiting: int
    trainers: list[str]
    cancelled: bool
    own: str

    @property
    def first_on(self) -> date:
        """The day that it begins on, at its place."""
        return day_of(self.first_at, self.zone)

    @property
    def left(self) -> int:
        """How many places are left."""
        return max(0, self.capacity - self.booked)


_FROM = """
FROM (SELECT d.session, min(d.starts_at) AS first_at, max(d.ends_at) AS last_at, count(*) AS days
      FROM session_day d GROUP BY d.session) r
JOIN course_session s ON s.id = r.session JOIN course_version v ON v.id = s.version JOIN course k ON k.id = v.course
WHERE (r.last_at >= {}) = {} AND ({} = 0 OR v.course = {})
  AND ({} = 0 OR EXISTS (SELECT FROM session_trainer t WHERE t.session = s.id AND t.person = {}))
"""
_LIST = f"""
SELECT s.id, v.course AS course_id, k.code, v.title, r.first_at, r.last_at, r.days, s.zone, s.place, s.capacity,
       (SELECT count(*) FROM enrolment e WHERE e.session = s.id AND e.place = 'booked') AS booked,
       (SELECT count(*) FROM enrolment e WHERE e.session = s.id AND e.place = 'waiting') AS waiting,
       ARRAY(SELECT p.name FROM session_trainer t JOIN person p ON p.id = t.person
             WHERE t.session = s.id ORDER BY lower(p.name), p.id) AS trainers,
       s.cancelled_at IS NOT NULL AS cancelled,
       coalesce((SELECT e.place FROM enrolment e
                 WHERE e.session = s.id AND e.person = {{}} AND e.place <> 'withdrawn'), '') AS own
{_FROM} ORDER BY CASE WHEN {{}} THEN r.first_at END, r.first_at DESC, s.id LIMIT {{}} OFFSET {{}}
"""  # noqa: S608  constants only
_COUNT = f"SELECT count(*) AS count {_FROM}"


async def upcoming(
    actor: Actor,
    reach: Reach,
    now: datetime,
    *,
    course_id: int = 0,
    trainer_id: int = 0,
    limit: int = 50,
    offset: int = 0,
) -> list[SessionRow]:
    """Return the sessions that are not over, the next one first; cancelled ones are among them."""
    return await _sessions(actor, reach, now, True, course_id, trainer_id, limit, offset)


async def past(
    actor: Actor,
    reach: Reach,
    now: datetime,
    *,
    course_id: int = 0,
    trainer_id: int = 0,
    limit: int = 50,
    offset: int = 0,
) -> list[SessionRow]:
    """Return the sessions that are over, the latest first."""
    return await _sessions(actor, reach, now, False, course_id, trainer_id, limit, offset)


async def _sessions(
    actor: Actor,
    reach: Reach,
    now: datetime,
    coming: bool,
    course_id: int,
    trainer_id: int,
    limit: int,
    offset: int,
) -> list[SessionRow]:
    if not reach:
        return []
    rows = await CourseSession.raw(
        _LIST, actor.person_id, *_filter(now, coming, course_id, trainer_id), coming, limit, offset
    )
    return [SessionRow(**row) for row in rows]


async def count_sessions(
    actor: Actor, reach: Reach, now: datetime, *, coming: bool, course_id: int = 0, trainer_id: int = 0
) -> int:
    """Return how many sessions `upcoming` or `past` has in all."""
    rows = (
        await CourseSession.raw(_COUNT, *_filter(now, coming, course_id, trainer_id))
        if reach
        else [{"count": 0}]
    )
    return int(rows[0]["count"])


def _filter(now: datetime, coming: bool, course_id: int, trainer_id: int) -> tuple[object, ...]:
    return now, coming, course_id, course_id, trainer_id, trainer_id


_LEADERS = """
SELECT DISTINCT p.id, p.name, lower(p.name) AS sorted FROM session_trainer t JOIN person p ON p.id = t.person
ORDER BY lower(p.name), p.id
"""


async def leaders(actor: Actor, reach: Reach) -> list[tuple[int, str]]:
    """Return (id, name) of everybody who leads or led a session."""
    return [(row["id"], row["name"]) for row in await CourseSession.raw(_LEADERS)] if reach else []
