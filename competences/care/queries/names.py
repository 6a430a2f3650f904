"""Reads of work under another name: that it is so and until when. Why is opened by a command, which logs it."""

from dataclasses import dataclass
from datetime import date, datetime

from competences.actor import Actor
from competences.care.tables import NameException
from competences.errors import NotFound
from competences.people import queries as people
from competences.people.reach import Reach
from competences.text import _


@dataclass(frozen=True, slots=True)
class NameExceptionRow:
    """Somebody works under another name."""

    id: int
    person_id: int
    person: str
    from_on: date
    until_on: date
    decided_by: str
    decided_at: datetime
    ended_on: date | None


_ROWS = f"""
SELECT n.id, n.person AS person_id, p.name AS person, n.from_on, n.until_on, n.decided_by, n.decided_at, n.ended_on
FROM name_exception n JOIN person p ON p.id = n.person
WHERE ({{}} = 0 OR n.id = {{}}) AND ({{}} = 0 OR p.id = {{}}) AND {people.SEEN} ORDER BY n.from_on DESC, n.id DESC
"""  # noqa: S608  constants only


async def name_exceptions_of(actor: Actor, reach: Reach, person_id: int) -> list[NameExceptionRow]:
    """Return the exceptions of a person whom the actor reaches, latest first."""
    return await _rows(actor, reach, 0, person_id)


async def name_exception(actor: Actor, reach: Reach, exception_id: int) -> NameExceptionRow:
    """Return an exception whose reason the actor may read: their own, or any for a support lead.

    Raises:
        NotFound: there is none, or it is not for the actor.
    """
    wide = reach if reach is Reach.ALL else min(reach, Reach.OWN)
    rows = await _rows(actor, wide, exception_id, 0) if exception_id else []
    if not rows:
        raise NotFound(_("There is no such page, or it is not for you."))
    return rows[0]


async def _rows(actor: Actor, reach: Reach, exception_id: int, person_id: int) -> list[NameExceptionRow]:
    if not reach:
        return []
    filling = (exception_id, exception_id, person_id, person_id, *people.seen_by(actor, reach))
    return [NameExceptionRow(**row) for row in await NameException.raw(_ROWS, *filling)]
