"""Reads of meetings and sessions: when, of whom, who was there."""

from dataclasses import dataclass
from datetime import date

from competences.actor import Actor
from competences.care.tables import Meeting
from competences.errors import NotFound
from competences.people.queries import PRESENT, Member
from competences.people.reach import Reach
from competences.people.tables import Person
from competences.text import _

#: Meetings that an actor sees: all, those of units in which they lead somebody, those that they were at.
_SEEN = """({} = 3 OR ({} = 2 AND EXISTS (SELECT FROM person p WHERE p.manager = {} AND (m.unit IS NULL OR p.unit = m.unit)))
  OR EXISTS (SELECT FROM meeting_attendance a WHERE a.meeting = m.id AND a.person = {}))"""

#: Whose attendance an actor who records meetings sees and corrects: `p` is the person.
_RECORDED = "({} = 3 OR p.manager = {} OR p.id = {})"


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting. `mine`: whether the actor was there."""

    id: int
    gathering: str
    unit_id: int | None
    unit: str | None
    held_on: date
    people: int
    mine: bool
    recorded_by: str
    edition: int


_MEETINGS = f"""
SELECT m.id, m.gathering, m.unit AS unit_id, u.name AS unit, m.held_on, m.recorded_by, m.edition,
       (SELECT count(*) FROM meeting_attendance a WHERE a.meeting = m.id) AS people,
       EXISTS (SELECT FROM meeting_attendance a WHERE a.meeting = m.id AND a.person = {{}}) AS mine
FROM meeting m LEFT JOIN unit u ON u.id = m.unit WHERE ({{}} = 0 OR m.id = {{}}) AND {_SEEN}
ORDER BY m.held_on DESC, m.id DESC LIMIT {{}} OFFSET {{}}
"""  # noqa: S608  constants only


async def meetings(actor: Actor, reach: Reach, *, limit: int = 50, offset: int = 0) -> list[MeetingRow]:
    """Return meetings that the actor looks after or was at, latest first."""
    return await _meetings(actor, reach, 0, limit, offset)


async def meeting(actor: Actor, reach: Reach, meeting_id: int) -> MeetingRow:
    """Return one meeting.

    Raises:
        NotFound: there is none, or it is not for the actor.
    """
    rows = await _meetings(actor, reach, meeting_id, 1, 0) if meeting_id else []
    if not rows:
        raise NotFound(_("There is no such meeting, or it is not for you."))
    return rows[0]


async def _meetings(actor: Actor, reach: Reach, meeting_id: int, limit: int, offset: int) -> list[MeetingRow]:
    if not reach:
        return []
    me = actor.person_id
    filling = (me, meeting_id, meeting_id, int(reach), int(reach), me, me, limit, offset)
    return [MeetingRow(**row) for row in await Meeting.raw(_MEETINGS, *filling)]


_ATTENDED = f"""
SELECT a.person FROM meeting_attendance a JOIN person p ON p.id = a.person WHERE a.meeting = {{}} AND {_RECORDED}
"""  # noqa: S608  constants only


async def attended(actor: Actor, reach: Reach, meeting_id: int) -> frozenset[int]:
    """Return who was at a meeting of those whose attendance the actor records: everybody, or their team and they.

    Raises:
        NotFound: there is no such meeting, or it is not for the actor.
    """
    row = await meeting(actor, reach, meeting_id)
    if reach < Reach.TEAM:
        return frozenset()
    found = await Meeting.raw(_ATTENDED, row.id, *_recorded_by(actor, reach))
    return frozenset(one["person"] for one in found)


async def units_to_record(actor: Actor, reach: Reach) -> list[tuple[int, str]]:
    """Return the units whose meetings the actor records: all, or those in which they lead somebody."""
    if reach < Reach.TEAM:
        return []
    rows = await Person.raw(
        "SELECT u.id, u.name FROM unit u WHERE {} = 3 OR EXISTS"
        " (SELECT FROM person p WHERE p.unit = u.id AND p.manager = {}) ORDER BY lower(u.name)",
        int(reach), actor.person_id,
    )  # fmt: skip
    return [(row["id"], row["name"]) for row in rows]


async def could_attend(actor: Actor, reach: Reach, unit_id: int | None, day: date) -> list[Member]:
    """Return who belongs to a unit on a day and whose attendance the actor records: everybody, or their team and they.

    Without a unit everybody who works here, for those who reach all.

    Raises:
        NotFound: the actor records no meetings of this unit.
    """
    able = unit_id in dict(await units_to_record(actor, reach)) if unit_id else reach is Reach.ALL
    if not able:
        raise NotFound(_("There is no such unit, or you lead nobody there."))
    where = f" AND ({{}}::int IS NULL OR p.unit = {{}}) AND {_RECORDED} ORDER BY lower(p.name), p.id"
    filling = (day, day, unit_id, unit_id, *_recorded_by(actor, reach))
    return [Member(**row) for row in await Person.raw(PRESENT + where, *filling)]


def _recorded_by(actor: Actor, reach: Reach) -> tuple[object, ...]:
    """Return what fills the places of _RECORDED."""
    return int(reach), actor.person_id, actor.person_id


_LAST = """
SELECT m.id, m.gathering, m.held_on, a.id IS NOT NULL AS came FROM person p
JOIN meeting m ON (m.unit IS NULL OR m.unit = p.unit) AND (p.started_on IS NULL OR m.held_on >= p.started_on)
LEFT JOIN meeting_attendance a ON a.meeting = m.id AND a.person = p.id
WHERE p.id = {} ORDER BY m.held_on DESC, m.id DESC LIMIT 12
"""


@dataclass(frozen=True, slots=True)
class Came:
    """A meeting that somebody could have been at."""

    id: int
    gathering: str
    held_on: date
    came: bool


async def last_meetings_of(person_id: int) -> list[Came]:
    """Return a person's last meetings, latest first. For callers that know that the actor reaches them."""
    return [Came(**row) for row in await Meeting.raw(_LAST, person_id)]
