"""Who has to have a course."""

from competences.actor import Actor
from competences.audit.commands import command
from competences.errors import Invalid, NotFound
from competences.people.tables import Unit
from competences.role_profiles.tables import RoleProfile
from competences.text import _
from competences.training.commands.courses.checks import locked_course
from competences.training.events.courses import CourseRequired, CourseRequirementRemoved
from competences.training.rules.courses import RequirementDraft
from competences.training.tables import CourseRequirement


@command
async def require_course(
    actor: Actor, course_id: int, draft: RequirementDraft, requirement_id: int | None = None
) -> CourseRequired | None:
    """Say who has to have a course; with `requirement_id` say it otherwise than before.

    Raises:
        NotFound: there is no such course, or it has no such requirement.
        Invalid: it is for nobody, said already, or role, unit or days cannot be used.
    """
    await locked_course(course_id)
    await _check(course_id, draft, requirement_id)
    row = CourseRequirement(course=course_id)
    if requirement_id is not None:
        row = await _requirement(course_id, requirement_id)
    new = (draft.profile_id, draft.unit_id, draft.deadline_days, draft.before_lone_work)
    if requirement_id is not None and new == (row.profile, row.unit, row.deadline_days, row.before_lone_work):
        return None
    row.profile, row.unit, row.deadline_days, row.before_lone_work = new
    await row.save()
    return CourseRequired(
        subject_id=course_id, profile_id=draft.profile_id or 0, unit_id=draft.unit_id or 0,
        deadline_days=draft.deadline_days, before_lone_work=draft.before_lone_work,
    )  # fmt: skip


@command
async def remove_requirement(actor: Actor, course_id: int, requirement_id: int) -> CourseRequirementRemoved:
    """Take back that a role or a unit has to have a course.

    Raises:
        NotFound: there is no such course, or it has no such requirement.
    """
    await locked_course(course_id)
    row = await _requirement(course_id, requirement_id)
    await CourseRequirement.delete().where(CourseRequirement.id == requirement_id)
    return CourseRequirementRemoved(subject_id=course_id, profile_id=row.profile or 0, unit_id=row.unit or 0)


async def _requirement(course_id: int, requirement_id: int) -> CourseRequirement:
    row: CourseRequirement | None = await CourseRequirement.objects().get(
        (CourseRequirement.id == requirement_id) & (CourseRequirement.course == course_id)
    )
    if row is None:
        raise NotFound(_("Nobody is said to need the course in this way."))
    return row


_SAID = """
SELECT id FROM course_requirement WHERE course = {} AND profile IS NOT DISTINCT FROM {}
  AND unit IS NOT DISTINCT FROM {} AND id <> {}
"""


async def _check(course_id: int, draft: RequirementDraft, requirement_id: int | None) -> None:
    errors: dict[str, str] = {}
    if draft.profile_id is None and draft.unit_id is None:
        errors["profile"] = _("Choose a role, a unit, or both.")
    if draft.profile_id is not None and not await RoleProfile.exists().where(
        RoleProfile.id == draft.profile_id
    ):
        errors["profile"] = _("Choose a role profile from the list.")
    if draft.unit_id is not None and not await Unit.exists().where(Unit.id == draft.unit_id):
        errors["unit"] = _("Choose a unit from the list.")
    if not 0 <= draft.deadline_days <= 1095:
        errors["deadline_days"] = _("Enter 0 to 1095 days.")
    said = (course_id, draft.profile_id, draft.unit_id, requirement_id or 0)
    if not errors and await CourseRequirement.raw(_SAID, *said):
        errors["profile"] = _("This is said of the course already. Change that line.")
    if errors:
        raise Invalid(errors)
