"""Reads of vacancies: whoever manages one sees it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from competences.actor import Actor
from competences.errors import NotFound
from competences.people.reach import Reach
from competences.text import _
from recruit.vacancies.tables import Criterion, Vacancy
from recruit.web.lists import PAGE, Paged, containing


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


@dataclass(frozen=True, slots=True)
class ListRow:
    """A vacancy in the list: what its manager wants to know at a glance, no scores."""

    id: int
    title: str
    unit: str | None
    state: str
    posts: int
    closes_on: date | None
    applications: int
    revealed: bool


_LIST = """
SELECT v.id, v.title, u.name AS unit, v.state, v.posts, v.closes_on, v.revealed_at IS NOT NULL AS revealed,
       count(*) OVER () AS total,
       (SELECT count(*) FROM application a WHERE a.vacancy = v.id AND a.withdrawn_at IS NULL) AS applications
FROM vacancy v LEFT JOIN unit u ON u.id = v.unit
WHERE (v.manager = {} OR {}) AND ({} = '' OR v.state = {}) AND v.title ILIKE {}
ORDER BY v.state IN ('decided', 'closed'), v.id DESC LIMIT {} OFFSET {}
"""


async def vacancies(
    actor: Actor, reach: Reach, *, state: str = "", search: str = "", page: int = 1
) -> Paged[ListRow]:
    """Return one page of the vacancies that the actor manages; past the last page, the first one."""
    if not reach:
        return Paged([], 1, 0)
    sieve = (actor.person_id, reach is Reach.ALL, state, state, containing(search))
    rows = await Vacancy.raw(_LIST, *sieve, PAGE, (page - 1) * PAGE)
    if not rows and page > 1:
        return await vacancies(actor, reach, state=state, search=search)
    total = rows[0]["total"] if rows else 0
    return Paged([ListRow(**{key: row[key] for key in row if key != "total"}) for row in rows], page, total)


@dataclass(frozen=True, slots=True)
class Choice:
    """A competence of the framework version that criteria are chosen from."""

    competence_id: int
    code: str
    name: str
    definition: str
    domain_name: str
    kind: str
    learnable: bool
    minimum: int


async def competences(version_id: int) -> list[Choice]:
    """Return what a framework version holds, in its order."""
    rows = await Vacancy.raw(
        "SELECT c.id AS competence_id, c.code, c.name, c.definition, d.name AS domain_name, c.kind, c.learnable,"
        " c.minimum FROM competence c JOIN domain d ON d.id = c.domain WHERE c.version = {}"
        " ORDER BY d.position, c.position",
        version_id,
    )
    return [Choice(**row) for row in rows]


async def profiles() -> list[tuple[int, str]]:
    """Return (id, title) of the role profiles that a vacancy can start from."""
    rows = await Vacancy.raw(
        "SELECT r.id, r.title FROM role_profile r JOIN framework_version w ON w.id = r.version"
        " WHERE NOT r.retired AND w.state = 'published' ORDER BY lower(r.title), r.id LIMIT 200"
    )
    return [(row["id"], row["title"]) for row in rows]


async def units() -> list[tuple[int, str]]:
    """Return (id, name) of the units."""
    return [
        (row["id"], row["name"])
        for row in await Vacancy.raw("SELECT id, name FROM unit ORDER BY lower(name)")
    ]


async def hiring_managers() -> list[tuple[int, str]]:
    """Return (person id, name) of those who may manage a vacancy."""
    rows = await Vacancy.raw(
        "SELECT p.id, p.name FROM person p JOIN account a ON a.person = p.id"
        " WHERE a.closed_at IS NULL AND 'hiring_manager' = ANY(a.roles)"
        " AND (a.ends_at IS NULL OR a.ends_at > now()) ORDER BY lower(p.name)"
    )
    return [(row["id"], row["name"]) for row in rows]
