"""Reads of sessions: when courses are held, who is on the lists and who may lead."""

from competences.training.queries.sessions.lists import SessionRow, count_sessions, leaders, past, upcoming
from competences.training.queries.sessions.rosters import (
    CANCELLED,
    EnrolmentRow,
    addable,
    cancelled_filling,
    missing_first,
    named,
    open_to,
    roster,
)
from competences.training.queries.sessions.views import DayRow, SessionView, leading, session

__all__ = [
    "CANCELLED",
    "DayRow",
    "EnrolmentRow",
    "SessionRow",
    "SessionView",
    "addable",
    "cancelled_filling",
    "count_sessions",
    "leaders",
    "leading",
    "missing_first",
    "named",
    "open_to",
    "past",
    "roster",
    "session",
    "upcoming",
]
