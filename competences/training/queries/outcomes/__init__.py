"""Reads of outcomes: what was signed, by whom, and what waits for a signature."""

from competences.training.queries.outcomes.unsigned import UNSIGNED, unsigned_filling
from competences.training.queries.outcomes.views import (
    OutcomeRow,
    OutcomeView,
    candidates,
    earlier,
    outcome,
)

__all__ = [
    "UNSIGNED",
    "OutcomeRow",
    "OutcomeView",
    "candidates",
    "earlier",
    "outcome",
    "unsigned_filling",
]
