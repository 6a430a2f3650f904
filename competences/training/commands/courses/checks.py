"""What every write of a course looks at first; part of the commands, never one of them."""

from competences.errors import Conflict, Invalid, NotFound
from competences.text import _
from competences.training.queries import courses as queries
from competences.training.rules.courses import ASSESSED_BY, CourseDraft, way_round
from competences.training.tables import Course, CourseVersion


async def locked_course(course_id: int) -> Course:
    """Return a course, locked until the transaction ends.

    Raises:
        NotFound: there is no such course.
    """
    row: Course | None = await Course.objects().get(Course.id == course_id).lock_rows()
    if row is None:
        raise NotFound(_("There is no such course."))
    return row


async def take_turns() -> None:
    """Make those who change which course comes before which take turns: two together could close a ring."""
    await Course.raw("SELECT pg_advisory_xact_lock(hashtextextended('course.order', 0))")


def check_edition(row: CourseVersion, shown: int) -> None:
    """Refuse what rests on an older draft.

    Raises:
        Conflict: somebody else changed it since.
    """
    if row.edition != shown:
        raise Conflict(
            _("Somebody else changed this draft while you were editing. Look at how it is now first.")
        )


async def check(course_id: int, draft: CourseDraft) -> None:
    """Refuse what cannot stand in a version of a course.

    Raises:
        Invalid: it says what, by field.
    """
    errors = _numbers(draft)
    levels = {row.competence_id for row in draft.levels}
    frameworks = await queries.frameworks_of(levels)
    if len(levels) != len(draft.levels) or not all(1 <= row.level <= 5 for row in draft.levels):
        errors["levels"] = _("Name each competence once, with a level from 1 to 5.")
    elif set(frameworks) != levels:
        errors["levels"] = _("Choose competences of the newest published framework versions.")
    elif len(set(frameworks.values())) > 1:
        errors["levels"] = _("A course builds competences of one framework. Make two courses of it.")
    if wrong := await _order(course_id, draft):
        errors["prerequisites"] = wrong
    if errors:
        raise Invalid(errors)


def _numbers(draft: CourseDraft) -> dict[str, str]:
    errors: dict[str, str] = {}
    if not draft.title.strip():
        errors["title"] = _("Give the course a title.")
    if not 0 < draft.hours <= 999:
        errors["hours"] = _("Enter the hours of teaching, at most 999.")
    if draft.refresh_months is not None and not 1 <= draft.refresh_months <= 120:
        errors["refresh_months"] = _("Enter 1 to 120 months, or leave it empty.")
    if not 1 <= draft.capacity <= 500:
        errors["capacity"] = _("Enter 1 to 500 places.")
    if not set(draft.assessed_by) <= set(ASSESSED_BY):
        errors["assessed_by"] = _("Choose from the list.")
    return errors


async def _order(course_id: int, draft: CourseDraft) -> str:
    """Return what is wrong with what is to come first, in a sentence; "" where nothing is."""
    offered = {row.id: row.code for row in await queries.offered()}
    firsts = set(draft.prerequisites)
    if course_id in firsts:
        return _("A course cannot come before itself.")
    if not firsts <= set(offered):
        return _("Only courses that are published and offered can come first.")
    if way := way_round(await queries.before_each(), course_id, sorted(firsts)):
        return _(
            "%(code)s comes after this course already, so it cannot come before it.", code=offered[way[0]]
        )
    return ""
