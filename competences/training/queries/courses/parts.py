"""Who needs a course, who may teach it, and what belongs to it."""

from dataclasses import dataclass
from datetime import date, datetime

from competences.errors import NotFound
from competences.text import _
from competences.training.tables import CourseRequirement, CourseTrainer, LoneWorkNeed, Material


@dataclass(frozen=True, slots=True)
class RequirementRow:
    """Who has to have a course; `profile` or `unit` is None where any will do."""

    id: int
    course_id: int
    profile_id: int | None
    profile: str | None
    unit_id: int | None
    unit: str | None
    deadline_days: int
    before_lone_work: bool


_REQUIREMENTS = """
SELECT r.id, r.course AS course_id, r.profile AS profile_id, p.title AS profile, r.unit AS unit_id, u.name AS unit,
       r.deadline_days, r.before_lone_work
FROM course_requirement r LEFT JOIN role_profile p ON p.id = r.profile LEFT JOIN unit u ON u.id = r.unit
WHERE {} = 0 OR r.course = {} ORDER BY lower(p.title) NULLS LAST, lower(u.name) NULLS FIRST, r.id
"""


async def requirements(course_id: int = 0) -> list[RequirementRow]:
    """Return who has to have a course; 0 for every course."""
    rows = await CourseRequirement.raw(_REQUIREMENTS, course_id, course_id)
    return [RequirementRow(**row) for row in rows]


@dataclass(frozen=True, slots=True)
class TrainerRow:
    """Somebody who may teach a course; `here` is whether they still work here."""

    person_id: int
    name: str
    here: bool


_TRAINERS = """
SELECT p.id AS person_id, p.name, p.ended_on IS NULL OR p.ended_on >= {} AS here
FROM course_trainer t JOIN person p ON p.id = t.person WHERE t.course = {} ORDER BY lower(p.name), p.id
"""


async def trainers_of(course_id: int, today: date | None = None) -> list[TrainerRow]:
    """Return who may teach a course; without `today` those who left count as here."""
    return [TrainerRow(**row) for row in await CourseTrainer.raw(_TRAINERS, today or date.min, course_id)]


_COLLEAGUES = """
SELECT p.id, p.name FROM person p
WHERE p.external = '' AND (p.ended_on IS NULL OR p.ended_on >= {}) ORDER BY lower(p.name), p.id
"""


async def possible_trainers(today: date) -> list[tuple[int, str]]:
    """Return (id, name) of all who work here: anybody may know something that others need."""
    return [(row["id"], row["name"]) for row in await CourseTrainer.raw(_COLLEAGUES, today)]


@dataclass(frozen=True, slots=True)
class MaterialRow:
    """A link, or a file with its name; `url` is empty for a file."""

    id: int
    title: str
    url: str
    name: str
    kind: str
    size: int
    added_at: datetime


async def materials_of(version_id: int) -> list[MaterialRow]:
    """Return what belongs to a version. For callers that checked that the version may be seen."""
    rows = await Material.raw(
        "SELECT id, title, url, name, kind, size, added_at FROM material WHERE version = {} ORDER BY id",
        version_id,
    )
    return [MaterialRow(**row) for row in rows]


async def material_file(version_id: int, material_id: int) -> tuple[str, str, bytes]:
    """Return (name, kind, content) of a file. For callers that checked that the version may be seen.

    Raises:
        NotFound: the version has no such file.
    """
    rows = await Material.raw(
        "SELECT name, kind, content FROM material WHERE id = {} AND version = {} AND url = ''",
        material_id, version_id,
    )  # fmt: skip
    if not rows:
        raise NotFound(_("There is no such file."))
    return rows[0]["name"], rows[0]["kind"], bytes(rows[0]["content"])


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A level that a role asks for before anybody works alone in it."""

    competence_id: int
    framework_id: int
    code: str
    name: str
    level: int


_NEEDS = """
SELECT n.competence AS competence_id, v.framework AS framework_id, c.code, c.name, n.level
FROM lone_work_need n JOIN competence c ON c.id = n.competence JOIN framework_version v ON v.id = c.version
WHERE n.profile = {} ORDER BY c.position, c.id
"""


async def lone_work_needs(profile_id: int) -> list[NeedRow]:
    """Return which levels a role asks for before anybody works alone in it."""
    return [NeedRow(**row) for row in await LoneWorkNeed.raw(_NEEDS, profile_id)]
