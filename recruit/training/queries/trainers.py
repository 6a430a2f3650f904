"""Who can lead a session: those named for the course, else whoever has an account as trainer."""

from datetime import date

from competences.actor import Actor
from competences.people.reach import Reach
from competences.people.tables import Person
from competences.training.queries.courses import trainers_of

_ACCOUNTS = """
SELECT p.id, p.name FROM person p JOIN account a ON a.person = p.id
WHERE a.closed_at IS NULL AND 'trainer' = ANY(a.roles) AND p.external = ''
  AND (p.ended_on IS NULL OR p.ended_on >= {}) ORDER BY lower(p.name), p.id
"""


async def teaching(actor: Actor, reach: Reach, course_id: int, today: date) -> list[tuple[int, str]]:
    """Return (id, name) of those who can lead sessions of a course; nothing for who plans none."""
    if reach is not Reach.ALL:
        return []
    if named := await trainers_of(course_id, today):
        return [(row.person_id, row.name) for row in named if row.here]
    return [(row["id"], row["name"]) for row in await Person.raw(_ACCOUNTS, today)]


async def with_account(reach: Reach, today: date) -> list[int]:
    """Return who teaches what nobody is named for: all who have an account as trainer and work here."""
    if reach is not Reach.ALL:
        return []
    return [row["id"] for row in await Person.raw(_ACCOUNTS, today)]
