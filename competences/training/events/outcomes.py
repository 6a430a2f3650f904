"""What the log says of outcomes: that one was signed, never which levels."""

from dataclasses import dataclass

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeSigned(Event):
    """A trainer signed what came of a session for somebody; 0 for a guest. Levels count unless it is to be moderated."""

    name = "outcome.signed"
    subject = "outcome"
    session_id: int
    person_id: int
    result: str
    moderated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendedSigned(Event):
    """A trainer signed for all who were there and have no outcome that they attended."""

    name = "outcomes.attended-signed"
    subject = "course_session"
    outcomes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeModerated(Event):
    """A second trainer agreed with an outcome; its levels count from now on."""

    name = "outcome.moderated"
    subject = "outcome"
    session_id: int
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeSentBack(Event):
    """A second trainer sees an outcome otherwise; it is to be signed anew."""

    name = "outcome.sent-back"
    subject = "outcome"
    session_id: int
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeCorrected(Event):
    """An outcome was wrong. It is kept with the reason; its levels and completion count no more."""

    name = "outcome.corrected"
    subject = "outcome"
    session_id: int
    person_id: int
