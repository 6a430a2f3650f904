"""Reads of assessments: the levels that people have."""

from competences.assessments.queries.history import HistoryRow, history_of
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
    "HeldRow",
    "HistoryRow",
    "LevelRow",
    "current_levels",
    "history_of",
    "imported_already",
    "levels_counted",
    "levels_held",
    "levels_of",
]
