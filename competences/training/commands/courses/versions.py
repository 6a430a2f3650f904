"""The life of a course: drafted, published, retired."""

from dataclasses import replace
from datetime import date, datetime

from competences.actor import Actor
from competences.audit.commands import command
from competences.errors import Conflict, Invalid
from competences.text import _
from competences.training.commands.courses.checks import check, check_edition, locked_course, take_turns
from competences.training.commands.courses.writing import columns, copy_materials, write_levels, write_parts
from competences.training.events.courses import (
    CourseDraftChanged,
    CourseDraftDeleted,
    CourseDrafted,
    CoursePublished,
    CourseRetired,
)
from competences.training.queries import courses as queries
from competences.training.rules.courses import CourseDraft, is_code, missing
from competences.training.tables import Course, CourseLevel, CourseVersion, Prerequisite


@command
async def create_course(actor: Actor, code: str, draft: CourseDraft) -> CourseDrafted:
    """Begin a new course; nobody but those who write courses sees it until it is published.

    Raises:
        Invalid: the code is empty, too long, of other letters or another course's, or a part cannot be used.
    """
    code = "".join(code.split()).upper()
    if not is_code(code):
        raise Invalid(
            {"code": _("Enter a short code of the letters A to Z and figures, such as T18, without accents.")}
        )
    made = await Course.insert(Course(code=code)).on_conflict(Course.code, "DO NOTHING").returning(Course.id)
    if not made:
        raise Invalid({"code": _("Another course has this code.")})
    course_id = int(made[0]["id"])
    await check(course_id, draft)
    version = CourseVersion(course=course_id, number=1, **columns(draft))
    await version.save()
    await write_parts(version.id, draft)
    return CourseDrafted(subject_id=course_id, version_id=version.id, number=1)


@command
async def create_version(actor: Actor, course_id: int) -> CourseDrafted:
    """Copy the newest version of a course to a draft with the next number.

    Its levels are asked in the words of the newest published version of their framework. A competence that this
    version does not have any more is left out.

    Raises:
        NotFound: there is no such course.
        Conflict: it has a draft already, or is retired.
    """
    course = await locked_course(course_id)
    if course.retired:
        raise Conflict(_("The course is retired. Bring it back first."))
    newest = (
        await CourseVersion.objects()
        .where(CourseVersion.course == course_id)
        .order_by(CourseVersion.number, ascending=False)
        .first()
    )
    assert newest is not None
    if newest.published_at is None:
        raise Conflict(_("Version %(number)s is a draft already. Edit that one.", number=newest.number))
    draft = replace(await queries.draft_of(newest.id), earlier_until=None)
    version = CourseVersion(course=course_id, number=newest.number + 1, **columns(draft))
    await version.save()
    await write_parts(version.id, draft)
    await copy_materials(newest.id, version.id)
    return CourseDrafted(subject_id=course_id, version_id=version.id, number=version.number)


@command
async def save_draft(actor: Actor, version_id: int, draft: CourseDraft) -> CourseDraftChanged:
    """Change a draft with all its parts.

    Raises:
        NotFound: there is no such version.
        Conflict: it was published, or somebody else changed it since the form was drawn.
        Invalid: a part cannot be used.
    """
    row = await queries.locked_draft(version_id)
    check_edition(row, draft.edition)
    await check(row.course, draft)
    await CourseVersion.update({**columns(draft), "edition": row.edition + 1}).where(
        CourseVersion.id == version_id
    )
    await CourseLevel.delete().where(CourseLevel.version == version_id)
    await Prerequisite.delete().where(Prerequisite.version == version_id)
    await write_parts(version_id, draft)
    return CourseDraftChanged(subject_id=row.course, version_id=version_id)


@command
async def publish(actor: Actor, version_id: int, edition: int, now: datetime, today: date) -> CoursePublished:
    """Fix a draft for ever, so that sessions are held by it.

    Args:
        edition: What whoever publishes has read.
        today: No earlier completion ends before it.

    Raises:
        NotFound: there is no such version.
        Conflict: it was published, or somebody changed it since it was read.
        Invalid: it is not whole, or would come before itself by what others say meanwhile.
    """
    row = await queries.locked_draft(version_id)
    check_edition(row, edition)
    await take_turns()
    draft = await queries.draft_of(version_id)
    await check(row.course, draft)
    if gaps := missing(draft, today):
        raise Invalid(gaps)
    await _in_todays_words(version_id, draft)
    course = await locked_course(row.course)
    await CourseVersion.update({CourseVersion.published_at: now}).where(CourseVersion.id == version_id)
    return CoursePublished(subject_id=course.id, version_id=version_id, code=course.code, number=row.number)


async def _in_todays_words(version_id: int, draft: CourseDraft) -> None:
    """Let the levels of a draft be those of the newest framework version, which may be younger than the draft."""
    stored = await queries.levels_of_version(version_id)
    if len(stored) != len(draft.levels):
        raise Invalid(
            {"levels": _("The framework does not have all of these competences any more. Look at them.")}
        )
    if {row.competence_id for row in stored} != {row.competence_id for row in draft.levels}:
        await CourseLevel.delete().where(CourseLevel.version == version_id)
        await write_levels(version_id, draft)


@command
async def delete_draft(actor: Actor, version_id: int) -> CourseDraftDeleted:
    """Remove a draft; a course that has nothing else goes with it.

    Raises:
        NotFound: there is no such version.
        Conflict: it was published.
    """
    row = await queries.locked_draft(version_id)
    await CourseVersion.delete().where(CourseVersion.id == version_id)
    if not await CourseVersion.exists().where(CourseVersion.course == row.course):
        await Course.delete().where(Course.id == row.course)
    return CourseDraftDeleted(subject_id=row.course, version_id=version_id)


@command
async def set_retired(actor: Actor, course_id: int, retired: bool) -> CourseRetired | None:
    """Offer a course no longer, or again; completions stay, and nobody has to have it while it is retired.

    Raises:
        NotFound: there is no such course.
        Conflict: another course that is offered comes after it, or one that comes before it is not offered.
    """
    await take_turns()
    course = await locked_course(course_id)
    if course.retired == retired:
        return None
    if retired and (after := await queries.courses_after(course_id)):
        raise Conflict(
            _("This course comes before %(codes)s. Publish versions of these without it first.",
              codes=", ".join(after))
        )  # fmt: skip
    if not retired and (before := await queries.retired_before(course_id)):
        raise Conflict(
            _("%(codes)s has to come before this course and is retired. Bring that back first.",
              codes=", ".join(before))
        )  # fmt: skip
    course.retired = retired
    await course.save([Course.retired])
    return CourseRetired(subject_id=course_id, retired=retired)
