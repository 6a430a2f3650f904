"""One session in full."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from competences.actor import Actor
from competences.errors import NotFound
from competences.people.reach import Reach
from competences.text import _
from competences.training.tables import CourseSession, SessionDay, SessionTrainer


@dataclass(frozen=True, slots=True)
class DayRow:
    """From when until when a session runs on one of its days; `day`, `starts`, `ends` as its place has them."""

    id: int
    starts_at: datetime
    ends_at: datetime
    day: date
    starts: time
    ends: time


@dataclass(frozen=True, slots=True)
class SessionView:
    """A session. `own` is how the reader stands on its list, "" where they are not, with their enrolment."""

    id: int
    course_id: int
    code: str
    version_id: int
    number: int
    title: str
    moderated: bool
    assessed_by: list[str]
    zone: str
    place: str
    link: str
    capacity: int
    series: int | None
    uid: str
    sequence: int
    cancelled_at: datetime | None
    cancelled_reason: str
    edition: int
    booked: int
    waiting: int
    own: str
    own_enrolment: int | None
    days: tuple[DayRow, ...]
    trainers: tuple[tuple[int, str], ...]

    @property
    def left(self) -> int:
        """How many places are left."""
        return max(0, self.capacity - self.booked)

    def begun(self, now: datetime) -> bool:
        """Whether its first day has begun."""
        return self.days[0].starts_at <= now

    def over(self, now: datetime) -> bool:
        """Whether its last day has ended."""
        return self.days[-1].ends_at < now

    def led_by(self, actor: Actor) -> bool:
        """Whether the actor is one of its trainers."""
        return actor.person_id is not None and actor.person_id in {key for key, _name in self.trainers}


_ONE = """
SELECT s.id, v.course AS course_id, k.code, v.id AS version_id, v.number, v.title, v.moderated, v.assessed_by,
       s.zone, s.place, s.link, s.capacity, s.series, s.uid, s.sequence, s.cancelled_at, s.cancelled_reason, s.edition,
       (SELECT count(*) FROM enrolment e WHERE e.session = s.id AND e.place = 'booked') AS booked,
       (SELECT count(*) FROM enrolment e WHERE e.session = s.id AND e.place = 'waiting') AS waiting,
       coalesce(o.place, '') AS own, o.id AS own_enrolment
FROM course_session s JOIN course_version v ON v.id = s.version JOIN course k ON k.id = v.course
LEFT JOIN enrolment o ON o.session = s.id AND o.person = {} AND o.place <> 'withdrawn'
WHERE s.id = {}
"""


async def session(actor: Actor, reach: Reach, session_id: int) -> SessionView:
    """Return one session: when, where and how many, not who.

    Raises:
        NotFound: there is none, or courses are not for the actor.
    """
    rows = await CourseSession.raw(_ONE, actor.person_id, session_id) if reach else []
    if not rows:
        raise NotFound(_("There is no such session, or you may not see it."))
    zone = rows[0]["zone"]
    days = await SessionDay.raw(
        "SELECT id, starts_at, ends_at FROM session_day WHERE session = {} ORDER BY starts_at, id", session_id
    )
    trainers = await SessionTrainer.raw(
        "SELECT p.id, p.name FROM session_trainer t JOIN person p ON p.id = t.person WHERE t.session = {}"
        " ORDER BY lower(p.name), p.id",
        session_id,
    )
    return SessionView(
        **rows[0],
        days=tuple(_day(row, ZoneInfo(zone)) for row in days),
        trainers=tuple((row["id"], row["name"]) for row in trainers),
    )


def _day(row: dict[str, Any], zone: ZoneInfo) -> DayRow:
    starts, ends = row["starts_at"].astimezone(zone), row["ends_at"].astimezone(zone)
    return DayRow(**row, day=starts.date(), starts=starts.time(), ends=ends.time())


async def leading(actor: Actor, reach: Reach, session_id: int) -> SessionView:
    """Return a session for somebody who plans sessions and takes attendance.

    Raises:
        NotFound: there is none, or the actor is no trainer.
    """
    return await session(actor, reach if reach is Reach.ALL else Reach.NO, session_id)
