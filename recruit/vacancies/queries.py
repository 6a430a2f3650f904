"""Reads of vacancies: whoever manages one sees it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from competences.actor import Actor
from competences.errors import NotFound
from competences.people.reach import Reach
from competences.text import _
from recruit.vacancies.tables import Criterion, Vacancy


@dataclass(frozen=True, slots=True)
class VacancyRow:
    """A vacancy as its manager sees it."""

    id: int
    title: str
    state: str
    unit_id: int | None
    unit: str | None
    manager_id: int
    manager: str
    posts: int
    closes_on: date | None
    text: str
    profile_id: int | None
    version_id: int
    framework: str
    framework_number: int
    scoring_opened_at: datetime | None
    revealed_at: datetime | None
    revealed_early: str
    signed_at: datetime | None
    signed_by: str
    version_number: int


_MANAGED = """
SELECT v.id, v.title, v.state, v.unit AS unit_id, u.name AS unit, v.manager AS manager_id, p.name AS manager,
       v.posts, v.closes_on, v.text, v.profile AS profile_id, v.version AS version_id, f.title AS framework,
       w.number AS framework_number, v.scoring_opened_at, v.revealed_at, v.revealed_early, v.signed_at,
       v.signed_by, v.version_number
FROM vacancy v
JOIN person p ON p.id = v.manager
JOIN framework_version w ON w.id = v.version JOIN framework f ON f.id = w.framework
LEFT JOIN unit u ON u.id = v.unit
WHERE v.id = {} AND (v.manager = {} OR {})
"""


async def managed(actor: Actor, reach: Reach, vacancy_id: int) -> VacancyRow:
    """Return a vacancy that the actor manages; NotFound for everybody else."""
    rows = await Vacancy.raw(_MANAGED, vacancy_id, actor.person_id, reach is Reach.ALL) if reach else []
    if not rows:
        raise NotFound(_("There is no such vacancy, or you do not manage it."))
    return VacancyRow(**rows[0])


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One competence as a vacancy asks for it."""

    id: int
    competence_id: int
    code: str
    name: str
    definition: str
    domain_code: str
    domain_name: str
    kind: str
    weight: Decimal
    weight_reason: str
    required_level: int
    gate: bool
    learnable: bool
    assessed_by: list[str]


_CRITERIA = """
SELECT k.id, c.id AS competence_id, c.code, c.name, c.definition, d.code AS domain_code, d.name AS domain_name,
       c.kind, k.weight, k.weight_reason, k.required_level, k.gate, k.learnable, k.assessed_by
FROM criterion k JOIN competence c ON c.id = k.competence JOIN domain d ON d.id = c.domain
WHERE k.vacancy = {} ORDER BY d.position, c.position
"""


async def criteria(vacancy_id: int) -> list[CriterionRow]:
    """Return what a vacancy asks for, in framework order. For callers that checked the vacancy."""
    return [CriterionRow(**row) for row in await Criterion.raw(_CRITERIA, vacancy_id)]
