"""What the log says of arrangements: that there is one, never its words."""

from dataclasses import dataclass

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangementSet(Event):
    """Colleagues are told how somebody works."""

    name = "arrangement.set"
    subject = "arrangement"
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangementEnded(Event):
    """They are told it no more."""

    name = "arrangement.ended"
    subject = "arrangement"
    person_id: int
