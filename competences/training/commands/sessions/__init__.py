"""Writes of sessions: plan, change, cancel, and who is on the list."""

from competences.training.commands.sessions.changes import cancel_session, change_session
from competences.training.commands.sessions.enrolments import enrol, enrol_guest, withdraw
from competences.training.commands.sessions.plans import plan_series, plan_session

__all__ = [
    "cancel_session",
    "change_session",
    "enrol",
    "enrol_guest",
    "plan_series",
    "plan_session",
    "withdraw",
]
