"""Reads of what colleagues are told of how somebody works: in agreed words, without why."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from competences.actor import Actor
from competences.care.tables import Arrangement
from competences.people import queries as people
from competences.people.reach import Reach


@dataclass(frozen=True, slots=True)
class ArrangementRow:
    """One arrangement with one person."""

    id: int
    person_id: int
    person: str
    words: str
    about_cases: bool
    from_on: date
    until_on: date | None


_ROWS = f"""
SELECT a.id, a.person AS person_id, p.name AS person, a.words, a.about_cases, a.from_on, a.until_on
FROM arrangement a JOIN person p ON p.id = a.person
WHERE p.id = ANY({{}}::int[]) AND a.from_on <= {{}} AND (a.until_on IS NULL OR a.until_on >= {{}})
  AND (NOT {{}} OR a.about_cases) AND {people.SEEN} ORDER BY p.id, a.from_on, a.id
"""  # noqa: S608  constants only


async def arrangements_of(
    actor: Actor, reach: Reach, person_ids: Collection[int], today: date, *, about_cases: bool = False
) -> list[ArrangementRow]:
    """Return the arrangements that hold today with people whom the actor reaches."""
    if not reach or not person_ids:
        return []
    filling = (sorted(person_ids), today, today, about_cases, *people.seen_by(actor, reach))
    return [ArrangementRow(**row) for row in await Arrangement.raw(_ROWS, *filling)]
