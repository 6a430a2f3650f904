"""What a staff record holds."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """A staff record as somebody typed it. `email` is lower case or empty."""

    name: str
    email: str
    post: str
    unit_id: int | None
    manager_id: int | None
    started_on: date | None
    ended_on: date | None
    stamp: str = ""
