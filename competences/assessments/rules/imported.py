"""Levels that are brought over from elsewhere."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class BroughtLevel:
    """The level that somebody had in a competence on a day, and what it rests on, if that was written down."""

    person_id: int
    version_id: int
    competence_id: int
    level: int
    given_on: date
    evidence: str = ""
