"""Who works here, and whom somebody leads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from competences.actor import Actor
from competences.people.reach import Reach
from competences.people.tables import Person


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the group."""

    id: int
    name: str
    email: str | None
    post: str
    unit_id: int | None
    unit: str | None


#: People who work here on a day, for statements that say which.
PRESENT = """
SELECT p.id, p.name, p.email, p.post, p.unit AS unit_id, u.name AS unit FROM person p LEFT JOIN unit u ON u.id = p.unit
WHERE p.external = '' AND (p.started_on IS NULL OR p.started_on <= {}) AND (p.ended_on IS NULL OR p.ended_on >= {})"""


async def led_people(actor: Actor, reach: Reach, today: date, *, self_too: bool = False) -> list[Member]:
    """Return the people who work here and whose line manager the actor is, by name; `self_too`: and the actor."""
    if reach < Reach.TEAM or actor.person_id is None:
        return []
    where = " AND (p.manager = {} OR ({} AND p.id = {})) ORDER BY lower(p.name), p.id"
    rows = await Person.raw(PRESENT + where, today, today, actor.person_id, self_too, actor.person_id)
    return [Member(**row) for row in rows]


async def present(actor: Actor, reach: Reach, today: date) -> list[Member]:
    """Return everybody who works here, by name, for an actor who reaches all of them."""
    if reach is not Reach.ALL:
        return []
    rows = await Person.raw(PRESENT + " ORDER BY lower(p.name), p.id", today, today)
    return [Member(**row) for row in rows]


def units_of(people: Iterable[Member]) -> list[tuple[int, str]]:
    """Return (id, name) of the units that these people belong to, by name."""
    units = {one.unit_id: one.unit or "" for one in people if one.unit_id}
    return sorted(units.items(), key=lambda unit: unit[1].casefold())
