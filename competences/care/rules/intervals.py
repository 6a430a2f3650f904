"""How often each duty comes round: the one table of intervals.

Source: RAN, Management of exit programmes (2019), for the yearly check-up by a forensic psychologist, meetings of
several professions, safe space, coach, real names and concealed addresses. The other intervals are our proposal.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from competences.care.rules.choices import Duty
from competences.gaps.rules.standing import months_from


@dataclass(frozen=True, slots=True)
class Span:
    """Months by the calendar and days."""

    months: int = 0
    days: int = 0

    def after(self, day: date) -> date:
        """Return the day so long after another."""
        later = months_from(day, self.months) if self.months else day
        return later + timedelta(days=self.days) if self.days else later


@dataclass(frozen=True, slots=True)
class Interval:
    """When a duty is due after the first day at work, when again, and how many days ahead that is announced, longest first.

    `first` None: only once it has begun, as not everybody has one. `again` None: once is enough.
    """

    first: Span | None
    again: Span | None
    ahead: tuple[int, ...] = (0,)


INTERVALS = {
    Duty.CHECK_UP: Interval(Span(months=12), Span(months=12), (60, 30, 0)),
    Duty.SUPERVISION: Interval(Span(days=42), Span(days=42)),
    Duty.COACHING: Interval(None, Span(days=42)),
    Duty.ADDRESS: Interval(Span(), Span(months=12), (60, 30, 0)),
    Duty.REAL_NAME: Interval(Span(), None),
}

#: Hours within which whoever was concerned by an incident is debriefed.
DEBRIEF_HOURS = 72
#: Days after which they are asked again how they are.
CHECK_IN_DAYS = 30
#: So many meetings or sessions missed in a row are shown.
MISSED = 2
