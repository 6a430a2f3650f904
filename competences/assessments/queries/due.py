"""What rounds ask of somebody: assess, talk, confirm. That it is due, never what was answered."""

import re
from collections.abc import Sequence
from datetime import date

from competences.actor import Actor
from competences.assessments.queries.places import READ_BEFORE
from competences.people.reach import Reach

# Where somebody is assessed or leads who is, until both confirm the talk; and where a colleague was asked.
_DUE = f"""
WITH mine AS MATERIALIZED (
    SELECT t.id, o.title, o.closes_on, {{today}} BETWEEN o.opens_on AND o.closes_on AS open, p.id = {{me}} AS own,
           p.id AS person_id, p.name, l.id AS leader_id, l.name AS leader, s.id AS own_id,
           s.submitted_at IS NOT NULL AS own_shared, m.id AS other_id,
           m.submitted_at IS NOT NULL AS other_shared,
           k.person_confirmed_at IS NOT NULL AS own_confirmed, k.manager_confirmed_at IS NOT NULL AS other_confirmed
    FROM participant t JOIN round o ON o.id = t.round JOIN person p ON p.id = t.person
    LEFT JOIN person l ON l.id = p.manager
    LEFT JOIN assessment s ON s.participant = t.id AND s.kind = 'self'
    LEFT JOIN assessment m ON m.participant = t.id AND m.kind = 'manager' AND m.assessor = p.manager
    LEFT JOIN talk k ON k.participant = t.id
    WHERE p.id = {{me}} OR ({{reach}} >= 2 AND p.manager = {{me}})
)
SELECT 'assess-self' AS kind, id, person_id, name AS person, title AS what, closes_on AS due_on, own_id AS begun
FROM mine WHERE own AND open AND NOT own_shared
UNION ALL
SELECT 'assess-other', id, person_id, name, title, closes_on, other_id
FROM mine WHERE NOT own AND open AND NOT other_shared AND (own_confirmed AND other_confirmed) IS NOT TRUE
UNION ALL
SELECT CASE WHEN own AND other_confirmed OR NOT own AND own_confirmed THEN 'confirm' ELSE 'talk' END, id,
       CASE WHEN own THEN leader_id ELSE person_id END, CASE WHEN own THEN leader ELSE name END, title, NULL, id
FROM mine WHERE own_shared AND other_shared AND NOT CASE WHEN own THEN own_confirmed ELSE other_confirmed END
UNION ALL
SELECT 'assess-peer', t.id, p.id, p.name, o.title, o.closes_on, CASE WHEN a.started_at IS NOT NULL THEN a.id END
FROM assessment a JOIN participant t ON t.id = a.participant JOIN round o ON o.id = t.round
JOIN person p ON p.id = t.person
WHERE {{reach}} >= 1 AND a.kind = 'peer' AND a.assessor = {{me}} AND a.submitted_at IS NULL
  AND {{today}} BETWEEN o.opens_on AND o.closes_on AND NOT {READ_BEFORE}
ORDER BY due_on NULLS FIRST, kind, id LIMIT {{limit}}
"""  # noqa: S608  constants only

_NAMES: Sequence[str] = re.findall(r"{(\w+)}", _DUE)
#: For Today, which joins it with what else is due; `due_filling` has what fills the places.
DUE = re.sub(r"{\w+}", "{}", _DUE)


def due_filling(actor: Actor, reach: Reach, today: date, limit: int) -> tuple[object, ...]:
    """Return what fills the places of DUE."""
    given = {"me": actor.person_id, "reach": int(reach), "today": today, "limit": limit if reach else 0}
    return tuple(given[name] for name in _NAMES)
