"""Every level that somebody was ever given, those that do not count any more too."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from competences.actor import Actor
from competences.assessments.queries.levels import KINDS
from competences.assessments.tables import Assessment
from competences.people import queries as people
from competences.people.reach import Reach


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A level that was given at some time. `withdrawn_at` says since when it does not count any more."""

    framework_id: int
    framework: str
    code: str
    name: str
    number: int
    level: int | None
    reason: str
    kind: str
    assessor: str | None
    given_at: datetime
    rating_id: int
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    withdrawn_reason: str | None


# A competence stays together where a version moved it.
_HISTORY = f"""
SELECT f.id AS framework_id, f.title AS framework, c.code, c.name, v.number, r.level, r.evidence AS reason,
       a.kind, w.name AS assessor, a.submitted_at AS given_at, r.id AS rating_id, s.at AS withdrawn_at,
       s.by AS withdrawn_by, s.reason AS withdrawn_reason
FROM assessment a JOIN person p ON p.id = a.person JOIN rating r ON r.assessment = a.id
JOIN competence c ON c.id = r.competence JOIN domain d ON d.id = c.domain
JOIN framework_version v ON v.id = c.version JOIN framework f ON f.id = v.framework
LEFT JOIN person w ON w.id = a.assessor LEFT JOIN supersession s ON s.rating = r.id
WHERE a.person = {{}} AND {people.SEEN} AND a.kind IN ({KINDS})
  AND a.submitted_at IS NOT NULL AND (r.level IS NOT NULL OR r.no_evidence)
WINDOW same AS (PARTITION BY f.id, c.code)
ORDER BY f.title, f.id, max(d.position) OVER same, max(c.position) OVER same, c.code, a.submitted_at DESC, a.id DESC
"""  # noqa: S608  constants only


async def history_of(actor: Actor, reach: Reach, person_id: int) -> list[HistoryRow]:
    """Return every level that a person was ever given, by competence, the newest first.

    Raises:
        NotFound: there is no such person, or the actor does not reach them.
    """
    await people.person(actor, reach, person_id)
    return [
        HistoryRow(**row) for row in await Assessment.raw(_HISTORY, person_id, *people.seen_by(actor, reach))
    ]


@dataclass(frozen=True, slots=True)
class GivenRow:
    """A level that counted when it was given, and still does not stand as taken back."""

    person_id: int
    framework_id: int
    code: str
    level: int
    given_at: datetime
    assessment_id: int


_GIVEN = f"""
SELECT a.person AS person_id, v.framework AS framework_id, c.code, r.level, a.submitted_at AS given_at,
       a.id AS assessment_id
FROM assessment a JOIN person p ON p.id = a.person JOIN rating r ON r.assessment = a.id
JOIN competence c ON c.id = r.competence JOIN framework_version v ON v.id = c.version
WHERE a.person = ANY({{}}::int[]) AND {people.SEEN} AND a.kind IN ({KINDS}) AND a.submitted_at IS NOT NULL
  AND r.level IS NOT NULL AND NOT EXISTS (SELECT FROM supersession s WHERE s.rating = r.id)
ORDER BY a.submitted_at, a.id
"""  # noqa: S608  constants only


async def levels_given(actor: Actor, reach: Reach, person_ids: Collection[int]) -> list[GivenRow]:
    """Return every level that was ever given to those of these people whom the actor reaches, the oldest first."""
    if not reach or not person_ids:
        return []
    rows = await Assessment.raw(_GIVEN, sorted(person_ids), *people.seen_by(actor, reach))
    return [GivenRow(**row) for row in rows]
