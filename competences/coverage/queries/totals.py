"""Cover of the organisation for somebody without sight of its people."""

from dataclasses import dataclass
from datetime import date

from competences.actor import Actor
from competences.coverage.queries.team import rows_of
from competences.coverage.rules.cover import Named
from competences.coverage.rules.suppression import FEWEST, shown
from competences.people.queries import PRESENT
from competences.people.reach import Reach
from competences.people.tables import Person


@dataclass(frozen=True, slots=True)
class Total:
    """How many have no level, then how many are at 1 to 5; None where that is not for this reader."""

    named: Named
    cells: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """The levels of everybody whom the reader does not see anyway; `people` is None for too few to tell."""

    people: int | None
    rows: list[Total]


_OTHERS = f"{PRESENT} AND p.id <> {{}} AND (NOT {{}} OR p.manager IS DISTINCT FROM {{}}) ORDER BY p.id"


async def totals(actor: Actor, reach: Reach, today: date, *, leads: bool) -> Totals:
    """Return how many of the organisation are at each level, without a count that says anybody's level.

    Whoever the reader sees anyway (themselves, and with `leads` their people) is left out, as they could be
    subtracted. There is one group alone, since two groups could be subtracted from each other. Rows come in the
    order of the frameworks: an order by margin would tell what the counts do not.
    """
    if reach is not Reach.ALL:
        return Totals(None, [])
    me = actor.person_id or 0
    ids = [row["id"] for row in await Person.raw(_OTHERS, today, today, me, leads, me)]
    if len(ids) < FEWEST:
        return Totals(None, [])
    rows = await rows_of(actor, reach, ids, None, today)
    return Totals(len(ids), [Total(row.named, shown(row.cells)) for row in rows])
