"""What a vacancy may ask for."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

SCORED_IN_ONE_INTERVIEW = 8


@dataclass(frozen=True, slots=True)
class Wanted:
    """One competence as the form asks for it."""

    competence_id: int
    weight: Decimal
    weight_reason: str
    required_level: int
    gate: bool
    learnable: bool
    assessed_by: Sequence[str]


def too_many(assessed_by: Sequence[Sequence[str]]) -> int:
    """Return how many criteria one interview scores when that is more than it bears, else 0.

    Above eight, attention goes to the form instead of the person and anchors are no longer read.
    """
    scored = sum("interview" in ways for ways in assessed_by)
    return scored if scored > SCORED_IN_ONE_INTERVIEW else 0
