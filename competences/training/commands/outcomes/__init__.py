"""Writes of outcomes: sign, look at as a second trainer, correct."""

from competences.training.commands.outcomes.corrections import correct_outcome
from competences.training.commands.outcomes.moderation import agree_outcome, send_outcome_back
from competences.training.commands.outcomes.signing import sign_attended, sign_outcome

__all__ = ["agree_outcome", "correct_outcome", "send_outcome_back", "sign_attended", "sign_outcome"]
