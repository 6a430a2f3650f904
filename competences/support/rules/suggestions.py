"""What the records suggest to talk about. Transparent rules; each says in a sentence what it rests on.

Nothing is read out of free text, nobody is scored, and nothing follows unless a person decides it. What was dismissed
stays away until the records say something else.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from competences.errors import Invalid
from competences.gaps.rules.standing import months_from
from competences.support.rules.bodies import Choice
from competences.support.rules.plans import check_day
from competences.support.rules.proposals import check_text
from competences.text import _, _n

#: The figures of the rules; src: domain literature for the first, the programme's own choice for the others.
FIRST_MONTHS = 24
SUPERVISION_MONTHS = 3
STORY_TIMES = 3
INCIDENT_MONTHS = 3


class Rule(StrEnum):
    """What may suggest something."""

    FIRST_MONTHS = "first-months"
    NO_QUALIFICATION = "no-qualification"
    COURSE_MISSING = "course-missing"
    NO_OUTSIDE_SUPERVISION = "no-outside-supervision"
    WORKS_ALONE = "works-alone"
    CASE_MIRRORS = "case-mirrors"
    OWN_PUBLICITY = "own-publicity"
    STORY_OFTEN = "story-often"
    INCIDENT = "incident"
    ADDRESS_OPEN = "address-open"
    REVIEW_OVERDUE = "review-overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the records say of one person on a day.

    `outside_supervision_on`: the last one by somebody from outside. `alone_in`: references of cases that they may
    take without a second. `cases`: references that they said are close to their own past. `appearances_on`: planned
    days in public that they did not decline; `appeared` how often within a year. `incident_on`: the last threat or
    exposure. `reviews`: (code, title, day) of what should have been looked at again.
    """

    today: date
    started_on: date | None = None
    courses_done: int = 0
    courses_required: int = 0
    courses_missing: tuple[str, ...] = ()
    outside_supervision_on: date | None = None
    alone_in: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    appearances_on: tuple[date, ...] = ()
    appeared: int = 0
    incident_on: date | None = None
    address_confirmed: bool = True
    reviews: tuple[tuple[str, str, date], ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to talk about: which rule, which need of the catalogue, why, exactly what it rests on, and its day."""

    rule: Rule
    need: str
    why: str
    rests_on: str
    on: date | None = None


def suggestions(facts: Facts) -> list[Suggestion]:
    """Return what the records suggest, in the order of the needs of the catalogue."""
    found = [*_working(facts), *_cases(facts), *_public(facts), *_safety(facts), *_reviews(facts)]
    return sorted(found, key=lambda one: (int(one.need[1:]) if one.need[1:].isdigit() else 99, one.rests_on))


def _working(facts: Facts) -> Iterator[Suggestion]:
    start = facts.started_on
    if start is not None and facts.today < months_from(start, FIRST_MONTHS):
        why = _("They have worked here for less than %(months)s months.", months=FIRST_MONTHS)
        yield Suggestion(Rule.FIRST_MONTHS, "F1", why, start.isoformat(), start)
    if facts.courses_required and not facts.courses_done:
        why = _("None of the courses that their role asks for is done yet.")
        yield Suggestion(Rule.NO_QUALIFICATION, "F2", why, "none")
    elif facts.courses_missing:
        names = ", ".join(facts.courses_missing)
        why = _("Courses that their role asks for are missing or out of date: %(courses)s.", courses=names)
        yield Suggestion(Rule.COURSE_MISSING, "F2", why, names)
    last = facts.outside_supervision_on
    if last is None or months_from(last, SUPERVISION_MONTHS) < facts.today:
        why = _(
            "No supervision by somebody from outside is recorded within the last %(months)s months.",
            months=SUPERVISION_MONTHS,
        )
        yield Suggestion(Rule.NO_OUTSIDE_SUPERVISION, "F3", why, last.isoformat() if last else "none", last)


def _cases(facts: Facts) -> Iterator[Suggestion]:
    if facts.alone_in:
        references = ", ".join(sorted(facts.alone_in))
        why = _("They may take cases without a second colleague: %(references)s.", references=references)
        yield Suggestion(Rule.WORKS_ALONE, "F4", why, references)
    for reference in facts.cases:
        why = _("They said that %(reference)s is close to their own past.", reference=reference)
        yield Suggestion(Rule.CASE_MIRRORS, "F5", why, reference)


def _public(facts: Facts) -> Iterator[Suggestion]:
    for day in facts.appearances_on:
        why = _("They are asked to appear in public.")
        yield Suggestion(Rule.OWN_PUBLICITY, "F7", why, day.isoformat(), day)
    if facts.appeared >= STORY_TIMES:
        why = _n(
            "They appeared in public %(count)s time within a year.",
            "They appeared in public %(count)s times within a year.",
            facts.appeared,
        )
        yield Suggestion(Rule.STORY_OFTEN, "F8", why, str(facts.appeared))


def _safety(facts: Facts) -> Iterator[Suggestion]:
    if facts.incident_on is not None and months_from(facts.incident_on, INCIDENT_MONTHS) >= facts.today:
        why = _("A threat or an exposure that concerned them is recorded.")
        yield Suggestion(Rule.INCIDENT, "F11", why, facts.incident_on.isoformat(), facts.incident_on)
    if not facts.address_confirmed:
        why = _("It is not confirmed within the last year that their home address is concealed.")
        yield Suggestion(Rule.ADDRESS_OPEN, "F11", why, "open")


def _reviews(facts: Facts) -> Iterator[Suggestion]:
    for code, title, day in facts.reviews:
        if day < facts.today:
            why = _("“%(title)s” was to be looked at again.", title=title)
            yield Suggestion(Rule.REVIEW_OVERDUE, code, why, f"{title} {day.isoformat()}", day)


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered to a suggestion before, as far as it says whether it is shown again."""

    rule: str
    rests_on: str
    choice: Choice | None
    until_on: date | None


def open_suggestions(
    found: Iterable[Suggestion], answers: Iterable[Answered], today: date
) -> list[Suggestion]:
    """Return the suggestions that nobody has answered, or that were postponed until a day that has come."""
    closed = {
        (one.rule, one.rests_on)
        for one in answers
        if one.choice in (Choice.ACCEPTED, Choice.DISMISSED)
        or (one.choice is Choice.POSTPONED and one.until_on is not None and one.until_on > today)
    }
    return [one for one in found if (one.rule, one.rests_on) not in closed]


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """What somebody says to a suggestion."""

    rule: str
    rests_on: str
    choice: Choice
    reason: str = ""
    until_on: date | None = None


def check_choice(draft: AnswerDraft, today: date) -> None:
    """Refuse to dismiss without a reason, or to postpone without a day to come.

    Raises:
        Invalid: reason or day are missing.
    """
    errors: dict[str, str] = {}
    if draft.choice is Choice.DISMISSED:
        errors |= check_text("reason", draft.reason, _("Say why this is none for now."))
    else:
        errors |= check_text("reason", draft.reason)
    if draft.choice is Choice.POSTPONED:
        errors |= check_day("until_on", draft.until_on, today)
        if draft.until_on is None or draft.until_on <= today:
            errors["until_on"] = _("Say until when.")
    if errors:
        raise Invalid(errors)
