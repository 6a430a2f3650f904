"""Writes of the register: what was offered, done or declined, on which day; and how somebody's workload is."""

from collections.abc import Collection
from datetime import date, datetime

from competences.actor import Actor
from competences.audit.commands import command
from competences.care.events.register import CareRecorded, CareWithdrawn, RegisterDrawn, WorkloadSaid
from competences.care.queries.register import in_care
from competences.care.rules.choices import Load
from competences.care.rules.register import EntryDraft, Happened, check_entry
from competences.care.tables import CareEntry, Workload
from competences.errors import Conflict, Invalid, NotFound
from competences.people import queries as people
from competences.people.reach import Reach
from competences.text import _


@command
async def record_entry(
    actor: Actor, reach: Reach, person_id: int, draft: EntryDraft, now: datetime, today: date
) -> CareRecorded:
    """Put on record that a duty towards somebody was offered, done or declined.

    Raises:
        NotFound: the actor does not look after this person.
        Conflict: it is the actor, whose line manager does this.
        Invalid: the day or another field cannot be.
    """
    _check_reach(reach)
    await people.led(actor, reach, person_id)
    check_entry(draft, today)
    row = CareEntry(
        person=person_id,
        duty=draft.duty.value,
        offered_on=draft.on if draft.happened is Happened.OFFERED else None,
        done_on=draft.on if draft.happened is Happened.DONE else None,
        declined_on=draft.on if draft.happened is Happened.DECLINED else None,
        next_on=draft.next_on,
        outside=draft.outside and draft.happened is Happened.DONE,
        basis=draft.basis or "",
        recorded_at=now,
        recorded_by=actor.name,
    )
    await row.save()
    return CareRecorded(
        subject_id=row.id, person_id=person_id, duty=draft.duty.value, happened=draft.happened.value
    )


@command
async def record_entries(
    actor: Actor, reach: Reach, person_ids: Collection[int], draft: EntryDraft, now: datetime, today: date
) -> None:
    """Put the same on record of several people, all or nobody; each leaves an entry in the log.

    Raises:
        Invalid: nobody is named, or a field cannot be.
        NotFound: the actor does not look after one of them.
        Conflict: the actor is among them, whose line manager does this.
    """
    if not person_ids:
        raise Invalid({"people": _("Choose whom it concerns.")})
    for person_id in sorted(person_ids):
        await record_entry(actor, reach, person_id, draft, now, today)


@command
async def withdraw_entry(actor: Actor, reach: Reach, entry_id: int, now: datetime) -> CareWithdrawn:
    """Take back what was entered by mistake; it stays readable, and counts no more.

    Raises:
        NotFound: there is no such entry, or the actor does not look after the person.
        Conflict: it is withdrawn already, or about the actor.
    """
    _check_reach(reach)
    row = await CareEntry.objects().get(CareEntry.id == entry_id).lock_rows()
    if row is None:
        raise _missing()
    await people.led(actor, reach, row.person)
    if row.withdrawn_at is not None:
        raise Conflict(_("This entry is withdrawn already."))
    row.withdrawn_at = now
    await row.save([CareEntry.withdrawn_at])
    return CareWithdrawn(subject_id=row.id, person_id=row.person)


@command
async def draw_register(actor: Actor, reach: Reach, today: date) -> RegisterDrawn:
    """Note that the days of whoever the actor looks after leave as a sheet.

    Raises:
        NotFound: the actor looks after nobody.
    """
    _check_reach(reach)
    return RegisterDrawn(subject_id=0, people=len(await in_care(actor, reach, today)))


@command
async def say_workload(actor: Actor, load: Load, today: date) -> WorkloadSaid:
    """Say how one's own workload is. Nobody says it for another; the last word of a day counts.

    Raises:
        NotFound: the actor is nobody who works here.
    """
    if actor.person_id is None:
        raise _missing()
    await Workload.raw(
        "INSERT INTO workload (person, load, said_on) VALUES ({}, {}, {})"
        " ON CONFLICT (person, said_on) DO UPDATE SET load = excluded.load",
        actor.person_id, load.value, today,
    )  # fmt: skip
    return WorkloadSaid(subject_id=actor.person_id)


def _check_reach(reach: Reach) -> None:
    """Nobody records for themselves alone: that takes a line manager or a support lead."""
    if reach < Reach.TEAM:
        raise _missing()


def _missing() -> NotFound:
    return NotFound(_("There is no such page, or it is not for you."))
