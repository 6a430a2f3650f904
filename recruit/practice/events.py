"""What the log says of practice: that somebody practised, never how they scored."""

from dataclasses import dataclass

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeSaved(Event):
    """A member saved a draft for a written case."""

    name = "practice-scorecard.saved"
    subject = "practice_scorecard"
    vignette: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeSubmitted(Event):
    """A member submitted a written case; it is locked."""

    name = "practice-scorecard.submitted"
    subject = "practice_scorecard"
    vignette: str
