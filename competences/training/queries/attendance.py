"""Who was there on which day of a session."""

from dataclasses import dataclass
from datetime import datetime

from competences.actor import Actor
from competences.people.reach import Reach
from competences.training.rules.attendance import Presence
from competences.training.tables import Attendance


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """Somebody who has a place, and whether they were there; None where nothing is written down yet.

    `late` says that it was written down on a later day than the one it is about; `signed` that an outcome holds it.
    """

    enrolment_id: int
    name: str
    organisation: str
    present: bool | None
    taken_at: datetime | None
    recorded_at: datetime | None
    recorded_by: str | None
    late: bool
    signed: bool


_SHEET = """
SELECT e.id AS enrolment_id, coalesce(p.name, e.guest) AS name, e.organisation, a.present, a.taken_at,
       a.recorded_at, a.recorded_by,
       coalesce((a.taken_at AT TIME ZONE s.zone)::date > (d.ends_at AT TIME ZONE s.zone)::date, false) AS late,
       EXISTS (SELECT FROM outcome o WHERE o.enrolment = e.id AND o.corrected_at IS NULL) AS signed
FROM enrolment e JOIN course_session s ON s.id = e.session JOIN session_day d ON d.session = s.id
LEFT JOIN person p ON p.id = e.person LEFT JOIN attendance a ON a.enrolment = e.id AND a.day = d.id
WHERE s.id = {} AND d.id = {} AND e.place = 'booked' ORDER BY lower(coalesce(p.name, e.guest)), e.id
"""


async def sheet(actor: Actor, reach: Reach, session_id: int, day_id: int) -> list[AttendanceRow]:
    """Return the list of one day by name; nothing for who takes no attendance."""
    if reach is not Reach.ALL:
        return []
    return [AttendanceRow(**row) for row in await Attendance.raw(_SHEET, session_id, day_id)]


_PRESENCE = """
SELECT e.id, count(a.id) FILTER (WHERE a.present) AS days,
       (SELECT count(*) FROM session_day d WHERE d.session = e.session) AS of
FROM enrolment e LEFT JOIN attendance a ON a.enrolment = e.id
WHERE e.session = {} AND e.place = 'booked' GROUP BY e.id
"""


async def presence(session_id: int) -> dict[int, Presence]:
    """Return on how many days each enrolment was there. For callers that checked that they may know."""
    return {
        row["id"]: Presence(row["days"], row["of"]) for row in await Attendance.raw(_PRESENCE, session_id)
    }
