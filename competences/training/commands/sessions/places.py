"""Part of the commands on lists: places and turns. Whoever calls has locked the session before."""

from datetime import datetime

from competences.errors import Conflict, NotFound
from competences.text import _
from competences.training.tables import CourseRequest, CourseSession, Enrolment


async def locked(session_id: int) -> CourseSession:
    """Return a session, locked until the transaction ends, so that changes of its list take turns.

    Raises:
        NotFound: there is none.
        Conflict: it was cancelled.
    """
    row: CourseSession | None = await CourseSession.objects().get(CourseSession.id == session_id).lock_rows()
    if row is None:
        raise NotFound(_("There is no such session, or you may not see it."))
    if row.cancelled_at is not None:
        raise Conflict(_("This session was cancelled."))
    return row


# Whose turn it can still be: who left keeps no place from others, and once a session is over nobody moves up.
_WAITS = """
e.place = 'waiting' AND (p.ended_on IS NULL OR p.ended_on >= (the.now AT TIME ZONE s.zone)::date)
AND EXISTS (SELECT FROM session_day d WHERE d.session = s.id AND d.ends_at >= the.now)
"""
# Nobody overtakes: who comes while somebody waits is behind them, even where a place is free.
_JOIN = f"""
INSERT INTO enrolment AS mine (session, person, guest, organisation, place, turn, joined_at)
SELECT s.id, {{}}, {{}}, {{}},
       CASE WHEN count(*) FILTER (WHERE e.place = 'booked') < s.capacity AND count(*) FILTER (WHERE {_WAITS}) = 0
            THEN 'booked' ELSE 'waiting' END,
       coalesce(max(e.turn), 0) + 1, the.now
FROM (SELECT {{}}::timestamptz AS now) the CROSS JOIN course_session s
LEFT JOIN enrolment e ON e.session = s.id LEFT JOIN person p ON p.id = e.person
WHERE s.id = {{}} GROUP BY s.id, the.now
ON CONFLICT (session, person) DO UPDATE
    SET place = excluded.place, turn = excluded.turn, joined_at = excluded.joined_at WHERE mine.place = 'withdrawn'
RETURNING id, place
"""  # noqa: S608  constants only
# A request that was approved has led to this place.
_LED_TO = """
UPDATE course_request SET enrolment = {} WHERE id IN (
    SELECT r.id FROM course_request r JOIN course_version v ON v.course = r.course
    JOIN course_session s ON s.version = v.id LEFT JOIN enrolment e ON e.id = r.enrolment
    WHERE r.person = {} AND s.id = {} AND r.approved AND (e.id IS NULL OR e.place = 'withdrawn'))
"""


async def join(
    session_id: int, now: datetime, *, person_id: int | None = None, guest: str = "", organisation: str = ""
) -> tuple[int, str]:
    """Put somebody at the end of the list; return the enrolment and whether they are booked or wait.

    Raises:
        Conflict: they are on the list already.
    """
    rows = await Enrolment.raw(_JOIN, person_id, guest, organisation, now, session_id)
    if not rows:
        raise Conflict(_("They are on the list already."))
    if person_id is not None:
        await CourseRequest.raw(_LED_TO, rows[0]["id"], person_id, session_id)
    return rows[0]["id"], rows[0]["place"]


_MOVE_UP = f"""
UPDATE enrolment SET place = 'booked' WHERE id IN (
    SELECT e.id FROM (SELECT {{}}::timestamptz AS now) the CROSS JOIN course_session s
    JOIN enrolment e ON e.session = s.id LEFT JOIN person p ON p.id = e.person
    WHERE s.id = {{}} AND {_WAITS} ORDER BY e.turn
    LIMIT greatest(0, (SELECT capacity FROM course_session WHERE id = {{}})
                      - (SELECT count(*) FROM enrolment b WHERE b.session = {{}} AND b.place = 'booked')))
RETURNING id
"""  # noqa: S608  constants only


async def move_up(session_id: int, now: datetime) -> tuple[int, ...]:
    """Give the places that are left to those who wait, by turn; return their enrolments. Not once it is over."""
    rows = await Enrolment.raw(_MOVE_UP, now, session_id, session_id, session_id)
    return tuple(row["id"] for row in rows)
