"""Writes of work under another name. Why is sealed with a key of its own, and each reading of it is logged."""

from datetime import date, datetime
from uuid import uuid4

from competences.actor import Actor
from competences.audit.commands import command
from competences.care.events.names import NameExceptionEnded, NameExceptionMade, NameReasonRead
from competences.care.queries.names import name_exception, name_exceptions_of
from competences.care.rules.names import (
    ExceptionDraft,
    check_exception,
    from_body,
    place_of_reason,
    to_body,
)
from competences.care.tables import NameException
from competences.errors import Conflict, NotFound
from competences.people import queries as people
from competences.people.reach import Reach
from competences.people.tables import Person
from competences.sealing.commands import destroy_key, make_key
from competences.sealing.queries import data_key
from competences.sealing.rules import KeyRing, opened, seal
from competences.text import _


@command
async def make_exception(
    actor: Actor, ring: KeyRing, reach: Reach, person_id: int, draft: ExceptionDraft, now: datetime
) -> NameExceptionMade:
    """Decide that somebody works under another name for their safety. A support lead decides, for another.

    Args:
        now: In the organisation's time zone.

    Raises:
        NotFound: there is no such person, or this is not for the actor.
        Conflict: there is one that holds, it is the actor, or there is no master key.
        Invalid: reason or days cannot be used.
    """
    _check_reach(reach)
    await people.person(actor, reach, person_id)
    if person_id == actor.person_id:
        raise Conflict(_("Somebody else decides this about you."))
    check_exception(draft, now.date())
    await Person.objects().get(Person.id == person_id).lock_rows()  # one decision at a time
    for one in await name_exceptions_of(actor, reach, person_id):
        if one.ended_on is None and one.until_on >= now.date():
            raise Conflict(_("There is an exception already. End it first."))
        await _run_out(actor, one.id, now.date())
    uid = uuid4().hex
    key = await make_key(ring, uid, now)
    row = NameException(
        person=person_id, from_on=draft.from_on, until_on=draft.until_on, uid=uid, decided_by=actor.name,
        reason=seal(key, to_body(draft.reason.strip()), place_of_reason(uid)), decided_at=now,
    )  # fmt: skip
    await row.save()
    return NameExceptionMade(subject_id=row.id)


@command
async def end_exception(actor: Actor, reach: Reach, exception_id: int, today: date) -> NameExceptionEnded:
    """End an exception. Its reason is forgotten: the key is destroyed.

    Raises:
        NotFound: there is none, or this is not for the actor.
        Conflict: it has ended already.
    """
    _check_reach(reach)
    await name_exception(actor, reach, exception_id)
    row = await NameException.objects().get(NameException.id == exception_id).lock_rows()
    assert row is not None
    if row.ended_on is not None:
        raise Conflict(_("This exception has ended."))
    await _forget(row, today)
    return NameExceptionEnded(subject_id=exception_id)


async def end_past(actor: Actor, today: date) -> None:
    """End every exception whose last day has passed, and forget its reason. For callers that look each day."""
    rows = await NameException.select(NameException.id).where(
        NameException.ended_on.is_null(), NameException.until_on < today
    )
    for row in rows:
        await _run_out(actor, row["id"], today)


@command
async def _run_out(actor: Actor, exception_id: int, today: date) -> NameExceptionEnded | None:
    """End an exception on its last day, once that has passed; nothing where it has ended or still holds."""
    row = await NameException.objects().get(NameException.id == exception_id).lock_rows()
    if row is None or row.ended_on is not None or row.until_on >= today:
        return None
    await _forget(row, row.until_on)
    return NameExceptionEnded(subject_id=exception_id)


async def _forget(row: NameException, on: date) -> None:
    row.ended_on, row.reason = on, b""
    await row.save([NameException.ended_on, NameException.reason])
    await destroy_key(row.uid)


async def open_reason(actor: Actor, ring: KeyRing, reach: Reach, exception_id: int) -> str:
    """Return why somebody works under another name, once the reading is in the log.

    Raises:
        NotFound: there is no such exception, or the actor is neither the person nor a support lead.
        Conflict: it has ended, or its key is not to be had.
    """
    await _log_reading(actor, reach, exception_id)
    row = await NameException.objects().get(NameException.id == exception_id)
    assert row is not None
    if row.ended_on is not None:
        raise Conflict(_("This exception has ended, and why is forgotten."))
    key = await data_key(ring, row.uid)
    return from_body(opened(key, row.reason, place_of_reason(row.uid)))


@command
async def _log_reading(actor: Actor, reach: Reach, exception_id: int) -> NameReasonRead:
    row = await name_exception(actor, reach, exception_id)
    return NameReasonRead(subject_id=row.id)


def _check_reach(reach: Reach) -> None:
    if reach is not Reach.ALL:
        raise NotFound(_("There is no such page, or it is not for you."))
