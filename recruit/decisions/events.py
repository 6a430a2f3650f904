"""What the log says of decisions: that one was drafted or signed, never a level."""

from dataclasses import dataclass

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionDrafted(Event):
    """The manager wrote an outcome or its reasons for one applicant, not signed yet."""

    name = "decision.drafted"
    subject = "application"
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionSigned(Event):
    """A named person decided."""

    name = "decision.signed"
    subject = "vacancy"
    applicants: int
    appointed: int
    departures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterWritten(Event):
    """The feedback letter to one applicant was written or changed."""

    name = "letter.written"
    subject = "application"
    version: int
