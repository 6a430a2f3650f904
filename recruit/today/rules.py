"""What needs somebody today, and in what order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from recruit.panels.rules import not_ready

SHOWN = 20


class Kind(StrEnum):
    """What there is to do. The template has the words for each."""

    DECLARE = "declare"
    SCORE = "score"
    FINISH = "finish"
    SUBMIT = "submit"
    DRAFT = "draft"
    PREPARE = "prepare"
    OPEN_SCORING = "open-scoring"
    REVEAL = "reveal"
    CONSENSUS = "consensus"
    DECIDE = "decide"
    SIGN = "sign"
    UNITS = "units"
    MANAGERS = "managers"
    INVITATIONS = "invitations"
    ENDING = "ending"
    PLAN_STEP = "plan-step"
    ASSESS_SELF = "assess-self"
    ASSESS_OTHER = "assess-other"
    ASSESS_PEER = "assess-peer"
    TALK = "talk"
    CONFIRM = "confirm"
    DELEGATION = "delegation"
    COURSE_EXPIRED = "course-expired"
    COURSE_MISSING = "course-missing"
    COURSE_ENDING = "course-ending"
    SESSION_CANCELLED = "session-cancelled"
    ATTENDANCE = "attendance"
    OUTCOMES = "outcomes"
    MODERATION = "moderation"
    CHECK_CERTIFICATE = "check-certificate"
    ANSWER_REQUEST = "answer-request"
    PLACES_WANTED = "places-wanted"
    LONE_WORK = "lone-work"
    CARE_CHECK_UP = "care-check-up"
    CARE_SUPERVISION = "care-supervision"
    CARE_COACHING = "care-coaching"
    CARE_ADDRESS = "care-address"
    CARE_REAL_NAME = "care-real-name"
    DEBRIEF = "debrief"
    CHECK_IN = "check-in"
    CASE_DECISION = "case-decision"
    CASE_REVIEW = "case-review"
    APPEARANCE_TALK = "appearance-talk"
    APPEARANCE_ANSWER = "appearance-answer"
    SUPPORT_PROPOSAL = "support-proposal"
    SUPPORT_REVIEW = "support-review"
    SUPPORT_CHECK_IN = "support-check-in"
    SUPPORT_NEED = "support-need"
    SUPPORT_MEASURE = "support-measure"
    SUPPORT_READER = "support-reader"
    SUPPORT_WORDS = "support-words"
    SUPPORT_NOTICE = "support-notice"


#: What is owed to staff, or considered before and decided about what they do.
CARE = frozenset(
    {
        Kind.CARE_CHECK_UP, Kind.CARE_SUPERVISION, Kind.CARE_COACHING, Kind.CARE_ADDRESS, Kind.CARE_REAL_NAME,
        Kind.DEBRIEF, Kind.CHECK_IN, Kind.CASE_DECISION, Kind.CASE_REVIEW, Kind.APPEARANCE_TALK,
        Kind.APPEARANCE_ANSWER,
    }
)  # fmt: skip


class When(StrEnum):
    """How a task stands towards today."""

    TODAY = "today"
    LATE = "late"
    LATER = "later"
    NOW = "now"


_ORDER = {When.TODAY: 0, When.LATE: 1, When.NOW: 2, When.LATER: 3}


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do. `done` of `of` say how far it is; `day` when it is or was due; `post` starts it.

    `about` is the address of what it is about, where that is another than `url`.
    """

    kind: Kind
    url: str
    title: str = ""
    name: str = ""
    place: str = ""
    at: datetime | None = None
    ends: datetime | None = None
    day: date | None = None
    done: int = 0
    of: int = 0
    missing: tuple[str, ...] = ()
    post: bool = False
    about: str = ""

    def when(self, today: date) -> When:
        """Return how it stands towards today; `at` and `day` are in the organisation's time zone."""
        day = self.at.date() if self.at else self.day
        if day is None:
            return When.NOW
        if day == today:
            return When.TODAY if self.at else When.NOW
        return When.LATE if day < today else When.LATER


