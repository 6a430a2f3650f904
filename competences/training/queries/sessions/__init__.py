"""Reads of sessions: when courses are held, who is on the lists and who may lead."""

from competences.training.queries.sessions.lists import SessionRow, count_sessions, leaders, past, upcoming
from competences.training.queries.sessions.rosters import (
    EnrolmentRow,
    MySession,
    addable,
    missing_first,
    my_sessions,
    named,
    open_to,
    roster,
)
from competences.training.queries.sessions.views import DayRow, SessionView, leading, session

__all__ = [
    "DayRow",
    "EnrolmentRow",
    "MySession",
    "SessionRow",
    "SessionView",
    "addable",
    "count_sessions",
    "leaders",
    "leading",
    "missing_first",
    "my_sessions",
    "named",
    "open_to",
    "past",
    "roster",
    "session",
    "upcoming",
]
