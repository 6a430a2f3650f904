"""Reads for the pages of support: whom somebody may choose. None of it depends on whose plan there is."""

from typing import Any

from competences.actor import Actor
from competences.people.tables import Person

_STAFF = """
SELECT p.id, p.name, p.post FROM person p JOIN account a ON a.person = p.id
WHERE p.external = '' AND p.id IS DISTINCT FROM {} AND a.closed_at IS NULL
  AND a.roles && ARRAY['staff', 'line_manager', 'hiring_manager', 'trainer', 'support_lead']::varchar[]
  AND (p.ended_on IS NULL OR p.ended_on >= current_date)
"""


async def support_leads(actor: Actor) -> list[tuple[int, str]]:
    """Return (id, name) of those who keep plans with workers, without the actor, by name."""
    where = " AND 'support_lead' = ANY(a.roles) ORDER BY lower(p.name), p.id"
    return [(row["id"], row["name"]) for row in await Person.raw(_STAFF + where, actor.person_id)]


async def everybody(actor: Actor) -> list[tuple[int, str]]:
    """Return (id, name and post) of everybody else who works or worked here, by name."""
    rows = await Person.raw(
        "SELECT id, name, post FROM person WHERE external = '' AND id IS DISTINCT FROM {} ORDER BY lower(name), id",
        actor.person_id,
    )
    return _named(rows)


async def colleagues(actor: Actor) -> list[tuple[int, str]]:
    """Return (id, name and post) of everybody else who works here and can sign in, by name."""
    rows = await Person.raw(_STAFF + " ORDER BY lower(p.name), p.id", actor.person_id)
    return _named(rows)


def _named(rows: list[dict[str, Any]]) -> list[tuple[int, str]]:
    return [(row["id"], f"{row['name']}, {row['post']}" if row["post"] else row["name"]) for row in rows]
