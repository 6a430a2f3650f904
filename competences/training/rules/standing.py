"""How somebody stands towards one course on a day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

#: How many days ahead an end is announced.
AHEAD = 90


class Stands(StrEnum):
    """How a person stands towards a course, most pressing first."""

    EXPIRED = "expired"  # required, was done, and has run out
    OVERDUE = "overdue"  # required, never done, and the day by which it should be has passed
    WAITING = "waiting"  # required, to be done, and another course comes first
    TO_DO = "to-do"  # required, never done, still in time
    ENDING = "ending"  # in date for AHEAD days at most
    IN_DATE = "in-date"
    LAPSED = "lapsed"  # has run out, and nobody requires it
    NONE = "none"  # not required, never done


@dataclass(frozen=True, slots=True)
class CourseStanding:
    """One person and one course on a day: what is required, done and booked.

    `expires_on` is the last day in date, None where there is no end or nothing done; `due_on` the day by which
    a required course has to be done first; `waits` whether a course that comes first is not in date.
    """

    person_id: int
    course_id: int
    required: bool
    before_lone_work: bool
    due_on: date | None
    done_on: date | None
    expires_on: date | None
    booked_on: date | None
    session_id: int | None
    waits: bool

    def in_date(self, today: date) -> bool:
        """Whether it is done and has not run out."""
        return self.done_on is not None and (self.expires_on is None or self.expires_on >= today)

    def days_left(self, today: date) -> int | None:
        """How many days it is still in date; None where it has no end or nothing is done."""
        return None if self.done_on is None or self.expires_on is None else (self.expires_on - today).days

    def stands(self, today: date) -> Stands:
        """Return how the person stands; what is booked does not change it."""
        if self.in_date(today):
            left = self.days_left(today)
            return Stands.ENDING if left is not None and left <= AHEAD else Stands.IN_DATE
        if not self.required:
            return Stands.NONE if self.done_on is None else Stands.LAPSED
        if self.waits:
            return Stands.WAITING
        if self.done_on is not None:
            return Stands.EXPIRED
        return Stands.OVERDUE if self.due_on is not None and self.due_on < today else Stands.TO_DO
