"""What the log says of sessions and who is on their lists."""

from dataclasses import dataclass

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPlanned(Event):
    """A session was planned, alone or as the first of a series; who was invited is booked or waits."""

    name = "session.planned"
    subject = "course_session"
    version_id: int
    booked: int
    waiting: int
    times: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionChanged(Event):
    """A session is at another time or place, led by others, or has another number of places."""

    name = "session.changed"
    subject = "course_session"
    edition: int
    moved_up: tuple[int, ...]
    trainers_added: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionCancelled(Event):
    """A session will not be held, or neither it nor what was left of its series."""

    name = "session.cancelled"
    subject = "course_session"
    sessions: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEnrolled(Event):
    """Somebody got a place, or a turn on the waiting list. `person_id` is 0 for a guest."""

    name = "enrolment.made"
    subject = "enrolment"
    session_id: int
    person_id: int
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonWithdrawn(Event):
    """Somebody is off the list; `moved_up` are the enrolments that got a place through it."""

    name = "enrolment.withdrawn"
    subject = "enrolment"
    session_id: int
    person_id: int
    moved_up: tuple[int, ...]
