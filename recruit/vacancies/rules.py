"""What a vacancy may ask for."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from competences.errors import Conflict
from competences.text import _

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


def check_criteria_open(state: str, *, scoring_opened: bool) -> None:
    """Let criteria change (rule 8).

    Raises:
        Conflict: scoring has opened, or the vacancy is closed.
    """
    if scoring_opened:
        raise Conflict(
            _("Scoring has opened: the criteria stay as they are, so that everybody is scored alike.")
        )
    if state == "closed":
        raise Conflict(_("This vacancy is closed; its criteria stay as they were."))


def check_facts_open(state: str, *, signed: bool) -> None:
    """Let title, unit, posts, closing date and text change.

    Raises:
        Conflict: the decision is signed, or the vacancy is closed.
    """
    if signed:
        raise Conflict(_("The decision is signed; the vacancy stays as it was."))
    if state == "closed":
        raise Conflict(_("This vacancy is closed; it stays as it was."))


def check_version(stored: int, sent: int) -> None:
    """Refuse a form that was opened before somebody else saved.

    Raises:
        Conflict: the vacancy changed in between.
    """
    if stored != sent:
        raise Conflict(
            _("Somebody changed this vacancy since you opened the form. Go back, copy your text and reload.")
        )
