"""Reads for Today: counts and dates, never a score. Each is one statement whatever the rows."""

from recruit.today.queries.chores import Chore, Reaches, chores
from recruit.today.queries.hiring import MOST, Coming, coming, facts, managed, progress, seats

__all__ = [
    "MOST",
    "Chore",
    "Coming",
    "Reaches",
    "chores",
    "coming",
    "facts",
    "managed",
    "progress",
    "seats",
]
