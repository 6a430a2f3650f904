"""Writes of completions: record, hand in, check, withdraw, correct."""

from competences.training.commands.completions.recording import record

__all__ = ["record"]
