"""Why somebody needs a course: it is required and not in date, or it aims at a level that they do not have yet."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from competences.training.rules.plan import CourseNeed, Why
from competences.training.rules.standing import CourseStanding

#: Reasons, most pressing first.
ORDER = list(Why)


@dataclass(frozen=True, slots=True)
class Aim:
    """A level of one competence that a course is to reach."""

    course_id: int
    framework_id: int
    code: str
    level: int
    hours: float


@dataclass(frozen=True, slots=True)
class Gap:
    """Somebody has a level below what their role asks for; `gate` where it asks for it without exception."""

    person_id: int
    framework_id: int
    code: str
    required: int
    gate: bool


def required_why(row: CourseStanding, today: date, until: date) -> Why | None:
    """Return why somebody needs a course that is required of them; None where they do not until then, or are booked.

    Args:
        until: The last day to look at: what runs out or is due later waits for another plan.
    """
    if not row.required or row.booked_on is not None:
        return None
    if row.in_date(today):
        return Why.COMING if row.expires_on is not None and row.expires_on <= until else None
    if row.before_lone_work:
        return Why.LONE_WORK
    if row.done_on is not None or (row.due_on is not None and row.due_on < today):
        return Why.MISSING
    return Why.COMING if row.due_on is None or row.due_on <= until else None


def needs(
    rows: Sequence[CourseStanding], gaps: Iterable[Gap], aims: Sequence[Aim], today: date, until: date
) -> list[CourseNeed]:
    """Return who needs which course, each person and course once, with every reason.

    A gap belongs to one course: to one that the person needs anyway, else to the one that aims at gaps of the most
    people, then the shorter one. Who is booked for a course that aims at it is on the way.
    """
    found: dict[tuple[int, int], list[Why]] = defaultdict(list)
    booked = {(row.person_id, row.course_id) for row in rows if row.booked_on is not None}
    for row in rows:
        if why := required_why(row, today, until):
            found[row.person_id, row.course_id].append(why)
    for gap, course in _aimed(list(gaps), aims, frozenset(found), booked):
        found[gap.person_id, course].append(Why.GATE if gap.gate else Why.GAP)
    return [
        CourseNeed(person, course, tuple(sorted(whys, key=ORDER.index)))
        for (person, course), whys in found.items()
    ]


def _aimed(
    gaps: Sequence[Gap],
    aims: Sequence[Aim],
    needed: Collection[tuple[int, int]],
    booked: Collection[tuple[int, int]],
) -> Iterable[tuple[Gap, int]]:
    """Yield each gap that a course aims at, and the course."""
    by_code: dict[tuple[int, str], list[Aim]] = defaultdict(list)
    for aim in aims:
        by_code[aim.framework_id, aim.code].append(aim)
    reach = {
        gap: [aim for aim in by_code[gap.framework_id, gap.code] if aim.level >= gap.required] for gap in gaps
    }
    asking = Counter(aim.course_id for aims_ in reach.values() for aim in aims_)
    for gap, fitting in reach.items():
        if not fitting or any((gap.person_id, aim.course_id) in booked for aim in fitting):
            continue
        best = min(
            fitting,
            key=lambda aim: (
                (gap.person_id, aim.course_id) not in needed, -asking[aim.course_id], aim.hours, aim.course_id,
            ),
        )  # fmt: skip
        yield gap, best.course_id


def waiting(
    found: Iterable[CourseNeed],
    rows: Iterable[CourseStanding],
    before: Mapping[int, Sequence[int]],
    today: date,
) -> list[CourseNeed]:
    """Return those who cannot begin yet: a course that comes first is not in date.

    Args:
        before: The courses that come before each course.
    """
    done = {(row.person_id, row.course_id) for row in rows if row.in_date(today)}
    return [
        need
        for need in found
        if any((need.person_id, first) not in done for first in before.get(need.course_id, ()))
    ]
