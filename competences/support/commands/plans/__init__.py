"""How a plan begins, changes and ends. It begins with the worker, and it ends when they say so."""

from competences.support.commands.plans.beginnings import agree_plan, decline_plan, propose_plan
from competences.support.commands.plans.changes import change_lead, change_plan, change_words, declare_cases
from competences.support.commands.plans.endings import close_plan, withdraw_consent

__all__ = [
    "agree_plan",
    "change_lead",
    "change_plan",
    "change_words",
    "close_plan",
    "declare_cases",
    "decline_plan",
    "propose_plan",
    "withdraw_consent",
]
