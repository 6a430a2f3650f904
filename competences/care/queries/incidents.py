"""Reads of what is owed to people after an incident."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from competences.actor import Actor
from competences.care.rules.choices import Incident
from competences.care.rules.incidents import check_in_by, debrief_until
from competences.care.tables import StaffIncident
from competences.errors import NotFound
from competences.people import queries as people
from competences.people.reach import Reach
from competences.text import _


@dataclass(frozen=True, slots=True)
class ConcernedRow:
    """One person whom an incident concerned, what is owed to them, and when it was done."""

    id: int
    incident_id: int
    kind: Incident
    happened_at: datetime
    person_id: int
    person: str
    debriefed_at: datetime | None
    checked_in_on: date | None
    debrief_until: datetime | None
    check_in_by: date

    @property
    def debrief_open(self) -> bool:
        """Whether the debrief is still owed."""
        return self.debrief_until is not None and self.debriefed_at is None

    @property
    def open(self) -> bool:
        """Whether anything is still owed."""
        return self.debrief_open or self.checked_in_on is None


#: Whose, for statements in which `c` is who was concerned and `p` the person.
CONCERNED = """
SELECT c.id, c.incident AS incident_id, i.kind, i.happened_at, p.id AS person_id, p.name AS person, c.debriefed_at,
       c.checked_in_on
FROM incident_person c JOIN staff_incident i ON i.id = c.incident JOIN person p ON p.id = c.person
"""

_CONCERNED = f"""{CONCERNED}
WHERE {people.SEEN} AND ({{}} = 0 OR c.id = {{}}) AND ({{}} = 0 OR p.id = {{}})
  AND (NOT {{}} OR c.checked_in_on IS NULL OR (c.debriefed_at IS NULL AND i.kind <> 'news'))
ORDER BY i.happened_at DESC, i.id DESC, lower(p.name) LIMIT {{}} OFFSET {{}}
"""


def concerned_row(row: dict[str, object], zone: tzinfo | None) -> ConcernedRow:
    """Return a row of CONCERNED with what is owed; the day of an incident is that in `zone`."""
    kind, at = Incident(str(row["kind"])), row["happened_at"]
    assert isinstance(at, datetime)
    happened_on = at.astimezone(zone).date()
    owed = {"debrief_until": debrief_until(kind, at), "check_in_by": check_in_by(kind, happened_on)}
    return ConcernedRow(**{**row, **owed, "kind": kind})  # type: ignore[arg-type]


async def concerned(
    actor: Actor,
    reach: Reach,
    zone: tzinfo | None,
    *,
    person_id: int = 0,
    only_open: bool = False,
    limit: int = 50,
    offset: int = 0,
) -> list[ConcernedRow]:
    """Return whom of the people that the actor reaches incidents concerned, latest first."""
    return await _concerned(actor, reach, zone, 0, person_id, only_open, limit, offset)


async def concerned_one(actor: Actor, reach: Reach, zone: tzinfo | None, concerned_id: int) -> ConcernedRow:
    """Return one person of one incident.

    Raises:
        NotFound: there is none, or the actor does not reach them.
    """
    rows = await _concerned(actor, reach, zone, concerned_id, 0, False, 1, 0) if concerned_id else []
    if not rows:
        raise NotFound(_("There is no such incident, or it is not for you."))
    return rows[0]


async def _concerned(
    actor: Actor,
    reach: Reach,
    zone: tzinfo | None,
    concerned_id: int,
    person_id: int,
    only_open: bool,
    limit: int,
    offset: int,
) -> list[ConcernedRow]:
    if not reach:
        return []
    filling = (concerned_id, concerned_id, person_id, person_id, only_open, limit, offset)
    rows = await StaffIncident.raw(_CONCERNED, *people.seen_by(actor, reach), *filling)
    return [concerned_row(row, zone) for row in rows]
