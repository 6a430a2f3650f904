"""What the log says of incidents: kind and people, never what happened."""

from dataclasses import dataclass

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRecorded(Event):
    """Something happened to staff."""

    name = "incident.recorded"
    subject = "incident"
    kind: str
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DebriefRecorded(Event):
    """Somebody was debriefed."""

    name = "debrief.recorded"
    subject = "incident"
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInRecorded(Event):
    """Somebody was asked how they are."""

    name = "check-in-after-incident.recorded"
    subject = "incident"
    person_id: int
