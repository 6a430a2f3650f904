"""What stands on somebody's page of training beside their completions: which sessions are to come."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from competences.actor import Actor
from competences.people import queries as people
from competences.people.reach import Reach
from competences.training.tables import Enrolment


@dataclass(frozen=True, slots=True)
class BookedRow:
    """A session that somebody has a place in, or waits for; `ahead` is how many wait before them.

    A cancelled one stays until its day has passed, with the reason.
    """

    session_id: int
    code: str
    title: str
    first_on: date
    starts_at: datetime
    ends_at: datetime
    zone: str
    days: int
    place: str
    link: str
    waiting: bool
    cancelled: bool
    reason: str
    ahead: int

    @property
    def starts(self) -> time:
        """When its first day begins, on the clock of the place."""
        return self.starts_at.astimezone(ZoneInfo(self.zone)).time()

    @property
    def ends(self) -> time:
        """When its first day ends, on the clock of the place."""
        return self.ends_at.astimezone(ZoneInfo(self.zone)).time()


_BOOKED = f"""
SELECT s.id AS session_id, k.code, v.title, (min(d.starts_at) AT TIME ZONE s.zone)::date AS first_on,
       min(d.starts_at) AS starts_at, min(d.ends_at) AS ends_at, s.zone, count(*) AS days, s.place, s.link,
       e.place = 'waiting' AS waiting, s.cancelled_at IS NOT NULL AS cancelled, s.cancelled_reason AS reason,
       (SELECT count(*) FROM enrolment o WHERE o.session = s.id AND o.place = 'waiting' AND o.turn < e.turn) AS ahead
FROM enrolment e JOIN person p ON p.id = e.person JOIN course_session s ON s.id = e.session
JOIN course_version v ON v.id = s.version JOIN course k ON k.id = v.course JOIN session_day d ON d.session = s.id
WHERE p.id = {{}} AND {people.SEEN} AND e.place <> 'withdrawn'
GROUP BY s.id, k.code, v.title, e.place, e.turn HAVING max(d.ends_at) >= {{}}
ORDER BY min(d.starts_at), s.id
"""  # noqa: S608  constants only


async def booked(actor: Actor, reach: Reach, person_id: int, now: datetime) -> list[BookedRow]:
    """Return the sessions that somebody goes to or waits for, the next one first."""
    if not reach:
        return []
    rows = await Enrolment.raw(_BOOKED, person_id, *people.seen_by(actor, reach), now)
    return [BookedRow(**row) for row in rows]
