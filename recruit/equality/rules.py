"""What may be asked, and what the comparison says in words.

Two questions with fixed options, both everyday monitoring. Faith, politics, health, origin and former status are
not asked: they are special categories (GDPR article 9), in this field they can endanger people, and support is not
selection. Free text is not taken, since it could hold any of these.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from competences.scoring.impact import (
    FEWEST,
    FOUR_FIFTHS,
    UNLIKELY,
    Compared,
    Group,
    Impact,
    Withheld,
    adverse,
    impact,
)
from competences.text import _


class Question(StrEnum):
    """What the voluntary form asks."""

    GENDER = "gender"
    AGE = "age"


UNSAID = "unsaid"
#: Options in the order of the form; whoever prefers not to say belongs to none of the groups.
GROUPS: dict[Question, tuple[str, ...]] = {
    Question.GENDER: ("woman", "man", "another"),
    Question.AGE: ("under-30", "30-39", "40-49", "50-over"),
}
OPTIONS = {question: (*groups, UNSAID) for question, groups in GROUPS.items()}


class Step(StrEnum):
    """What people were chosen for."""

    INTERVIEW = "interview"
    APPOINTMENT = "appointment"


class Count(NamedTuple):
    """How many applicants gave one answer, and how many of them came how far."""

    question: str
    answer: str
    applied: int
    interviewed: int
    appointed: int

    def chosen(self, step: Step) -> int:
        """Return how many passed a step."""
        return self.interviewed if step is Step.INTERVIEW else self.appointed


@dataclass(frozen=True, slots=True)
class Comparison:
    """One question at one step, as far as it may be shown."""

    question: Question
    step: Step
    found: Impact


def compared(counts: Iterable[Count], everybody: Count) -> list[Comparison]:
    """Return every question at every step, suppressed where it would tell of people.

    Args:
        counts: One row per question and answer that somebody gave.
        everybody: All applicants, whatever they answered; its question and answer mean nothing.
    """
    by_answer = {(row.question, row.answer): row for row in counts}
    return [
        Comparison(question, step, _impact(question, step, by_answer, everybody))
        for question in Question
        for step in Step
    ]


def _impact(
    question: Question, step: Step, by_answer: dict[tuple[str, str], Count], everybody: Count
) -> Impact:
    none = Count(question, "", 0, 0, 0)
    rows = {answer: by_answer.get((question, answer), none) for answer in GROUPS[question]}
    groups = [Group(answer, row.applied, row.chosen(step)) for answer, row in rows.items()]
    passed = everybody.chosen(step)
    return impact(
        groups,
        others=everybody.applied - sum(row.people for row in groups),
        most=min(passed, everybody.applied - passed),
    )


def in_words(row: Compared) -> str:
    """Return what a ratio and a test say together; empty where they are not shown."""
    if row.ratio is None:
        return ""
    if row.fisher is None:
        return _("The highest rate. The others are compared with it.")
    seldom = row.fisher.p < UNLIKELY
    if not row.fisher.could_tell:
        return _blind(adverse(row.ratio))
    return _below(seldom) if adverse(row.ratio) else _not_below(seldom)


def _blind(below: bool) -> str:
    if below:
        return _("Below four fifths, but with these numbers no result could have counted as unlikely.")
    return _("Not below four fifths. With these numbers no result could have counted as unlikely.")


def _below(seldom: bool) -> str:
    if seldom:
        return _("Below four fifths, and chance alone would seldom bring such a difference.")
    return _("Below four fifths, but chance alone brings such a difference often enough.")


def _not_below(seldom: bool) -> str:
    if seldom:
        return _("Not below four fifths, yet chance alone would seldom bring such a difference.")
    return _("Not below four fifths, and chance alone brings such a difference often enough.")


def why_withheld(found: Impact) -> str:
    """Return why rates are not shown; empty when they are."""
    match found.withheld:
        case Withheld.FEW_ANSWERS:
            return _(
                "Fewer than %(fewest)s applicants gave an answer. Numbers would tell of single people, so there are none.",
                fewest=FEWEST,
            )
        case Withheld.ONE_GROUP:
            return _(
                "No two groups of %(fewest)s or more can be shown, so there is nothing to compare.",
                fewest=FEWEST,
            )
        case Withheld.FEW_CHOSEN:
            return _(
                "In one of these groups fewer than %(fewest)s people were chosen. They are known by name, so numbers by group could tell their answers.",
                fewest=FEWEST,
            )
        case Withheld.FEW_LEFT:
            return _(
                "In one of these groups fewer than %(fewest)s people were not chosen. They are known by name, so numbers by group could tell their answers.",
                fewest=FEWEST,
            )
    return ""


def never_unlikely(found: Impact) -> bool:
    """Return whether rates are withheld and could not have told anything either."""
    return found.smallest is not None and found.smallest >= UNLIKELY


def written_ratio(ratio: Fraction) -> float:
    """Return a ratio to two decimals, never rounded up to four fifths."""
    return _written(float(ratio), 2, float(FOUR_FIFTHS), below=adverse(ratio))


def written_p(p: float) -> float:
    """Return p to three decimals, never rounded up to the limit."""
    return _written(p, 3, UNLIKELY, below=p < UNLIKELY)


def _written(value: float, places: int, limit: float, *, below: bool) -> float:
    rounded = round(value, places)
    return round(rounded - 10**-places, places) if below and rounded >= limit else rounded


def question_name(question: str) -> str:
    """Return a question in the reader's language."""
    return {Question.GENDER: _("Gender"), Question.AGE: _("Age")}[Question(question)]


def answer_name(answer: str) -> str:
    """Return an option in the reader's language."""
    return {
        "woman": _("Woman"),
        "man": _("Man"),
        "another": _("Another gender"),
        "under-30": _("Under 30"),
        "30-39": _("30 to 39"),
        "40-49": _("40 to 49"),
        "50-over": _("50 or over"),
        UNSAID: _("Prefers not to say"),
    }[answer]
