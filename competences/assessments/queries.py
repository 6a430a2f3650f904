"""Reads of levels."""

from dataclasses import dataclass
from datetime import datetime

from competences.actor import Actor
from competences.assessments.tables import Assessment, Kind
from competences.people import queries as people
from competences.people.reach import Reach


@dataclass(frozen=True, slots=True)
class LevelRow:
    """The latest level of one person in one competence; `level` is None where there was no evidence."""

    competence_id: int
    code: str
    name: str
    domain_code: str
    domain: str
    framework: str
    number: int
    level: int | None
    reason: str
    agreed_at: datetime


# A competence is the same one in each version of its framework: the latest word on its code counts.
_LEVELS = """
SELECT * FROM (
    SELECT DISTINCT ON (v.framework, c.code)
           c.id AS competence_id, c.code, c.name, d.code AS domain_code, d.name AS domain, f.title AS framework,
           v.number, r.level, r.evidence AS reason, a.submitted_at AS agreed_at, d.position AS place, c.position
    FROM assessment a
    JOIN rating r ON r.assessment = a.id
    JOIN competence c ON c.id = r.competence JOIN domain d ON d.id = c.domain
    JOIN framework_version v ON v.id = c.version JOIN framework f ON f.id = v.framework
    WHERE a.person = {} AND a.kind = {} AND a.submitted_at IS NOT NULL
    ORDER BY v.framework, c.code, a.submitted_at DESC, a.id DESC
) latest
ORDER BY framework, place, position, code
"""


async def levels_of(actor: Actor, reach: Reach, person_id: int) -> list[LevelRow]:
    """Return the levels that panels agreed for a person, in the order of the framework.

    Raises:
        NotFound: there is no such person, or the actor does not reach them.
    """
    await people.person(actor, reach, person_id)
    rows = await Assessment.raw(_LEVELS, person_id, Kind.AGREED.value)
    hidden = ("place", "position")
    return [LevelRow(**{key: value for key, value in row.items() if key not in hidden}) for row in rows]
