"""What the log of support says."""

from dataclasses import dataclass

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanProposed(Event):
    """A plan was proposed, or asked for."""

    name = "support-plan.proposed"
    subject = "support_plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAgreed(Event):
    """The worker agreed to it."""

    name = "support-plan.agreed"
    subject = "support_plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDeclined(Event):
    """The worker declined a proposal, or the lead took it back; nothing of it is kept."""

    name = "support-plan.declined"
    subject = "support_plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOpened(Event):
    """Somebody read it."""

    name = "support-plan.opened"
    subject = "support_plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChanged(Event):
    """Signs, who to call, the way back, days or the lead were changed."""

    name = "support-plan.changed"
    subject = "support_plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsChanged(Event):
    """The worker changed their own words."""

    name = "support-words.changed"
    subject = "support_plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesDeclared(Event):
    """The worker said which cases are close to their own past, or no longer."""

    name = "support-cases.declared"
    subject = "support_plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentWithdrawn(Event):
    """The worker withdrew what the plan rests on; it is closed."""

    name = "support-consent.withdrawn"
    subject = "support_plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanClosed(Event):
    """It has done its work, or the worker leaves."""

    name = "support-plan.closed"
    subject = "support_plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderNamed(Event):
    """Somebody was named to read it."""

    name = "support-reader.named"
    subject = "support_plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderAgreed(Event):
    """The worker agreed to a reader."""

    name = "support-reader.agreed"
    subject = "support_plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderEnded(Event):
    """Somebody may read it no more."""

    name = "support-reader.ended"
    subject = "support_plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyOpened(Event):
    """Somebody who was not named opened it in an emergency."""

    name = "support-emergency.opened"
    subject = "support_plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedTaken(Event):
    """A need was taken up."""

    name = "support-need.taken"
    subject = "support_plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedAnswered(Event):
    """The worker agreed to a need, or said something to it."""

    name = "support-need.answered"
    subject = "support_plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedReviewed(Event):
    """A need was looked at again, and when next."""

    name = "support-need.reviewed"
    subject = "support_plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedEnded(Event):
    """A need is no more."""

    name = "support-need.ended"
    subject = "support_plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureAdded(Event):
    """Something was agreed to be done."""

    name = "support-measure.added"
    subject = "support_plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureChanged(Event):
    """What is done was changed, reviewed or put in place."""

    name = "support-measure.changed"
    subject = "support_plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureEnded(Event):
    """It is done, or done no more."""

    name = "support-measure.ended"
    subject = "support_plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamWordsAsked(Event):
    """The worker was asked to agree to what the team is told."""

    name = "support-team-words.asked"
    subject = "support_plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamWordsAgreed(Event):
    """The worker agreed to what the team is told, word by word."""

    name = "support-team-words.agreed"
    subject = "support_plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamWordsDeclined(Event):
    """The worker does not want the team to be told."""

    name = "support-team-words.declined"
    subject = "support_plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkRecorded(Event):
    """A talk was written down."""

    name = "support-talk.recorded"
    subject = "support_plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionAnswered(Event):
    """A suggestion was accepted, dismissed or postponed."""

    name = "support-suggestion.answered"
    subject = "support_plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionCommented(Event):
    """The worker said something to a suggestion."""

    name = "support-suggestion.commented"
    subject = "support_plan"
