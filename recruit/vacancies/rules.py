"""What a vacancy may ask for and how it moves on: pure, no I/O."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from competences.errors import Conflict
from competences.role_profiles.rules import ASSESSED_BY
from competences.text import _

__all__ = ["ASSESSED_BY", "MOST_IN_INTERVIEW", "Ask", "check_editable", "check_unfrozen", "crowded"]

#: More than this many scored in one interview, and a panel no longer judges each for itself.
MOST_IN_INTERVIEW = 8


@dataclass(frozen=True, slots=True)
class Ask:
    """One competence as a vacancy asks for it."""

    competence_id: int
    weight: Decimal
    weight_reason: str
    required_level: int
    gate: bool
    learnable: bool
    assessed_by: tuple[str, ...]


def crowded(assessed_by: Iterable[Iterable[str]]) -> int:
    """Return how many criteria the interview has to cover when that is too many, else 0."""
    count = sum("interview" in ways for ways in assessed_by)
    return count if count > MOST_IN_INTERVIEW else 0


def check_unfrozen(state: str, *, scoring_opened: bool) -> None:
    """Refuse a change of criteria that comes too late (rule 8).

    Raises:
        Conflict: scoring has opened, or the vacancy is closed.
    """
    if scoring_opened:
        raise Conflict(_("Scoring has opened: the criteria are fixed, so that everybody is measured alike."))
    if state == "closed":
        raise Conflict(_("This vacancy is closed."))


def check_editable(state: str) -> None:
    """Refuse changing the facts of a vacancy whose decision stands.

    Raises:
        Conflict: it is decided or closed.
    """
    if state in ("decided", "closed"):
        raise Conflict(_("This vacancy is decided or closed; its facts stay as they were."))
