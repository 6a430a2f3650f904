"""What the log says of appearances and spokespersons."""

from dataclasses import dataclass

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokespersonSet(Event):
    """Somebody speaks to the media for some days."""

    name = "spokesperson.set"
    subject = "spokesperson-duty"
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokespersonTaken(Event):
    """They do not."""

    name = "spokesperson.removed"
    subject = "spokesperson-duty"
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AppearanceAsked(Event):
    """Somebody is asked to appear in public."""

    name = "appearance.asked"
    subject = "appearance"
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AppearanceGuided(Event):
    """The guidance talk took place."""

    name = "appearance.guided"
    subject = "appearance"
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AppearanceAnswered(Event):
    """The person decided."""

    name = "appearance.answered"
    subject = "appearance"
    person_id: int
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppearanceMade(Event):
    """It took place."""

    name = "appearance.made"
    subject = "appearance"
    person_id: int
