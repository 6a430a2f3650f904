"""What the log says of assessments."""

from dataclasses import dataclass
from datetime import date

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedLevelsRecorded(Event):
    """What a panel agreed became somebody's first levels."""

    name = "levels.recorded"
    subject = "assessment"
    person_id: int
    competences: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelSuperseded(Event):
    """A level of somebody does not count any more; which it was and why is on their page only."""

    name = "level.superseded"
    subject = "rating"
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundOpened(Event):
    """A line manager opened a round; who is in it and what is asked of them is fixed."""

    name = "round.opened"
    subject = "round"
    title: str
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundMoved(Event):
    """A round got another last day."""

    name = "round.last-day-changed"
    subject = "round"
    closes_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PeersAsked(Event):
    """Colleagues were asked how they see somebody. How many, not who."""

    name = "peers.asked"
    subject = "participant"
    asked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentStarted(Event):
    """Somebody began to assess themselves, somebody they lead, or a colleague."""

    name = "assessment.started"
    subject = "assessment"
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSaved(Event):
    """One competence of an assessment was saved. Which one, not what."""

    name = "answer.saved"
    subject = "assessment"
    competence: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentShared(Event):
    """An assessment was handed in; it is locked."""

    name = "assessment.shared"
    subject = "assessment"
    kind: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkLevelSaved(Event):
    """The two of a talk wrote down one competence. Which one, not what."""

    name = "talk-level.saved"
    subject = "participant"
    competence: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkLevelsAccepted(Event):
    """Where both had given the same level, it was taken over."""

    name = "talk-levels.accepted"
    subject = "participant"
    competences: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkHeld(Event):
    """The day of a talk was written down."""

    name = "talk.held"
    subject = "participant"
    held_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkDissented(Event):
    """One of the two sees it differently. That they do, not how."""

    name = "talk.dissented"
    subject = "participant"


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkConfirmed(Event):
    """One of the two confirmed; with `levels_given` the second, so that the levels count from now on."""

    name = "talk.confirmed"
    subject = "participant"
    levels_given: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelsImported(Event):
    """Levels of people who work here came from a spreadsheet."""

    name = "levels.imported"
    subject = "assessment"
    people: int
    competences: int
