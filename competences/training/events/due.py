"""What the log says of invitations from the due board."""

from dataclasses import dataclass

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleInvited(Event):
    """People for whom a course is due were put on the list of a session that was planned already."""

    name = "people.invited"
    subject = "course_session"
    person_ids: tuple[int, ...]
    booked: int
    waiting: int
