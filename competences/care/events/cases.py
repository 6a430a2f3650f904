"""What the log says of discussions before somebody is taken on."""

from dataclasses import dataclass

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDiscussed(Event):
    """It was considered whether somebody is taken on."""

    name = "case-discussion.recorded"
    subject = "case-discussion"
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseChanged(Event):
    """What was considered was corrected, before the decision or at a review."""

    name = "case-discussion.changed"
    subject = "case-discussion"
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDecided(Event):
    """It was decided, with so many who take it on."""

    name = "case-discussion.decided"
    subject = "case-discussion"
    decision: str
    people: int
    alone: int
