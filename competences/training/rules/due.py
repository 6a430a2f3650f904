"""What is due of a course, in sections: each person is in one at most."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from competences.training.rules.matrix import Overview, State


class Section(StrEnum):
    """Sections of the board, most pressing first."""

    EXPIRED = "expired"
    OVERDUE = "overdue"  # never done, and the day by which it should be has passed
    IN_30 = "in-30"
    IN_60 = "in-60"
    IN_90 = "in-90"
    TO_DO = "to-do"  # never done, still in time
    WAITING = "waiting"  # another course comes first
    ASKED = "asked"  # not due, but asked for and approved


_OF_STATE = {
    Section.EXPIRED: State.EXPIRED,
    Section.OVERDUE: State.OVERDUE,
    Section.IN_30: State.IN_30,
    Section.IN_60: State.IN_60,
    Section.IN_90: State.IN_90,
    Section.TO_DO: State.TO_DO,
}
_MAY_WAIT = (Section.EXPIRED, Section.OVERDUE, Section.TO_DO)


def sections(
    overview: Overview,
    course_id: int,
    waiting: Mapping[int, Collection[int]],
    asked: Mapping[int, Collection[int]],
    people: Collection[int] | None = None,
) -> dict[Section, set[int]]:
    """Return who is in which section of a course.

    Args:
        waiting: By course, of whom another course has to come first.
        asked: By course, who asked for it, was told yes and is on no list yet.
        people: Of these; None for everybody in the overview.
    """
    found = {section: overview.among(course_id, (state,), people) for section, state in _OF_STATE.items()}
    waits = set(waiting.get(course_id, ()))
    found[Section.WAITING] = set().union(*(found[section] & waits for section in _MAY_WAIT))
    for section in _MAY_WAIT:
        found[section] -= waits
    listed = set().union(*found.values())
    known = {one.id for one in overview.people} if people is None else set(people)
    found[Section.ASKED] = set(asked.get(course_id, ())) & known - listed
    return found
