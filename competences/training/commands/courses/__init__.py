"""Writes of courses: what comes with the package, the life of a version, who needs it and who may teach it."""

from competences.training.commands.courses.lone_work_needs import set_lone_work_needs
from competences.training.commands.courses.starters import add_starters

__all__ = ["add_starters", "set_lone_work_needs"]
