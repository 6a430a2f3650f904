"""Writes that move or cancel sessions that are planned already."""

from datetime import datetime

from competences.actor import Actor
from competences.audit.commands import command
from competences.errors import Conflict, Invalid, NotFound
from competences.people.reach import Reach
from competences.text import _
from competences.training.commands.sessions.places import locked, move_up
from competences.training.commands.sessions.plans import check
from competences.training.events.sessions import SessionCancelled, SessionChanged
from competences.training.rules.sessions import SessionDraft, Span
from competences.training.tables import (
    Attendance,
    CourseSession,
    Enrolment,
    Outcome,
    SessionDay,
    SessionTrainer,
)
from competences.training.tables.sessions import Place


@command
async def change_session(
    actor: Actor, reach: Reach, session_id: int, draft: SessionDraft, now: datetime
) -> SessionChanged | None:
    """Move a session, change who leads it or how many fit. The course version stays.

    Raises:
        NotFound: there is no such session, or the actor does not plan any.
        Conflict: it was cancelled, somebody else changed it since the form was drawn, or a day on which
            attendance was taken would go or move.
        Invalid: something of the draft cannot be, more people are booked than would fit, or somebody new would lead
            what is signed already.
    """
    _check_plans(reach)
    row = await locked(session_id)
    days = await SessionDay.objects().where(SessionDay.session == session_id).order_by(SessionDay.starts_at)
    trainers = [
        found["person"]
        for found in await SessionTrainer.select(SessionTrainer.person).where(
            SessionTrainer.session == session_id
        )
    ]
    stood = (row.zone, row.place, row.link, tuple((day.starts_at, day.ends_at) for day in days))
    new = (draft.zone, draft.place.strip(), draft.link.strip(), draft.days)
    if (*stood, row.capacity, set(trainers)) == (*new, draft.capacity, set(draft.trainer_ids)):
        return None
    if row.edition != draft.edition:
        raise Conflict(
            _("Somebody else changed this session while you were editing. Look at it again first.")
        )
    await check(draft, now, leads=trainers)
    added = tuple(sorted(set(draft.trainer_ids) - set(trainers)))
    await _check_unsigned(session_id, added)
    await _check_fits(session_id, draft.capacity)
    await _write_days(session_id, days, draft.days)
    await _write_trainers(session_id, draft.trainer_ids)
    row.zone, row.place, row.link = draft.zone, draft.place.strip(), draft.link.strip()
    row.capacity = draft.capacity
    row.sequence += stood != new
    row.edition += 1
    await row.save()
    return SessionChanged(
        subject_id=session_id, edition=row.edition, moved_up=await move_up(session_id, now), trainers_added=added
    )  # fmt: skip


def _check_plans(reach: Reach) -> None:
    if reach is not Reach.ALL:
        raise NotFound(_("There is no such session, or you may not see it."))


async def _check_unsigned(session_id: int, added: tuple[int, ...]) -> None:
    """Who leads a session reads what is signed of it: nobody becomes its trainer to read what others signed."""
    if added and await Outcome.exists().where(Outcome.enrolment.session == session_id):
        raise Invalid({"trainers": _("Outcomes of this session are signed. Nobody new leads it any more.")})


async def _check_fits(session_id: int, capacity: int) -> None:
    booked = await Enrolment.count().where(
        Enrolment.session == session_id, Enrolment.place == Place.BOOKED.value
    )
    if booked > capacity:
        raise Invalid(
            {
                "capacity": _(
                    "%(booked)s people are booked. Withdraw some first, or leave room.", booked=booked
                )
            }
        )


async def _write_days(session_id: int, days: list[SessionDay], new: tuple[Span, ...]) -> None:
    """Put the days where they are now. A day on which attendance was taken stays as it was."""
    taken = {
        row["day"]
        for row in await Attendance.select(Attendance.day).where(Attendance.day.session == session_id)
    }
    kept = set(new)
    free = [day for day in days if (day.starts_at, day.ends_at) not in kept]
    if any(day.id in taken for day in free):
        raise Conflict(_("Attendance was taken on a day that you moved. That day stays as it was."))
    here = {(day.starts_at, day.ends_at) for day in days}
    if free:
        await SessionDay.delete().where(SessionDay.id.is_in([day.id for day in free]))
    if added := [
        SessionDay(session=session_id, starts_at=a, ends_at=b) for a, b in new if (a, b) not in here
    ]:
        await SessionDay.insert(*added)


async def _write_trainers(session_id: int, trainer_ids: tuple[int, ...]) -> None:
    await SessionTrainer.delete().where(SessionTrainer.session == session_id)
    await SessionTrainer.insert(
        *(SessionTrainer(session=session_id, person=key) for key in dict.fromkeys(trainer_ids))
    )


_REST = """
SELECT s.id FROM course_session s JOIN course_session h ON h.id = {}
WHERE s.cancelled_at IS NULL AND (s.id = h.id OR {} AND s.series = h.series
      AND (SELECT min(starts_at) FROM session_day WHERE session = s.id)
          >= (SELECT min(starts_at) FROM session_day WHERE session = h.id))
ORDER BY s.id FOR UPDATE OF s
"""


@command
async def cancel_session(
    actor: Actor, reach: Reach, session_id: int, reason: str, now: datetime, *, rest: bool = False
) -> SessionCancelled:
    """Say that a session will not be held, and why; with `rest` also those after it in its series.

    Raises:
        NotFound: there is no such session, or the actor does not plan any.
        Conflict: it was cancelled already, or attendance was taken.
        Invalid: no reason is given.
    """
    _check_plans(reach)
    await locked(session_id)
    ids = [row["id"] for row in await CourseSession.raw(_REST, session_id, rest)]
    if not reason.strip():
        raise Invalid({"reason": _("Say why. The people who are booked read it.")})
    if await Attendance.exists().where(Attendance.day.session.is_in(ids)):
        raise Conflict(_("Attendance was taken already. This session was held."))
    await CourseSession.raw(
        "UPDATE course_session SET cancelled_at = {}, cancelled_reason = {}, sequence = sequence + 1,"
        " edition = edition + 1 WHERE id = ANY({}::int[])",
        now, reason.strip(), ids,
    )  # fmt: skip
    return SessionCancelled(subject_id=session_id, sessions=tuple(ids))
