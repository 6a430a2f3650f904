"""Appearances in public: a request, a guidance talk, the person's own decision."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from competences.errors import Conflict, Invalid
from competences.text import _


class Medium(StrEnum):
    """Where somebody is asked to appear."""

    PRESS = "press"
    RADIO = "radio"
    TELEVISION = "television"
    ONLINE = "online"
    EVENT = "event"
    SCHOOL = "school"


class Answer(StrEnum):
    """What the person decided. No reason is asked."""

    AGREED = "agreed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for an appearance."""

    person_id: int
    medium: Medium
    planned_on: date


@dataclass(frozen=True, slots=True)
class DutyDraft:
    """Who is to speak to the media from one day until another."""

    person_id: int
    from_on: date
    until_on: date


def check_asked(asked: Asked, today: date) -> None:
    """Refuse a request for a day that has passed.

    Raises:
        Invalid: it has.
    """
    if asked.planned_on < today:
        raise Invalid({"planned_on": _("Choose today or a later day.")})


def check_guided(decision: str, guided_on: date, asked_on: date, today: date) -> None:
    """Refuse a guidance talk after the decision, before the request or to come.

    Raises:
        Conflict: the person has decided.
        Invalid: the day cannot be.
    """
    if decision:
        raise Conflict(_("The person has decided already."))
    if not asked_on <= guided_on <= today:
        raise Invalid({"guided_on": _("Choose a day between the request and today.")})


def check_answer(answer: Answer, decision: str, guided_on: date | None, appeared_on: date | None) -> None:
    """Refuse to agree before the guidance talk. Refusing is open at any time before the appearance.

    Raises:
        Conflict: the talk has not taken place, or the appearance has.
    """
    if appeared_on is not None:
        raise Conflict(_("The appearance has taken place."))
    if answer is Answer.AGREED and guided_on is None:
        raise Conflict(_("The guidance talk comes first. You can say no at any time."))
    if decision == answer:
        raise Conflict(_("That is what you decided already."))


def check_appeared(
    decision: str, guided_on: date | None, appeared_on: date | None, day: date, today: date
) -> None:
    """Refuse an appearance that was not agreed to.

    Raises:
        Conflict: the person did not agree, or it is on record already.
        Invalid: the day is before the guidance talk or to come.
    """
    if decision != Answer.AGREED:
        raise Conflict(_("The person has not agreed to it."))
    if appeared_on is not None:
        raise Conflict(_("It is on record already."))
    if day > today:
        raise Invalid({"appeared_on": _("Only what has taken place is recorded.")})
    if guided_on is None or day < guided_on:
        raise Invalid({"appeared_on": _("The appearance comes after the guidance talk. Choose a later day.")})


def check_duty(draft: DutyDraft, today: date) -> None:
    """Refuse days that have passed or run backwards.

    Raises:
        Invalid: they do.
    """
    if draft.until_on < max(draft.from_on, today):
        raise Invalid({"until_on": _("Choose a last day that is not before the first, nor before today.")})
