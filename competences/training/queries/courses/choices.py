"""What a draft can choose from: competences as they are called now, and courses that can come first."""

from collections.abc import Collection
from dataclasses import dataclass

from competences.training.queries.courses.versions import LevelRow, firsts_of_version, levels_of_version
from competences.training.rules.courses import CourseDraft, LevelDraft
from competences.training.tables import Course, CourseVersion


@dataclass(frozen=True, slots=True)
class CompetenceChoice:
    """A competence of the newest published version of its framework."""

    id: int
    code: str
    name: str
    framework: str


_CHOICES = """
SELECT c.id, c.code, c.name, f.title AS framework
FROM competence c JOIN framework_version v ON v.id = c.version JOIN framework f ON f.id = v.framework
WHERE v.state = 'published' AND NOT EXISTS (SELECT FROM framework_version n WHERE n.framework = v.framework
    AND n.state = 'published' AND n.number > v.number)
ORDER BY lower(f.title), f.id, c.position, c.code
"""


async def competence_choices() -> list[CompetenceChoice]:
    """Return the competences that a course can build, by framework."""
    return [CompetenceChoice(**row) for row in await Course.raw(_CHOICES)]


_FRAMEWORKS = """
SELECT c.id, v.framework FROM competence c JOIN framework_version v ON v.id = c.version
WHERE c.id = ANY({}::int[]) AND v.state = 'published' AND NOT EXISTS (SELECT FROM framework_version n
    WHERE n.framework = v.framework AND n.state = 'published' AND n.number > v.number)
"""


async def frameworks_of(competence_ids: Collection[int]) -> dict[int, int]:
    """Return the framework of each of these competences that is in its newest published version."""
    rows = await Course.raw(_FRAMEWORKS, sorted(competence_ids)) if competence_ids else []
    return {row["id"]: row["framework"] for row in rows}


_CALLED_NOW = """
SELECT DISTINCT ON (c.id) c.id, n.id AS now FROM competence c JOIN framework_version v ON v.id = c.version
JOIN framework_version w ON w.framework = v.framework AND w.state = 'published'
LEFT JOIN competence n ON n.version = w.id AND n.code = c.code
WHERE c.id = ANY({}::int[]) ORDER BY c.id, w.number DESC
"""


async def draft_of(version_id: int) -> CourseDraft:
    """Return a version as a draft. Its levels are in the words of the newest published framework version; one whose
    competence that version does not have any more is left out. For callers that checked that it may be seen.
    """
    row = await CourseVersion.objects().get(CourseVersion.id == version_id)
    assert row is not None
    levels = await levels_of_version(version_id)
    return CourseDraft(
        title=row.title, aims=row.aims, outline=row.outline, hours=row.hours, refresh_months=row.refresh_months,
        earlier_until=row.earlier_until, moderated=row.moderated, assessed_by=tuple(row.assessed_by),
        capacity=row.capacity, levels=await _called_now(levels),
        prerequisites=tuple(first.course_id for first in await firsts_of_version(version_id)),
        edition=row.edition,
    )  # fmt: skip


async def _called_now(levels: Collection[LevelRow]) -> tuple[LevelDraft, ...]:
    rows = await Course.raw(_CALLED_NOW, [row.competence_id for row in levels]) if levels else []
    now = {row["id"]: row["now"] for row in rows}
    return tuple(
        LevelDraft(now[row.competence_id], row.level, row.criteria)
        for row in levels
        if now.get(row.competence_id)
    )


@dataclass(frozen=True, slots=True)
class OfferedRow:
    """A course that can come before another."""

    id: int
    code: str
    title: str


_OFFERED = """
SELECT DISTINCT ON (k.code) k.id, k.code, v.title FROM course k
JOIN course_version v ON v.course = k.id AND v.published_at IS NOT NULL
WHERE NOT k.retired ORDER BY k.code, v.number DESC
"""


async def offered() -> list[OfferedRow]:
    """Return the courses that can come before another, by code."""
    return [OfferedRow(**row) for row in await Course.raw(_OFFERED)]


_NEWEST = """
SELECT v.id, v.course FROM course_version v JOIN course k ON k.id = v.course
WHERE v.published_at IS NOT NULL AND NOT EXISTS (SELECT FROM course_version n WHERE n.course = v.course
    AND n.published_at IS NOT NULL AND n.number > v.number)
"""

_AFTER = f"""
WITH newest AS ({_NEWEST})
SELECT k.code FROM prerequisite q JOIN newest v ON v.id = q.version JOIN course k ON k.id = v.course
WHERE q.course = {{}} AND NOT k.retired ORDER BY k.code
"""  # noqa: S608  constants only

_RETIRED_BEFORE = f"""
WITH newest AS ({_NEWEST})
SELECT k.code FROM prerequisite q JOIN newest v ON v.id = q.version JOIN course k ON k.id = q.course
WHERE v.course = {{}} AND k.retired ORDER BY k.code
"""  # noqa: S608  constants only


async def courses_after(course_id: int) -> list[str]:
    """Return the codes of the courses that are offered and that this one has to come before."""
    return [row["code"] for row in await Course.raw(_AFTER, course_id)]


async def retired_before(course_id: int) -> list[str]:
    """Return the codes of the retired courses that would have to come before this one."""
    return [row["code"] for row in await Course.raw(_RETIRED_BEFORE, course_id)]
