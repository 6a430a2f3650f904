"""What the log says of requests for courses. Why somebody asks, and what was answered, is not in it."""

from dataclasses import dataclass

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseRequested(Event):
    """Somebody asked for a course."""

    name = "course-request.made"
    subject = "course_request"
    person_id: int
    course_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseRequestAnswered(Event):
    """A line manager answered a request for a course."""

    name = "course-request.answered"
    subject = "course_request"
    person_id: int
    course_id: int
    approved: bool
