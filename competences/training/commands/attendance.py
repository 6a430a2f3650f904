"""Writes of attendance: one tap or many, in one statement."""

from collections.abc import Sequence
from datetime import datetime

from competences.actor import Actor
from competences.audit.commands import command
from competences.errors import Conflict, NotFound
from competences.people.reach import Reach
from competences.text import _
from competences.training.events.attendance import AttendanceTaken
from competences.training.queries.attendance import sheet
from competences.training.queries.sessions import leading
from competences.training.rules.attendance import Tap
from competences.training.tables import Attendance

# One statement: is it a day of this session that has come, do they have a place, is nothing signed yet; write what was
# tapped last. A device whose clock is wrong tapped now. Session, day and places are held meanwhile, so that nobody
# cancels, moves, withdraws or signs between the look and the write.
_TAKE = """
WITH day AS (
    SELECT d.id, s.id AS session, date_trunc('day', d.starts_at AT TIME ZONE s.zone) AT TIME ZONE s.zone AS begins
    FROM session_day d JOIN course_session s ON s.id = d.session
    WHERE d.id = {} AND s.id = {} AND s.cancelled_at IS NULL FOR SHARE OF s, d
), tap AS (
    SELECT t.enrolment, t.present, coalesce(t.at, now.now) AS at, now.now
    FROM unnest({}::int[], {}::bool[], {}::timestamptz[]) AS t (enrolment, present, at)
    CROSS JOIN (SELECT {}::timestamptz AS now) now
)
INSERT INTO attendance AS a (enrolment, day, present, taken_at, recorded_at, recorded_by)
SELECT e.id, day.id, t.present, CASE WHEN t.at > t.now OR t.at < day.begins THEN t.now ELSE t.at END, t.now, {}
FROM day CROSS JOIN tap t JOIN enrolment e ON e.id = t.enrolment AND e.session = day.session AND e.place = 'booked'
WHERE day.begins <= t.now
  AND NOT EXISTS (SELECT FROM outcome o WHERE o.enrolment = e.id AND o.corrected_at IS NULL)
ORDER BY e.id FOR SHARE OF e
ON CONFLICT (enrolment, day) DO UPDATE
    SET present = excluded.present, taken_at = excluded.taken_at, recorded_by = excluded.recorded_by,
        recorded_at = CASE WHEN a.present = excluded.present THEN a.recorded_at ELSE excluded.recorded_at END
    WHERE a.taken_at < excluded.taken_at
RETURNING enrolment
"""


@command
async def take_attendance(
    actor: Actor, reach: Reach, session_id: int, day_id: int, taps: Sequence[Tap], now: datetime
) -> AttendanceTaken | None:
    """Write down who was there. Of two taps the later one counts, in whatever order they arrive.

    None where nothing was newer than what is written down.

    Raises:
        NotFound: there is no such session or day, or the actor takes no attendance.
        Conflict: it was cancelled, the day is still to come, or an outcome is signed.
    """
    if reach is not Reach.ALL:
        raise NotFound(_("There is no such session, or you may not see it."))
    tapped = {tap.enrolment_id: tap for tap in taps}
    rows = await Attendance.raw(
        _TAKE, day_id, session_id, list(tapped), [tap.present for tap in tapped.values()],
        [tap.at for tap in tapped.values()], now, actor.name,
    ) if tapped else []  # fmt: skip
    if rows:
        return AttendanceTaken(
            subject_id=session_id, day_id=day_id, enrolments=tuple(row["enrolment"] for row in rows)
        )
    await _explain(actor, reach, session_id, day_id, set(tapped), now)
    return None


@command
async def mark_rest_present(
    actor: Actor, reach: Reach, session_id: int, day_id: int, now: datetime
) -> AttendanceTaken | None:
    """Write down that everybody of whom nothing is written down yet was there; who was absent stays absent.

    Raises:
        NotFound: there is no such session or day, or the actor takes no attendance.
        Conflict: it was cancelled, or the day is still to come.
    """
    rest = [row.enrolment_id for row in await sheet(actor, reach, session_id, day_id) if row.present is None]
    return await take_attendance(actor, reach, session_id, day_id, [Tap(key, True) for key in rest], now)


async def _explain(
    actor: Actor, reach: Reach, session_id: int, day_id: int, tapped: set[int], now: datetime
) -> None:
    """Raise why nothing was written, or return when there was nothing newer to write."""
    view = await leading(actor, reach, session_id)
    day = next((row for row in view.days if row.id == day_id), None)
    if day is None:
        raise NotFound(_("This session has no such day."))
    if view.cancelled_at is not None:
        raise Conflict(_("This session was cancelled."))
    rows = {row.enrolment_id: row for row in await sheet(actor, reach, session_id, day_id)}
    if any(key in rows and rows[key].signed for key in tapped):
        raise Conflict(_("What came of it is signed already. Correct the outcome first."))
    if tapped - rows.keys():
        raise NotFound(_("There is no such person on the list, or you may not see them."))
    if tapped and all(rows[key].present is None for key in tapped):
        raise Conflict(_("This day is still to come. Attendance is taken on the day or afterwards."))
