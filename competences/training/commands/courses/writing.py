"""Puts the parts of a draft into the database; part of the commands, never one of them."""

from typing import Any

from competences.training.rules.courses import CourseDraft
from competences.training.tables import CourseLevel, Material, Prerequisite


def columns(draft: CourseDraft) -> dict[Any, Any]:
    """Return what stands in the row of the version itself."""
    return {
        "title": draft.title.strip(),
        "aims": draft.aims.strip(),
        "outline": draft.outline.strip(),
        "hours": draft.hours,
        "refresh_months": draft.refresh_months,
        "earlier_until": draft.earlier_until,
        "moderated": draft.moderated,
        "assessed_by": list(draft.assessed_by),
        "capacity": draft.capacity,
    }


async def write_parts(version_id: int, draft: CourseDraft) -> None:
    """Write the levels of a draft and what comes first."""
    await write_levels(version_id, draft)
    if draft.prerequisites:
        await Prerequisite.insert(
            *(Prerequisite(version=version_id, course=first) for first in sorted(set(draft.prerequisites)))
        )


async def write_levels(version_id: int, draft: CourseDraft) -> None:
    """Write the levels of a draft."""
    if draft.levels:
        await CourseLevel.insert(
            *(
                CourseLevel(
                    version=version_id, competence=row.competence_id, level=row.level, criteria=row.criteria.strip()
                )
                for row in draft.levels
            )
        )  # fmt: skip


_COPY = """
INSERT INTO material (version, title, url, name, kind, size, content, added_at)
SELECT {}, title, url, name, kind, size, content, added_at FROM material WHERE version = {} ORDER BY id
"""


async def copy_materials(from_version: int, to_version: int) -> None:
    """Give a new version the links and files of another."""
    await Material.raw(_COPY, to_version, from_version)
