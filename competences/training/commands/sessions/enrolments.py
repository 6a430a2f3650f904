"""Writes of the list of a session: who comes on it, who goes off it, and who moves up."""

from datetime import datetime

from competences.actor import Actor
from competences.audit.commands import command
from competences.errors import Conflict, Invalid, NotFound
from competences.people import queries as people
from competences.people.reach import Reach
from competences.text import _
from competences.training.commands.sessions.places import join, locked, move_up
from competences.training.commands.sessions.plans import working
from competences.training.events.sessions import PersonEnrolled, PersonWithdrawn
from competences.training.queries.sessions import missing_first, open_to, session
from competences.training.rules.expiry import day_of
from competences.training.tables import (
    Attendance,
    CourseSession,
    CourseVersion,
    Enrolment,
    Outcome,
    SessionDay,
)
from competences.training.tables.sessions import Place


@command
async def enrol(actor: Actor, reach: Reach, session_id: int, person_id: int, now: datetime) -> PersonEnrolled:
    """Put somebody on the list of a session: booked while there are places, else last on the waiting list.

    With Reach.OWN people put themselves on it, before it begins, where the course is required of them or was
    approved. Line managers and trainers may put anybody on it whom they reach.

    Raises:
        NotFound: there is no such session or person, or the actor does not reach them.
        Conflict: it was cancelled or has begun, they are on the list, nobody asks the course of them, or another
            course comes first for them.
    """
    await people.person(actor, reach, person_id)
    row = await locked(session_id)
    today = day_of(now, row.zone)
    if not await working([person_id], today):
        raise Conflict(_("They do not work here any more."))
    version = await CourseVersion.objects().get(CourseVersion.id == row.version)
    assert version is not None
    if reach is not Reach.ALL:
        await _check_begun(row, now)
    if reach is Reach.OWN and not await open_to(actor, version.course, today):
        raise Conflict(_("This course is not required of you. Ask for it, and your line manager answers."))
    if reach is Reach.OWN:
        await _check_first(actor, row, person_id)
    made, place = await join(session_id, now, person_id=person_id)
    return PersonEnrolled(subject_id=made, session_id=session_id, person_id=person_id, place=place)


async def _check_begun(row: CourseSession, now: datetime) -> None:
    if await SessionDay.exists().where(SessionDay.session == row.id, SessionDay.starts_at <= now):
        raise Conflict(_("This session has begun. Only a trainer changes its list now."))


async def _check_first(actor: Actor, row: CourseSession, person_id: int) -> None:
    """Who lacks a course that comes first is added by a trainer, with eyes open."""
    view = await session(actor, Reach.ALL, row.id)
    missing = await missing_first(actor, Reach.OWN, row.version, [person_id], view.days[0].day)
    if codes := missing.get(person_id):
        raise Conflict(
            _("%(codes)s comes first and is not in date for you. A trainer can add you all the same.",
              codes=", ".join(codes))
        )  # fmt: skip


@command
async def enrol_guest(
    actor: Actor, reach: Reach, session_id: int, guest: str, organisation: str, now: datetime
) -> PersonEnrolled:
    """Put somebody of a partner organisation on the list: a name and where they are from, no more.

    Raises:
        NotFound: there is no such session, or the actor does not plan any.
        Conflict: it was cancelled.
        Invalid: a name is missing.
    """
    if reach is not Reach.ALL:
        raise NotFound(_("There is no such session, or you may not see it."))
    errors = {}
    if not guest.strip():
        errors["guest"] = _("Write down who comes.")
    if not organisation.strip():
        errors["organisation"] = _("Write down which organisation they are from.")
    if errors:
        raise Invalid(errors)
    await locked(session_id)
    made, place = await join(session_id, now, guest=guest.strip(), organisation=organisation.strip())
    return PersonEnrolled(subject_id=made, session_id=session_id, person_id=0, place=place)


@command
async def withdraw(
    actor: Actor, reach: Reach, session_id: int, enrolment_id: int, now: datetime
) -> PersonWithdrawn | None:
    """Take somebody off the list; whoever waits longest gets the place.

    Raises:
        NotFound: there is no such person on the list, or the actor does not reach them.
        Conflict: the session was cancelled or has begun, or it is written down that they were there.
    """
    held = await locked(session_id)
    mine = (Enrolment.id == enrolment_id) & (Enrolment.session == session_id)
    row = await Enrolment.objects().get(mine).lock_rows()  # taps and signatures take turns with this
    if row is None or (row.person is None and reach is not Reach.ALL):
        raise NotFound(_("There is no such person on the list, or you may not see them."))
    if row.person is not None:
        await people.person(actor, reach, row.person)
    if row.place == Place.WITHDRAWN.value:
        return None
    if reach is not Reach.ALL:
        await _check_begun(held, now)
    came = await Attendance.exists().where(Attendance.enrolment == enrolment_id, Attendance.present.eq(True))
    if came or await Outcome.exists().where(Outcome.enrolment == enrolment_id):
        raise Conflict(_("It is written down that they were there. They stay on the list."))
    row.place = Place.WITHDRAWN.value
    await row.save([Enrolment.place])
    return PersonWithdrawn(
        subject_id=enrolment_id, session_id=session_id, person_id=row.person or 0,
        moved_up=await move_up(session_id, now),
    )  # fmt: skip
