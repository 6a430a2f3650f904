"""What the log says of attendance."""

from dataclasses import dataclass

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceTaken(Event):
    """It was written down of some on the list whether they were there on a day."""

    name = "attendance.taken"
    subject = "course_session"
    day_id: int
    enrolments: tuple[int, ...]
