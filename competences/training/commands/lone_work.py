"""Writes about lone work: that it changed, a line manager's exception. That somebody may is never written, it follows."""

from collections.abc import Collection
from datetime import date, datetime

from competences.actor import SYSTEM, Actor
from competences.audit.commands import command
from competences.errors import Conflict, Invalid, NotFound
from competences.people import queries as people
from competences.people.reach import Reach
from competences.text import _
from competences.training.events.lone_work import (
    LoneWorkAllowed,
    LoneWorkChanged,
    LoneWorkExceptionEnded,
    LoneWorkSeen,
)
from competences.training.queries.lone_work import exception, exceptions_of, lone_work_of
from competences.training.rules.lone_work import LoneWork, codes, in_words, refused_days, too_soon
from competences.training.tables import LoneWorkChange, LoneWorkException

BATCH = 200

# Whose last note says so, those who have left too.
_STILL = """
SELECT person FROM (SELECT DISTINCT ON (person) person, authorised FROM lone_work_change ORDER BY person, id DESC) last
WHERE authorised
"""

_LAST = """
SELECT DISTINCT ON (person) person, authorised, by_exception FROM lone_work_change
WHERE person = ANY({}::int[]) ORDER BY person, id DESC
"""


async def note_changes(actor: Actor, person_ids: Collection[int], today: date, now: datetime) -> int:
    """Note for whom lone work has become authorised, or no longer is; return for how many. Part of a command.

    Looks at everybody named, whomever the actor sees: what is noted follows from records, not from the reader.
    Two that note at the same time take turns, so that a change is noted once. Call it before anything is logged, so
    that everybody takes people first and the log second.
    """
    if not person_ids:
        return 0
    await LoneWorkChange.raw(
        "SELECT id FROM person WHERE id = ANY({}::int[]) ORDER BY id FOR NO KEY UPDATE", sorted(person_ids)
    )
    changed = await _changed(person_ids, today, now)
    for person, standing in changed.items():
        await _note(actor, person, standing, today, now)
    return len(changed)


async def _changed(person_ids: Collection[int], today: date, now: datetime) -> dict[int, LoneWork]:
    """Return how those stand of whom something else was noted last; whoever was never noted was not authorised."""
    ids = sorted(person_ids)
    found = await lone_work_of(SYSTEM, Reach.ALL, ids, today, now.tzinfo)
    rows = await LoneWorkChange.raw(_LAST, ids)
    last = {row["person"]: (row["authorised"], row["by_exception"]) for row in rows}
    return {
        person: standing
        for person, standing in found.items()
        if (standing.authorised, standing.by_exception) != last.get(person, (False, False))
    }


@command
async def _note(
    actor: Actor, person_id: int, standing: LoneWork, today: date, now: datetime
) -> LoneWorkChanged:
    missing = [] if standing.ready else [in_words(row) for row in standing.missing]
    await LoneWorkChange(
        person=person_id, at=now, on=today, authorised=standing.authorised, by_exception=standing.by_exception,
        missing=missing,
    ).save()  # fmt: skip
    return LoneWorkChanged(
        subject_id=person_id, authorised=standing.authorised, by_exception=standing.by_exception,
        missing=codes(standing.missing),
    )  # fmt: skip


async def note_everybody(today: date, now: datetime) -> int:
    """Note what has changed by dates alone, of whoever works here or was authorised; return for how many.

    Looks first, without holding up anybody, and then notes each change in a transaction of its own, which looks again.
    """
    here = {row.id for row in await people.present(SYSTEM, Reach.ALL, today)}
    everybody = sorted(here | {row["person"] for row in await LoneWorkChange.raw(_STILL)})
    noted = 0
    for start in range(0, len(everybody), BATCH):
        for person in await _changed(everybody[start : start + BATCH], today, now):
            async with LoneWorkChange._meta.db.transaction():
                noted += await note_changes(SYSTEM, [person], today, now)
    return noted


@command
async def allow(
    actor: Actor, reach: Reach, person_id: int, until_on: date | None, reason: str, today: date, now: datetime
) -> LoneWorkAllowed:
    """Let somebody work alone from today until a day although something is missing.

    Raises:
        NotFound: there is no such person, or the actor does not reach them.
        Conflict: it is the actor, nothing is missing, or another exception runs or has ended just now.
        Invalid: no reason is given, or the last day is in the past or too far off.
    """
    await people.person(actor, reach, person_id)
    if person_id == actor.person_id:
        raise Conflict(_("Nobody makes an exception for themselves. Ask whoever leads you."))
    errors = {}
    if why := refused_days(today, until_on, today):
        errors["until_on"] = why
    if not reason.strip():
        errors["reason"] = _("Say why this person works alone although something is missing.")
    if errors:
        raise Invalid(errors)
    standing = (await lone_work_of(actor, reach, [person_id], today, now.tzinfo)).get(person_id)
    if standing is None:
        raise NotFound(_("There is no such person, or you may not see them."))
    if standing.ready:
        raise Conflict(_("Nothing is missing, so there is nothing to make an exception from."))
    lasted = [row.lasted(now.tzinfo) for row in await exceptions_of(actor, reach, person_id)]
    if why := too_soon(max(lasted, default=None), today):
        raise Conflict(why)
    row = LoneWorkException(
        person=person_id,
        from_on=today,
        until_on=until_on,
        reason=reason.strip(),
        given_at=now,
        given_by=actor.name,
    )
    await row.save()
    await note_changes(actor, [person_id], today, now)
    return LoneWorkAllowed(subject_id=row.id, person_id=person_id, until_on=str(until_on))


@command
async def end_exception(
    actor: Actor, reach: Reach, exception_id: int, today: date, now: datetime
) -> LoneWorkExceptionEnded:
    """Take an exception back before its last day.

    Raises:
        NotFound: there is none, or the actor does not reach whose it is.
        Conflict: it has ended, or it is the actor's own.
    """
    row = await exception(actor, reach, exception_id)
    if row.person_id == actor.person_id:
        raise Conflict(_("Nobody changes an exception of their own."))
    ended = await LoneWorkException.raw(
        "UPDATE lone_work_exception SET ended_at = {}, ended_by = {}"
        " WHERE id = {} AND ended_at IS NULL AND until_on >= {} RETURNING id",
        now, actor.name, exception_id, today,
    )  # fmt: skip
    if not ended:
        raise Conflict(_("This exception has ended already."))
    await note_changes(actor, [row.person_id], today, now)
    return LoneWorkExceptionEnded(subject_id=exception_id, person_id=row.person_id)


@command
async def see_change(actor: Actor, reach: Reach, change_id: int, now: datetime) -> LoneWorkSeen | None:
    """Say that one has read of a change, of oneself or of somebody whom one leads.

    Raises:
        NotFound: there is no such change, or the actor does not reach whom it is about.
    """
    sql = f"SELECT c.person FROM lone_work_change c JOIN person p ON p.id = c.person WHERE c.id = {{}} AND {people.SEEN}"  # noqa: S608
    rows = await LoneWorkChange.raw(sql, change_id, *people.seen_by(actor, reach)) if reach else []
    if not rows:
        raise NotFound(_("There is no such notice, or it is not for you."))
    person = rows[0]["person"]
    side = "seen_by_person_at" if person == actor.person_id else "seen_by_manager_at"
    seen = await LoneWorkChange.raw(
        f"UPDATE lone_work_change SET {side} = {{}} WHERE person = {{}} AND id <= {{}} AND {side} IS NULL RETURNING id",  # noqa: S608
        now, person, change_id,
    )  # fmt: skip
    return LoneWorkSeen(subject_id=change_id, person_id=person) if seen else None
