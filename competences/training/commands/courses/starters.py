"""Adds the courses that come with the package, and what lone work asks for in their roles."""

from collections.abc import Mapping
from datetime import UTC, datetime

from competences.actor import Actor
from competences.audit.commands import command
from competences.frameworks.tables import Competence, FrameworkVersion, State
from competences.role_profiles.tables import RoleProfile
from competences.training.commands.courses.lone_work_needs import write_needs
from competences.training.events.courses import CoursePublished, LoneWorkNeedsSet
from competences.training.rules.starters import FRAMEWORK, STARTERS, StarterCourse, lone_work, starter
from competences.training.tables import (
    Course,
    CourseLevel,
    CourseRequirement,
    CourseVersion,
    Prerequisite,
)

_NEWEST = """
SELECT DISTINCT ON (c.code) c.code, c.id FROM competence c JOIN framework_version v ON v.id = c.version
JOIN framework f ON f.id = v.framework
WHERE f.key = {} AND v.state = {} ORDER BY c.code, v.number DESC
"""

# A list that somebody emptied stays empty.
_SAID = """
SELECT subject_id FROM audit_entry WHERE event = {} UNION SELECT profile FROM lone_work_need
"""


async def add_starters(actor: Actor) -> int:
    """Add the courses that come with the package, where they are missing; return how many.

    A course that was changed, retired or required of others since stays as it is. One whose competences or whose
    first courses are not here is left out.
    """
    here = {row["code"]: row["id"] for row in await Course.select(Course.code, Course.id)}
    competences = {
        row["code"]: row["id"] for row in await Competence.raw(_NEWEST, FRAMEWORK, State.PUBLISHED.value)
    }
    profiles = {
        row["title"]: row["id"]
        for row in await RoleProfile.select(RoleProfile.title, RoleProfile.id)
        .where(RoleProfile.retired.eq(False))
        .order_by(RoleProfile.id)
    }
    added = 0
    for text in (starter(name) for name in STARTERS):
        whole = {row.competence for row in text.levels} <= set(competences) and set(
            text.prerequisites
        ) <= set(here)
        if text.code not in here and whole:
            here[text.code] = (await _add(actor, text, here, competences, profiles)).subject_id
            added += 1
    said = {row["subject_id"] for row in await Course.raw(_SAID, LoneWorkNeedsSet.name)}
    for title, levels in lone_work().items():
        if title in profiles and profiles[title] not in said:
            await _add_needs(actor, profiles[title], levels)
    return added


@command
async def _add(
    actor: Actor,
    text: StarterCourse,
    here: Mapping[str, int],
    competences: Mapping[str, int],
    profiles: Mapping[str, int],
) -> CoursePublished:
    course = Course(code=text.code)
    await course.save()
    version = CourseVersion(
        course=course.id, number=1, title=text.title, aims=text.aims, outline="\n".join(text.outline),
        hours=text.hours, refresh_months=text.refresh_months, moderated=text.moderated,
        assessed_by=list(text.assessed_by), capacity=text.capacity,
    )  # fmt: skip
    await version.save()
    if text.levels:
        await CourseLevel.insert(
            *(
                CourseLevel(
                    version=version.id, competence=competences[row.competence], level=row.level,
                    criteria=row.criteria,
                )
                for row in text.levels
            )
        )  # fmt: skip
    if text.prerequisites:
        await Prerequisite.insert(
            *(Prerequisite(version=version.id, course=here[code]) for code in text.prerequisites)
        )
    if rows := [row for row in text.required_by if row.profile in profiles]:
        await CourseRequirement.insert(
            *(
                CourseRequirement(
                    course=course.id, profile=profiles[row.profile], deadline_days=row.deadline_days,
                    before_lone_work=row.before_lone_work,
                )
                for row in rows
            )
        )  # fmt: skip
    version.published_at = datetime.now(UTC)
    await version.save([CourseVersion.published_at])
    return CoursePublished(subject_id=course.id, version_id=version.id, code=text.code, number=1)


@command
async def _add_needs(actor: Actor, profile_id: int, levels: Mapping[str, int]) -> LoneWorkNeedsSet | None:
    """Write what a role asks for before lone work, in the words of the framework version that it rests on."""
    profile = await RoleProfile.objects().get(RoleProfile.id == profile_id)
    if profile is None:
        return None
    framework = await FrameworkVersion.exists().where(
        FrameworkVersion.id == profile.version, FrameworkVersion.framework.key == FRAMEWORK
    )
    rows = await Competence.select(Competence.id, Competence.code).where(
        Competence.version == profile.version, Competence.code.is_in(list(levels))
    )
    if not framework or not rows:
        return None
    await write_needs(profile.id, {row["id"]: levels[row["code"]] for row in rows})
    return LoneWorkNeedsSet(subject_id=profile.id, competences=len(rows))
