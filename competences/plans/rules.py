"""What an action of a development plan holds."""

from dataclasses import dataclass
from datetime import date

from competences.text import _

STEPS = ("course", "shadowing", "coaching", "reading", "supervision", "other")
SOURCES = ("talk", "gap", "induction")


@dataclass(frozen=True, slots=True)
class ActionDraft:
    """An action as somebody typed it. `version` is what the form was drawn from, 0 for a new one.

    `participant_id` says in whose talk of a round it was agreed; None elsewhere.
    """

    competence_id: int | None
    step: str
    source: str
    what: str
    owner_id: int | None
    due_on: date | None
    version: int = 0
    participant_id: int | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """How an action ended: what came of it, or why it was dropped."""

    result: str
    dropped: bool
    version: int


def step_name(step: str) -> str:
    """Return one of STEPS in the reader's language."""
    return {
        "course": _("Course"),
        "shadowing": _("Shadowing"),
        "coaching": _("Coaching"),
        "reading": _("Reading"),
        "supervision": _("Supervision"),
        "other": _("Something else"),
    }[step]


def source_name(source: str) -> str:
    """Return one of SOURCES in the reader's language."""
    return {"talk": _("From a talk"), "gap": _("From a gap"), "induction": _("Induction")}[source]
