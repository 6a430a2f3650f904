"""What the log says of the register: which duty, never what came of it."""

from dataclasses import dataclass

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CareRecorded(Event):
    """A duty towards somebody was offered, done or declined."""

    name = "care-entry.recorded"
    subject = "care-entry"
    person_id: int
    duty: str
    happened: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CareWithdrawn(Event):
    """It was entered by mistake."""

    name = "care-entry.withdrawn"
    subject = "care-entry"
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterDrawn(Event):
    """The days of the register were drawn up as a sheet; `people` counts its lines."""

    name = "care-register.drawn"
    subject = "care-register"
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkloadSaid(Event):
    """Somebody said how their workload is."""

    name = "workload.said"
    subject = "person"
