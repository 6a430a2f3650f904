"""What the log says of scorecards: that something was scored, never how."""

from dataclasses import dataclass

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorecardStarted(Event):
    """A member began to score an applicant."""

    name = "scorecard.started"
    subject = "scorecard"
    application: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingSaved(Event):
    """A member saved one criterion. Which one, not what."""

    name = "rating.saved"
    subject = "scorecard"
    competence: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorecardSubmitted(Event):
    """A member handed a scorecard in; it is locked."""

    name = "scorecard.submitted"
    subject = "scorecard"
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorecardReopened(Event):
    """The chair let a member change a submitted scorecard."""

    name = "scorecard.reopened"
    subject = "scorecard"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRecused(Event):
    """A member stepped back from one applicant."""

    name = "scorecard.recused"
    subject = "scorecard"
    application: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoresRevealed(Event):
    """The seal was lifted."""

    name = "vacancy.scores-revealed"
    subject = "vacancy"
    early: bool
    reason: str
    missing: int
