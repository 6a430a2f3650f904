"""What the log says of when trainers are away."""

from dataclasses import dataclass

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceEntered(Event):
    """A trainer holds no session from one day until another."""

    name = "trainer-absence.entered"
    subject = "trainer_absence"
    person_id: int
    from_on: str
    until_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceRemoved(Event):
    """A trainer is there after all."""

    name = "trainer-absence.removed"
    subject = "trainer_absence"
    person_id: int
