"""What the log says of meetings and sessions."""

from dataclasses import dataclass

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRecorded(Event):
    """A meeting or session took place, with so many people."""

    name = "meeting.recorded"
    subject = "meeting"
    gathering: str
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceCorrected(Event):
    """Other people were there than was recorded."""

    name = "meeting.corrected"
    subject = "meeting"
    people: int
