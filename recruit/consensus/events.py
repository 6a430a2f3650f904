"""What the log says of a consensus meeting: that something was agreed, never which level."""

from dataclasses import dataclass

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelAgreed(Event):
    """The panel agreed a level, kept its different ones, or changed what it had agreed."""

    name = "level.agreed"
    subject = "application"
    criterion: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelsAccepted(Event):
    """Levels that all members gave alike were accepted at once."""

    name = "levels.accepted"
    subject = "vacancy"
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DissentWritten(Event):
    """A member sees an agreed level differently."""

    name = "dissent.written"
    subject = "application"
    criterion: int
