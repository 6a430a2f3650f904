"""Who may work with clients alone: whoever has what the role asks for, in date. Nobody types it (rule 16)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from competences.gaps.rules.standing import FRESH_MONTHS, months_from
from competences.text import _
from competences.training.rules.standing import CourseStanding

#: How long an exception may last at most.
LONGEST_DAYS = 90
#: How many days lie between two exceptions for one person: an exception does not become the rule.
BETWEEN_DAYS = 30


class Lack(StrEnum):
    """What kind of thing is missing."""

    ROLE = "role"
    UNSAID = "unsaid"  # nobody has said yet what the role asks for
    NO_LEVEL = "no-level"
    BELOW = "below"
    OLD = "old"
    LEVEL = "level"  # one of these, for whoever does not see levels
    NOT_DONE = "not-done"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing. `code` and `name` are of the competence or course; `since` the day it ran out."""

    lack: Lack
    code: str = ""
    name: str = ""
    since: date | None = None
    course_id: int | None = None
    booked_on: date | None = None
    session_id: int | None = None

    @property
    def of_course(self) -> bool:
        """Whether it is a course; else it is a level or the role."""
        return self.lack in (Lack.NOT_DONE, Lack.EXPIRED)


@dataclass(frozen=True, slots=True)
class Asked:
    """A level that a role asks for before lone work."""

    framework_id: int
    code: str
    name: str
    level: int


@dataclass(frozen=True, slots=True)
class Held:
    """A level that somebody has, None where nobody could say, and the day it was given."""

    level: int | None
    on: date


@dataclass(frozen=True, slots=True)
class Allowed:
    """A line manager's exception; `until_on` is its last day."""

    id: int
    from_on: date
    until_on: date
    reason: str
    given_by: str


@dataclass(frozen=True, slots=True)
class LoneWork:
    """Whether somebody may work alone on a day, and what is missing."""

    person_id: int
    missing: tuple[Missing, ...]
    exception: Allowed | None

    @property
    def without_levels(self) -> "LoneWork":
        """The same for somebody who does not see levels: which courses are missing, that some level is, no reasons."""
        courses = tuple(row for row in self.missing if row.of_course or row.lack in (Lack.ROLE, Lack.UNSAID))
        some = (Missing(Lack.LEVEL),) if len(courses) < len(self.missing) else ()
        exception = replace(self.exception, reason="") if self.exception else None
        return LoneWork(self.person_id, courses + some, exception)

    @property
    def ready(self) -> bool:
        """Nothing is missing."""
        return not self.missing

    @property
    def authorised(self) -> bool:
        """Ready, or let by the line manager for a time."""
        return self.ready or self.exception is not None

    @property
    def by_exception(self) -> bool:
        """Authorised although something is missing."""
        return not self.ready and self.exception is not None


def missing_levels(asked: Iterable[Asked], held: dict[tuple[int, str], Held], today: date) -> list[Missing]:
    """Return which levels are missing: none yet, too low, or older than FRESH_MONTHS, which is out of date.

    Args:
        held: By framework and code, as a competence is the same one in each version.
    """
    oldest = months_from(today, -FRESH_MONTHS)
    found = []
    for need in asked:
        has = held.get((need.framework_id, need.code))
        if has is None or has.level is None:
            found.append(Missing(Lack.NO_LEVEL, need.code, need.name))
        elif has.level < need.level:
            found.append(Missing(Lack.BELOW, need.code, need.name))
        elif has.on < oldest:
            found.append(Missing(Lack.OLD, need.code, need.name, since=months_from(has.on, FRESH_MONTHS)))
    return found


def missing_courses(
    rows: Iterable[CourseStanding], titles: dict[int, tuple[str, str]], today: date
) -> list[Missing]:
    """Return which courses that lone work asks for are not in date.

    Args:
        titles: Code and title by course.
    """
    found = []
    for row in rows:
        if row.required and row.before_lone_work and not row.in_date(today):
            lack = Lack.NOT_DONE if row.done_on is None else Lack.EXPIRED
            code, title = titles.get(row.course_id, ("", ""))
            found.append(
                Missing(lack, code, title, row.expires_on, row.course_id, row.booked_on, row.session_id)
            )
    return sorted(found, key=lambda row: row.code)


def in_words(row: Missing) -> str:
    """Return what is missing as a sentence for the person and their line manager."""
    return {
        Lack.ROLE: _("There is no role in which somebody could work alone."),
        Lack.UNSAID: _("Nobody has said yet what this role asks for before work alone with clients."),
        Lack.NO_LEVEL: _("“%(name)s” has no level yet.", name=row.name),
        Lack.BELOW: _("“%(name)s” is below what the role asks for.", name=row.name),
        Lack.OLD: _("“%(name)s” was last looked at more than two years ago.", name=row.name),
        Lack.LEVEL: _("A level that the role asks for is missing or out of date."),
        Lack.NOT_DONE: _("The course “%(name)s” is not completed.", name=row.name),
        Lack.EXPIRED: _("The course “%(name)s” has run out.", name=row.name),
    }[row.lack]


def codes(missing: Sequence[Missing]) -> list[str]:
    """Return what is missing as the log has it: codes, no levels."""
    return [row.code or row.lack.value for row in missing]


def refused_days(from_on: date, until_on: date | None, today: date) -> str:
    """Return why an exception cannot last until a day; empty where it can."""
    if until_on is None:
        return _("Enter the last day. An exception ends by itself.")
    if until_on < max(from_on, today):
        return _("The last day cannot be in the past.")
    if (until_on - from_on).days >= LONGEST_DAYS:
        return _("An exception lasts %(days)s days at most. Choose an earlier last day.", days=LONGEST_DAYS)
    return ""


def too_soon(lasted: date | None, today: date) -> str:
    """Return why another exception cannot begin yet; empty where it can.

    Args:
        lasted: The last day of the exception before; None without one.
    """
    if lasted is None or today > lasted + timedelta(days=BETWEEN_DAYS):
        return ""
    if today <= lasted:
        return _("There is an exception already. Take it back first if it is to be another one.")
    return _(
        "The last exception has just ended. Another can begin %(days)s days after it: until then, close what is missing.",
        days=BETWEEN_DAYS,
    )
