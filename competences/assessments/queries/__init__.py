"""Reads of assessments: the levels that people have."""

from competences.assessments.queries.history import GivenRow, HistoryRow, history_of, levels_given
from competences.assessments.queries.levels import (
    CountRow,
    CurrentLevel,
    HeldRow,
    LevelRow,
    current_levels,
    imported_already,
    levels_counted,
    levels_held,
    levels_of,
)

__all__ = [
    "CountRow",
    "CurrentLevel",
    "GivenRow",
    "HeldRow",
    "HistoryRow",
    "LevelRow",
    "current_levels",
    "history_of",
    "imported_already",
    "levels_counted",
    "levels_given",
    "levels_held",
    "levels_of",
]
