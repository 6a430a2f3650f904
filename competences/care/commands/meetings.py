"""Writes of meetings and sessions: that they took place, and who was there."""

from collections.abc import Collection
from datetime import date, datetime

from competences.actor import Actor
from competences.audit.commands import command
from competences.care.events.meetings import AttendanceCorrected, MeetingRecorded
from competences.care.queries import meetings as queries
from competences.care.rules.meetings import MeetingDraft, check_meeting
from competences.care.tables import Meeting, MeetingAttendance
from competences.errors import Conflict, Invalid, NotFound
from competences.people.reach import Reach
from competences.text import _


@command
async def record_meeting(
    actor: Actor, reach: Reach, draft: MeetingDraft, now: datetime, today: date
) -> MeetingRecorded:
    """Put on record that a meeting or session took place, with everybody who was there.

    Raises:
        NotFound: the actor records no meetings of this unit.
        Invalid: it is to come, or somebody named does not belong to the unit or is led by somebody else.
    """
    check_meeting(draft, today)
    await _check_people(actor, reach, draft.unit_id, draft.held_on, draft.person_ids)
    row = Meeting(
        gathering=draft.gathering.value, unit=draft.unit_id, held_on=draft.held_on, recorded_at=now,
        recorded_by=actor.name,
    )  # fmt: skip
    await row.save()
    await _attend(row.id, draft.person_ids)
    return MeetingRecorded(subject_id=row.id, gathering=row.gathering, people=len(draft.person_ids))


@command
async def correct_attendance(
    actor: Actor, reach: Reach, meeting_id: int, person_ids: Collection[int], edition: int
) -> AttendanceCorrected | None:
    """Say anew who of those whom the actor leads was at a meeting; of all others what is on record stays.

    Raises:
        NotFound: there is no such meeting, or the actor does not record those of its unit.
        Conflict: somebody else corrected it since the form was drawn.
        Invalid: somebody named does not belong to the unit, or is led by somebody else.
    """
    before = await queries.attended(actor, reach, meeting_id)
    row = await Meeting.objects().get(Meeting.id == meeting_id).lock_rows()
    if reach < Reach.TEAM or row is None:
        raise NotFound(_("There is no such meeting, or it is not for you."))
    came = set(person_ids)
    await _check_people(actor, reach, row.unit, row.held_on, came - before)
    if row.edition != edition:
        raise Conflict(_("Somebody else changed this while you were editing. Look at it again first."))
    if before == came:
        return None
    if gone := before - came:
        await MeetingAttendance.delete().where(
            MeetingAttendance.meeting == row.id, MeetingAttendance.person.is_in(sorted(gone))
        )
    await _attend(row.id, came - before)
    row.edition += 1
    await row.save([Meeting.edition])
    return AttendanceCorrected(subject_id=row.id, people=len(person_ids))


async def _attend(meeting_id: int, person_ids: Collection[int]) -> None:
    rows = [MeetingAttendance(meeting=meeting_id, person=one) for one in sorted(person_ids)]
    if rows:
        await MeetingAttendance.insert(*rows)


async def _check_people(
    actor: Actor, reach: Reach, unit_id: int | None, day: date, person_ids: Collection[int]
) -> None:
    able = {one.id for one in await queries.could_attend(actor, reach, unit_id, day)}
    if not set(person_ids) <= able:
        raise Invalid({"people": _("Choose people from the list.")})
