"""What the log says of lone work."""

from dataclasses import dataclass

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class LoneWorkChanged(Event):
    """Somebody became ready for lone work, or no longer is. `missing` are codes of courses and competences."""

    name = "lone-work.changed"
    subject = "person"
    authorised: bool
    by_exception: bool
    missing: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoneWorkAllowed(Event):
    """A line manager lets somebody work alone until a day, although something is missing."""

    name = "lone-work.allowed"
    subject = "lone_work_exception"
    person_id: int
    until_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LoneWorkExceptionEnded(Event):
    """An exception was taken back before its last day."""

    name = "lone-work.exception-ended"
    subject = "lone_work_exception"
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LoneWorkSeen(Event):
    """The person, or their line manager, has read of a change."""

    name = "lone-work.seen"
    subject = "lone_work_change"
    person_id: int
