"""What of a session stands in a calendar."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CalendarSession:
    """A session as a calendar shows it: when and where, nobody's name. `leads` is whether the reader leads it."""

    id: int
    uid: str
    sequence: int
    code: str
    title: str
    place: str
    link: str
    cancelled: bool
    leads: bool
    days: tuple[tuple[datetime, datetime], ...]
