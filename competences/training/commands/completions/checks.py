"""What the commands on completions look at before they write; part of the commands."""

from datetime import date, tzinfo

from competences.errors import Conflict, Invalid, NotFound
from competences.files import checked_kind, name_of_kind
from competences.people.tables import Person
from competences.text import _
from competences.training.queries.completions import course_versions
from competences.training.rules.completions import CompletionDraft, version_on, wrong
from competences.training.tables import Completion, CourseVersion

_ALREADY = """
SELECT c.id FROM completion c JOIN course_version v ON v.id = c.version
WHERE c.person = {} AND v.course = {} AND c.completed_on = {} AND c.withdrawn_at IS NULL AND c.id <> {}
"""


async def checked_version(
    draft: CompletionDraft, today: date, zone: tzinfo | None, *, instead_of: int = 0
) -> int:
    """Return the course version that a completion of that day covers. Whoever records for one person takes turns.

    Args:
        zone: Of the organisation, whose day `today` is.

    Raises:
        Invalid: something of it cannot be, or the same is recorded already; not counting `instead_of`.
    """
    if errors := wrong(draft, today):
        raise Invalid(errors)
    person, course, day = draft.person_id, draft.course_id, draft.completed_on
    assert person is not None and course is not None and day is not None  # noqa: PT018  wrong() said so
    row = await Person.objects().get(Person.id == person).lock_rows()
    if row is None or row.external:
        raise Invalid({"person": _("Choose whose it is.")})
    versions = await course_versions(course, zone)
    if not versions:
        raise Invalid({"course": _("Choose a course from the list.")})
    if await Completion.raw(_ALREADY, person, course, day, instead_of):
        raise Invalid({"completed_on": _("This course is recorded for this person on this day already.")})
    return version_on(versions, day).version_id


async def check_unmoderated(version_id: int) -> None:
    """Keep completions of our own out that would go round the second trainer.

    Raises:
        Invalid: outcomes of this version are looked at by a second trainer before they count.
    """
    if await CourseVersion.exists().where(CourseVersion.id == version_id, CourseVersion.moderated.eq(True)):
        raise Invalid(
            {
                "course": _(
                    "A second trainer looks at each outcome of this course. Hold a session and sign an outcome: the"
                    " completion then follows by itself."
                )
            }
        )


def checked_paper(file: tuple[str, bytes]) -> tuple[str, str, bytes]:
    """Return (name, kind, content) of the paper of a certificate.

    Raises:
        Invalid: it is empty, too large, or of a kind that is not taken.
    """
    name, content = file
    kind = checked_kind(content, "file")
    return name_of_kind(name, kind), kind, content


async def locked(completion_id: int) -> Completion:
    """Return a completion that was not withdrawn, locked until the transaction ends.

    Raises:
        NotFound: there is none.
        Conflict: it was withdrawn already.
    """
    row: Completion | None = await Completion.objects().get(Completion.id == completion_id).lock_rows()
    if row is None:
        raise NotFound(_("There is no such completion, or you may not see it."))
    if row.withdrawn_at is not None:
        raise Conflict(_("This completion was withdrawn already."))
    return row
