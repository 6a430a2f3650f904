"""What the log says of work under another name: that it is decided and who read why, never why."""

from dataclasses import dataclass

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class NameExceptionMade(Event):
    """Somebody works under another name for their safety."""

    name = "name-exception.made"
    subject = "name-exception"


@dataclass(frozen=True, slots=True, kw_only=True)
class NameExceptionEnded(Event):
    """They work under their own name again."""

    name = "name-exception.ended"
    subject = "name-exception"


@dataclass(frozen=True, slots=True, kw_only=True)
class NameReasonRead(Event):
    """Somebody read why."""

    name = "name-exception.read"
    subject = "name-exception"
