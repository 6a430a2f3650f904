"""What is done for somebody, and what the team is told of it."""

from competences.support.commands.measures.team_words import (
    agree_team_words,
    ask_team_words,
    decline_team_words,
)
from competences.support.commands.measures.work import add_measure, change_measure, end_measure

__all__ = [
    "add_measure",
    "agree_team_words",
    "ask_team_words",
    "change_measure",
    "decline_team_words",
    "end_measure",
]
