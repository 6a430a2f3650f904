"""Which version of a course a completion of a day covers."""

from competences.training.rules.completions import Numbered
from competences.training.tables import CourseVersion

_VERSIONS = """
SELECT v.id AS version_id, v.number, (v.published_at AT TIME ZONE 'UTC')::date AS published_on
FROM course_version v WHERE v.course = {} AND v.published_at IS NOT NULL ORDER BY v.number
"""


async def course_versions(course_id: int) -> list[Numbered]:
    """Return the published versions of a course, the oldest first."""
    return [Numbered(**row) for row in await CourseVersion.raw(_VERSIONS, course_id)]
