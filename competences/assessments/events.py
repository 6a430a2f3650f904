"""What the log says of assessments."""

from dataclasses import dataclass

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedLevelsRecorded(Event):
    """What a panel agreed became somebody's first levels."""

    name = "levels.recorded"
    subject = "assessment"
    person_id: int
    competences: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelSuperseded(Event):
    """A level of somebody does not count any more; which it was and why is on their page only."""

    name = "level.superseded"
    subject = "rating"
    person_id: int
