"""Who may work alone today, as training says: the one place where care asks."""

from collections.abc import Collection
from datetime import date

from competences.actor import SYSTEM
from competences.people.reach import Reach
from competences.training.queries.lone_work import lone_work_of


async def authorised(person_ids: Collection[int], today: date) -> frozenset[int]:
    """Return who of these people may work alone today. For callers that decide who takes something on."""
    found = await lone_work_of(SYSTEM, Reach.ALL, person_ids, today)
    return frozenset(person for person, row in found.items() if row.authorised)
