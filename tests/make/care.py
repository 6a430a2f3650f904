"""Builders for care: something of everything that a person's care shows, through the real commands."""

from datetime import UTC, date, datetime, timedelta

import make
from competences.care.commands import cases, incidents, media, meetings, register
from competences.care.commands.arrangements import set_arrangement
from competences.care.commands.names import make_exception
from competences.care.queries.incidents import concerned
from competences.care.rules.cases import CaseDraft, Hazard, Precaution
from competences.care.rules.choices import Duty, Gathering, Incident
from competences.care.rules.incidents import IncidentDraft
from competences.care.rules.media import Asked, DutyDraft, Medium
from competences.care.rules.meetings import MeetingDraft
from competences.care.rules.names import ExceptionDraft
from competences.care.rules.register import Basis, EntryDraft, Happened
from competences.people.reach import Reach
from make.support import ring


async def filled(manager, lead, person, unit_id: int | None = None) -> dict[str, int]:
    """Return the ids of one of each: what `manager` and `lead` put on record of `person`, whom `manager` leads."""
    mara, ruth, worker = [await make.actor(row) for row in (manager, lead, person)]
    now, today = datetime.now(UTC), date.today()
    soon = today + timedelta(days=60)
    for duty, happened, days in (
        (Duty.SUPERVISION, Happened.DONE, 50), (Duty.CHECK_UP, Happened.OFFERED, 2),
        (Duty.ADDRESS, Happened.DONE, 340), (Duty.COACHING, Happened.DECLINED, 3),
    ):  # fmt: skip
        draft = EntryDraft(duty, happened, today - timedelta(days=days), basis=Basis.SAFETY_LAW)
        entry = await register.record_entry(mara, Reach.TEAM, person.id, draft, now, today)
    meeting = await meetings.record_meeting(
        ruth, Reach.ALL, MeetingDraft(Gathering.SAFE_SPACE, unit_id, today), now, today
    )
    for ago in (30, 900):
        draft = IncidentDraft(Incident.THREAT, now - timedelta(hours=ago), frozenset({person.id}))
        await incidents.record_incident(mara, Reach.TEAM, draft, now, today)
    words = "Takes nobody on from the harbour district. " * 4
    await set_arrangement(worker, words, today, now, about_cases=True)
    draft = CaseDraft(
        "A-2026-14", None, today, soon, tuple(Hazard), tuple(Precaution), frozenset({person.id, manager.id})
    )
    case = await cases.record_case(mara, Reach.ALL, draft, now, today)
    await media.set_spokesperson(mara, Reach.TEAM, DutyDraft(person.id, today, soon), today)
    asked = await media.ask_appearance(mara, Reach.TEAM, Asked(person.id, Medium.RADIO, soon), today)
    await media.record_guidance(mara, Reach.TEAM, asked.subject_id, today, today)
    exception = await make_exception(
        ruth, ring(), Reach.ALL, person.id, ExceptionDraft(today, soon, "Asked for at the door. " * 9), now
    )
    owed = await concerned(mara, Reach.TEAM, UTC)
    return {
        "entry_id": entry.subject_id, "meeting_id": meeting.subject_id, "concerned_id": owed[0].id,
        "discussion_id": case.subject_id, "appearance_id": asked.subject_id, "exception_id": exception.subject_id,
    }  # fmt: skip
