"""Which version of a course a completion of a day covers."""

from datetime import tzinfo

from competences.training.rules.completions import Numbered
from competences.training.tables import CourseVersion

_VERSIONS = """
SELECT v.id AS version_id, v.number, v.published_at
FROM course_version v WHERE v.course = {} AND v.published_at IS NOT NULL ORDER BY v.number
"""


async def course_versions(course_id: int, zone: tzinfo | None) -> list[Numbered]:
    """Return the published versions of a course, the oldest first.

    Args:
        zone: Of the organisation, whose day of publication it is; None for that of this machine.
    """
    rows = await CourseVersion.raw(_VERSIONS, course_id)
    return [
        Numbered(row["version_id"], row["number"], row["published_at"].astimezone(zone).date())
        for row in rows
    ]
