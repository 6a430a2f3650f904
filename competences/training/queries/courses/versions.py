"""What each version of a course holds. A draft is there for those who write courses, and for nobody else."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from competences.actor import Actor
from competences.errors import Conflict, NotFound
from competences.people.reach import Reach
from competences.text import _
from competences.training.rules.comparison import CourseWords
from competences.training.tables import CourseLevel, CourseVersion, Prerequisite


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version of a course in full; `published_at` is None while it is a draft."""

    id: int
    course_id: int
    code: str
    retired: bool
    number: int
    title: str
    aims: str
    outline: str
    hours: Decimal
    refresh_months: int | None
    earlier_until: date | None
    moderated: bool
    assessed_by: list[str]
    capacity: int
    published_at: datetime | None
    edition: int

    @property
    def lines(self) -> list[str]:
        """The outline, line by line."""
        return [line for line in self.outline.splitlines() if line.strip()]


_VERSIONS = """
SELECT v.id, k.id AS course_id, k.code, k.retired, v.number, v.title, v.aims, v.outline, v.hours, v.refresh_months,
       v.earlier_until, v.moderated, v.assessed_by, v.capacity, v.published_at, v.edition
FROM course_version v JOIN course k ON k.id = v.course
WHERE k.id = {} AND ({} OR v.published_at IS NOT NULL) ORDER BY v.number DESC
"""


async def versions_of(
    actor: Actor, reach: Reach, course_id: int, *, drafts: Reach = Reach.NO
) -> list[VersionRow]:
    """Return the versions of a course, the newest first. `drafts` is how far the actor writes courses.

    Raises:
        NotFound: there is no such course, or nothing of it that the actor may see.
    """
    rows = await CourseVersion.raw(_VERSIONS, course_id, bool(drafts)) if reach else []
    if not rows:
        raise NotFound(_("There is no such course."))
    return [VersionRow(**row) for row in rows]


async def version(
    actor: Actor, reach: Reach, course_id: int, number: int, *, drafts: Reach = Reach.NO
) -> VersionRow:
    """Return one version of a course.

    Raises:
        NotFound: there is none, or it is a draft and the actor does not write courses.
    """
    for row in await versions_of(actor, reach, course_id, drafts=drafts):
        if row.number == number:
            return row
    raise NotFound(_("The course has no such version."))


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A level that a course version is to reach, what shows it, and the anchor of the framework for it.

    `framework_version_id` is the version of the framework that the words are from.
    """

    competence_id: int
    code: str
    name: str
    framework_id: int
    framework_version_id: int
    level: int
    criteria: str
    anchor: str


_LEVELS = """
SELECT c.id AS competence_id, c.code, c.name, w.framework AS framework_id, w.id AS framework_version_id, l.level,
       l.criteria, coalesce(a.text, '') AS anchor
FROM course_level l JOIN competence c ON c.id = l.competence JOIN framework_version w ON w.id = c.version
LEFT JOIN anchor a ON a.competence = c.id AND a.level = l.level
WHERE l.version = {} ORDER BY c.position, c.id
"""


async def levels_of_version(version_id: int) -> list[LevelRow]:
    """Return what a version is to reach. For callers that checked that the version may be seen."""
    return [LevelRow(**row) for row in await CourseLevel.raw(_LEVELS, version_id)]


@dataclass(frozen=True, slots=True)
class FirstRow:
    """A course that comes first."""

    course_id: int
    code: str
    title: str


_FIRSTS = """
SELECT q.course AS course_id, k.code, coalesce((SELECT v.title FROM course_version v WHERE v.course = k.id
    ORDER BY v.published_at IS NULL, v.number DESC LIMIT 1), '') AS title
FROM prerequisite q JOIN course k ON k.id = q.course WHERE q.version = {} ORDER BY k.code
"""


async def firsts_of_version(version_id: int) -> list[FirstRow]:
    """Return the courses that have to be in date before a version. For callers that checked as above."""
    return [FirstRow(**row) for row in await Prerequisite.raw(_FIRSTS, version_id)]


_BEFORE = """
SELECT v.course, q.course AS first FROM prerequisite q JOIN course_version v ON v.id = q.version
WHERE v.published_at IS NOT NULL AND NOT EXISTS (SELECT FROM course_version n WHERE n.course = v.course
    AND n.published_at IS NOT NULL AND n.number > v.number)
"""


async def before_each() -> dict[int, list[int]]:
    """Return which courses come before each course, as the newest published versions say."""
    found: dict[int, list[int]] = {}
    for row in await Prerequisite.raw(_BEFORE):
        found.setdefault(row["course"], []).append(row["first"])
    return found


async def locked_draft(version_id: int) -> CourseVersion:
    """Return a draft, locked until the transaction ends.

    Raises:
        NotFound: there is no such version.
        Conflict: it was published; the words are for whoever wanted to change it.
    """
    row: CourseVersion | None = await CourseVersion.objects().get(CourseVersion.id == version_id).lock_rows()
    if row is None:
        raise NotFound(_("There is no such version of a course."))
    if row.published_at is not None:
        raise Conflict(_("A published version never changes. Make a new version and edit that one."))
    return row


async def words_of(row: VersionRow) -> CourseWords:
    """Return a version as words, to compare it with another."""
    levels = await levels_of_version(row.id)
    return CourseWords(
        title=row.title, aims=row.aims, outline=tuple(row.lines), hours=row.hours,
        refresh_months=row.refresh_months, moderated=row.moderated,
        assessed_by=tuple(row.assessed_by), capacity=row.capacity,
        levels=tuple((level.code, level.name, level.level, level.criteria) for level in levels),
        firsts=tuple(first.code for first in await firsts_of_version(row.id)),
    )  # fmt: skip
