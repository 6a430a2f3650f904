"""Writes of completions: record, hand in, check, withdraw, correct, import."""

from competences.training.commands.completions.corrections import correct_completion, withdraw_completion
from competences.training.commands.completions.imports import import_completions
from competences.training.commands.completions.recording import record
from competences.training.commands.completions.records import (
    check_certificate,
    hand_in_certificate,
    record_completion,
)

__all__ = [
    "check_certificate",
    "correct_completion",
    "hand_in_certificate",
    "import_completions",
    "record",
    "record_completion",
    "withdraw_completion",
]
