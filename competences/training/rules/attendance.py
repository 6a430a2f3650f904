"""What a tap on the attendance list says."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Tap:
    """Somebody was there or not, as tapped `at` a time on some device; None for now."""

    enrolment_id: int
    present: bool
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Presence:
    """On how many of the days of a session somebody was there."""

    days: int
    of: int

    @property
    def some(self) -> bool:
        """Whether they came at all."""
        return self.days > 0

    @property
    def whole(self) -> bool:
        """Whether they were there on every day."""
        return self.days == self.of
