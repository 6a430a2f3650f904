"""What is offered: the newest published version of each course."""

from dataclasses import dataclass
from decimal import Decimal

from competences.actor import Actor
from competences.errors import NotFound
from competences.gaps.rules.steps import Course as Offered
from competences.people.reach import Reach
from competences.text import _
from competences.training.tables import Course


@dataclass(frozen=True, slots=True)
class CourseRow:
    """A course as its newest published version has it; `version_id` is that version."""

    id: int
    code: str
    title: str
    version_id: int
    number: int
    hours: Decimal
    refresh_months: int | None
    capacity: int
    moderated: bool
    assessed_by: list[str]
    retired: bool


_COURSES = """
SELECT * FROM (
    SELECT DISTINCT ON (k.id) k.id, k.code, v.title, v.id AS version_id, v.number, v.hours, v.refresh_months,
           v.capacity, v.moderated, v.assessed_by, k.retired
    FROM course k JOIN course_version v ON v.course = k.id AND v.published_at IS NOT NULL
    WHERE ({} = 0 OR k.id = {}) AND ({} OR NOT k.retired) ORDER BY k.id, v.number DESC
) newest ORDER BY retired, code, id
"""


async def courses(actor: Actor, *, retired: bool = False) -> list[CourseRow]:
    """Return the courses that are offered, by code; with `retired` also those that no longer are, at the end."""
    return [CourseRow(**row) for row in await Course.raw(_COURSES, 0, 0, retired)]


async def course(course_id: int) -> CourseRow:
    """Return one course, also a retired one.

    Raises:
        NotFound: there is none, or none of its versions was published yet.
    """
    rows = await Course.raw(_COURSES, course_id, course_id, True) if course_id else []
    if not rows:
        raise NotFound(_("There is no such course."))
    return CourseRow(**rows[0])


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A version of a course that is not published yet."""

    version_id: int
    course_id: int
    code: str
    number: int
    title: str


_DRAFTS = """
SELECT v.id AS version_id, k.id AS course_id, k.code, v.number, v.title
FROM course_version v JOIN course k ON k.id = v.course WHERE v.published_at IS NULL ORDER BY k.code
"""


async def drafts(actor: Actor, reach: Reach) -> list[DraftRow]:
    """Return every draft; nothing for who does not write courses."""
    return [DraftRow(**row) for row in await Course.raw(_DRAFTS)] if reach else []


_CATALOGUE = """
SELECT k.code, v.title, f.key AS framework, array_agg(c.code ORDER BY c.position) AS builds
FROM course k JOIN course_version v ON v.course = k.id AND v.published_at IS NOT NULL
JOIN course_level l ON l.version = v.id JOIN competence c ON c.id = l.competence
JOIN framework_version w ON w.id = c.version JOIN framework f ON f.id = w.framework
WHERE NOT k.retired AND NOT EXISTS (SELECT FROM course_version n WHERE n.course = k.id
    AND n.published_at IS NOT NULL AND n.number > v.number)
GROUP BY k.code, v.title, f.key ORDER BY k.code
"""


async def catalogue() -> list[Offered]:
    """Return what is offered and which competences each course builds, for suggesting steps."""
    return [
        Offered(row["code"], row["title"], row["framework"], tuple(row["builds"]))
        for row in await Course.raw(_CATALOGUE)
    ]
