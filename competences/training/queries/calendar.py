"""Which sessions stand in somebody's calendar."""

from datetime import datetime, timedelta

from competences.actor import Actor
from competences.people.reach import Reach
from competences.training.queries.sessions import session
from competences.training.rules.calendar import CalendarSession
from competences.training.tables import CalendarLink, CourseSession

#: How long past sessions stay in the feed.
KEPT = timedelta(days=365)


async def calendar_link_made(actor: Actor) -> datetime | None:
    """Return when the actor's own link was made; None where there is none."""
    rows = await CalendarLink.raw("SELECT made_at FROM calendar_link WHERE person = {}", actor.person_id)
    return rows[0]["made_at"] if rows else None


_SESSIONS = """
SELECT s.id, s.uid, s.sequence, k.code, v.title, s.place, s.link, s.cancelled_at IS NOT NULL AS cancelled,
       EXISTS (SELECT FROM session_trainer t WHERE t.session = s.id AND t.person = {}) AS leads,
       array_agg(d.starts_at ORDER BY d.starts_at) AS starts, array_agg(d.ends_at ORDER BY d.starts_at) AS ends
FROM course_session s JOIN course_version v ON v.id = s.version JOIN course k ON k.id = v.course
JOIN session_day d ON d.session = s.id
WHERE EXISTS (SELECT FROM enrolment e WHERE e.session = s.id AND e.person = {} AND e.place = 'booked')
   OR EXISTS (SELECT FROM session_trainer t WHERE t.session = s.id AND t.person = {})
GROUP BY s.id, k.code, v.title HAVING max(d.ends_at) >= {} ORDER BY min(d.starts_at), s.id
"""


async def calendar_sessions(person_id: int, now: datetime) -> list[CalendarSession]:
    """Return the sessions that somebody is booked for or leads. For callers that know that it is their calendar."""
    rows = await CourseSession.raw(_SESSIONS, person_id, person_id, person_id, now - KEPT)
    return [
        CalendarSession(days=tuple(zip(row.pop("starts"), row.pop("ends"), strict=True)), **row)
        for row in rows
    ]


async def calendar_session(actor: Actor, reach: Reach, session_id: int) -> CalendarSession:
    """Return one session for a calendar.

    Raises:
        NotFound: there is none, or courses are not for the actor.
    """
    row = await session(actor, reach, session_id)
    return CalendarSession(
        row.id, row.uid, row.sequence, row.code, row.title, row.place, row.link, row.cancelled_at is not None,
        row.led_by(actor), tuple((day.starts_at, day.ends_at) for day in row.days),
    )  # fmt: skip
