"""What the log says of equality answers: for which vacancy and how many, never whose nor what."""

from dataclasses import dataclass

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersRecorded(Event):
    """The privacy officer entered or removed answers from voluntary forms."""

    name = "equality-answers.recorded"
    subject = "vacancy"
    answers: int
