"""What is due to somebody by the dates on record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from competences.care.rules.choices import Duty, Gathering, Load
from competences.care.rules.intervals import INTERVALS, MISSED
from competences.errors import Invalid
from competences.text import _


class Stands(StrEnum):
    """How a duty towards somebody stands on a day, most pressing first."""

    LATE = "late"  # the day by which it was due has passed
    SOON = "soon"  # announced: due within the longest of its reminders
    IN_DATE = "in-date"
    NONE = "none"  # not asked of this person


class Happened(StrEnum):
    """What is put on record of a duty."""

    OFFERED = "offered"
    DONE = "done"
    DECLINED = "declined"


class Basis(StrEnum):
    """On what legal basis a check-up is offered; never what it found."""

    SAFETY_LAW = "safety-law"
    AGREEMENT = "agreement"
    CONSENT = "consent"


@dataclass(frozen=True, slots=True)
class Held:
    """The latest days on record of one duty towards one person. `outside_on`: done by somebody from outside."""

    offered_on: date | None = None
    done_on: date | None = None
    declined_on: date | None = None
    next_on: date | None = None
    outside_on: date | None = None


NOTHING = Held()


@dataclass(frozen=True, slots=True)
class CareFacts:
    """What is on record of one person: days and choices, never what was said."""

    person_id: int
    started_on: date | None
    duties: Mapping[Duty, Held] = field(default_factory=dict)
    missed: tuple[Gathering, ...] = ()
    load: Load | None = None
    said_on: date | None = None
    other_name_until: date | None = None

    def held(self, duty: Duty) -> Held:
        """Return the latest days of a duty; all None where nothing is on record."""
        return self.duties.get(duty, NOTHING)


@dataclass(frozen=True, slots=True)
class Due:
    """One duty towards one person on a day. `days_left` is negative once it is late."""

    duty: Duty
    held: Held
    due_on: date | None
    days_left: int | None
    stands: Stands

    @property
    def reminder(self) -> int | None:
        """The reminder that holds today, in days before the end: of 60, 30 and 0 the smallest; None before any."""
        if self.days_left is None:
            return None
        return next((days for days in sorted(INTERVALS[self.duty].ahead) if self.days_left <= days), None)


def due_on(duty: Duty, held: Held, started_on: date | None, today: date) -> date | None:
    """Return the last day by which a duty is to be done (again); None where it is not asked.

    A day that was set goes before the interval. Somebody who declined is asked again after the same interval:
    check-ups are an offer. Without a first day at work what was never done is due today.
    """
    interval = INTERVALS[duty]
    last = (
        max(held.done_on, held.declined_on)
        if held.done_on and held.declined_on
        else held.done_on or held.declined_on
    )
    if held.next_on is not None and (last is None or held.next_on > last):
        return held.next_on
    if last is not None:
        return interval.again.after(last) if interval.again else None
    if interval.first is None:
        return None
    return interval.first.after(started_on) if started_on else today


def due(duty: Duty, facts: CareFacts, today: date) -> Due:
    """Return how a duty towards somebody stands on a day."""
    held, interval = facts.held(duty), INTERVALS[duty]
    if duty is Duty.REAL_NAME and facts.other_name_until and facts.other_name_until >= today:
        return Due(duty, held, facts.other_name_until, None, Stands.NONE)
    day = due_on(duty, held, facts.started_on, today)
    if day is None:
        done = Stands.IN_DATE if held.done_on else Stands.NONE
        return Due(duty, held, None, None, done)
    left = (day - today).days
    stands = Stands.LATE if left < 0 else Stands.SOON if left <= interval.ahead[0] else Stands.IN_DATE
    return Due(duty, held, day, left, stands)


def all_due(facts: CareFacts, today: date) -> tuple[Due, ...]:
    """Return how every duty towards somebody stands on a day."""
    return tuple(due(duty, facts, today) for duty in Duty)


def missed_in_a_row(came: Sequence[bool]) -> bool:
    """Return whether the last meetings were all missed.

    Args:
        came: Whether somebody was there, newest first.
    """
    return len(came) >= MISSED and not any(came[:MISSED])


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """What is put on record: one thing that happened to one duty on one day."""

    duty: Duty
    happened: Happened
    on: date
    next_on: date | None = None
    outside: bool = False
    basis: Basis | None = None


def check_entry(draft: EntryDraft, today: date) -> None:
    """Refuse an entry that cannot be.

    Raises:
        Invalid: the day is to come, the next one is not after it or later than the interval, or a check-up has no
            legal basis.
    """
    errors: dict[str, str] = {}
    again = INTERVALS[draft.duty].again
    if draft.on > today:
        errors["on"] = _("Only what has happened is recorded. Choose today or a day before.")
    if draft.next_on is not None and draft.next_on <= draft.on:
        errors["next_on"] = _("The next one comes after this one.")
    elif draft.next_on is not None and again is not None and draft.next_on > again.after(draft.on):
        errors["next_on"] = _("That is later than the usual interval allows. Choose an earlier day.")
    if draft.duty is Duty.CHECK_UP and draft.basis is None:
        errors["basis"] = _("Choose the legal basis of the check-up.")
    if errors:
        raise Invalid(errors)
