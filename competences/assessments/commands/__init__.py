"""Writes of assessments that no panel page makes."""

from competences.assessments.commands.imported import import_levels
from competences.assessments.commands.levels import record_agreed_levels, supersede_level

__all__ = ["import_levels", "record_agreed_levels", "supersede_level"]
