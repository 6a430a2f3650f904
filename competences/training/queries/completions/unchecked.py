"""Certificates from elsewhere that a trainer has to look at."""

from competences.actor import Actor
from competences.people.reach import Reach

#: Each as (kind, id, person_id, person, what, due_on, begun); nobody checks their own. `unchecked_filling` fills it.
UNCHECKED = """
SELECT 'check-certificate' AS kind, c.id, c.person AS person_id, p.name AS person, v.title AS what,
       NULL::date AS due_on, c.id AS begun
FROM completion c JOIN person p ON p.id = c.person JOIN course_version v ON v.id = c.version
WHERE {} AND c.origin = 'external' AND c.checked_at IS NULL AND c.withdrawn_at IS NULL AND c.person <> {}
ORDER BY c.recorded_at, c.id LIMIT {}
"""


def unchecked_filling(actor: Actor, reach: Reach, limit: int) -> tuple[object, ...]:
    """Return what fills the places of UNCHECKED. `reach` is how far the actor records completions."""
    return reach is Reach.ALL, actor.person_id or 0, limit