def ordered(tasks: Iterable[Task], today: date) -> list[Task]:
    """Return timed tasks of today first, then what is overdue, then the others by date."""

    def key(task: Task) -> tuple[int, date, str, str]:
        when = task.when(today)
        day = (task.at.date() if task.at else task.day) or today
        return _ORDER[when], day, task.at.isoformat() if task.at else "", task.title.casefold()

    return sorted(tasks, key=key)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that others do: `done` of `of`."""

    title: str
    url: str
    done: int
    of: int


@dataclass(frozen=True, slots=True)
class Managed:
    """A vacancy that somebody manages and that is not decided yet, in numbers without scores."""

    id: int
    title: str
    state: str
    closes_on: date | None
    revealed: bool
    applications: int
    interviews: int
    criteria: int
    members: int
    chairs: int
    decided: int


@dataclass(frozen=True, slots=True)
class Seat:
    """A panel that somebody sits on and that is not decided yet."""

    vacancy_id: int
    title: str
    manages: bool
    chair: bool
    declared: bool
    scoring: bool
    revealed: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a panel is: scorecards in, levels agreed. Counts alone, as its progress page shows them."""

    due: int = 0
    submitted: int = 0
    items: int = 0
    agreed: int = 0


def managed_task(row: Managed, far: Progress, today: date) -> Task | Waiting | None:
    """Return what a vacancy needs of its manager, what it waits for, or None."""
    here = f"/vacancies/{row.id}"
    if row.state == "draft":
        return Task(Kind.DRAFT, here, row.title)
    if row.state == "open":
        return _open_task(row, today)
    return _scored_task(row, far) if row.revealed else _sealed_task(row.title, f"{here}/panel", far)


def _sealed_task(title: str, url: str, far: Progress) -> Task | Waiting:
    if far.submitted < far.due:
        return Waiting(title, url, far.submitted, far.due)
    return Task(Kind.REVEAL, url, title)


def _scored_task(row: Managed, far: Progress) -> Task:
    here = f"/vacancies/{row.id}"
    if row.decided and row.decided >= row.interviews:
        return Task(Kind.SIGN, f"{here}/decision", row.title)
    if far.agreed < far.items:
        return Task(Kind.CONSENSUS, f"{here}/consensus", row.title, done=far.agreed, of=far.items)
    return Task(Kind.DECIDE, f"{here}/decision", row.title)


def _open_task(row: Managed, today: date) -> Task | None:
    if row.closes_on is not None and row.closes_on >= today:
        return None
    missing = not_ready(row.members, row.chairs, row.interviews, row.criteria)
    if row.closes_on is None and not row.applications:
        return None  # without a closing date nothing is due before somebody applies
    kind = Kind.PREPARE if missing else Kind.OPEN_SCORING
    return Task(kind, f"/vacancies/{row.id}/panel", row.title, day=row.closes_on, missing=tuple(missing))


def seat_task(seat: Seat, far: Progress) -> Task | Waiting | None:
    """Return what a panel needs of a member beyond scoring, what it waits for, or None."""
    here = f"/vacancies/{seat.vacancy_id}"
    if not seat.declared:
        return None if seat.revealed else Task(Kind.DECLARE, f"{here}/declaration", seat.title)
    if seat.manages or not seat.scoring:
        return None  # whoever manages the vacancy has it among the managed ones
    if seat.revealed:
        open_ = far.agreed < far.items
        task = Task(Kind.CONSENSUS, f"{here}/consensus", seat.title, done=far.agreed, of=far.items)
        return task if open_ else None
    found = _sealed_task(seat.title, f"{here}/panel", far)
    return found if seat.chair or isinstance(found, Waiting) else None


@dataclass(frozen=True, slots=True)
class Facts:
    """Counts for the side of the page; None where they are not for this reader."""

    vacancies: int | None = None
    applicants: int | None = None
    team: int | None = None
    accounts: int | None = None
    invited: int | None = None
    ending: int | None = None
    units: int | None = None
    hiring: int | None = None
    entries: int | None = None
    recent: int | None = None


def account_tasks(facts: Facts) -> list[Task]:
    """Return first steps and what an administrator should look at."""
    if facts.accounts is None:
        return []
    wants = [
        (not facts.units, Task(Kind.UNITS, "/people")),
        (not facts.hiring, Task(Kind.MANAGERS, "/accounts")),
        (bool(facts.invited), Task(Kind.INVITATIONS, "/accounts", of=facts.invited or 0)),
        (bool(facts.ending), Task(Kind.ENDING, "/accounts", of=facts.ending or 0)),
    ]
    return [task for needed, task in wants if needed]


def counts(tasks: Sequence[Task], today: date) -> tuple[int, int]:
    """Return how many tasks have a time today, and how many are overdue."""
    whens = [task.when(today) for task in tasks]
    return whens.count(When.TODAY), whens.count(When.LATE)
