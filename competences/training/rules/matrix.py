"""How many stand how towards which course: what matrix and due board count, filter and list."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

#: Within how many days the matrix says that something ends soon.
SOON = 60


class State(StrEnum):
    """How somebody stands towards a course. The first seven are of required courses, and each is in one of them."""

    EXPIRED = "expired"
    OVERDUE = "overdue"
    TO_DO = "to-do"
    IN_30 = "in-30"  # in date, and ends within 30 days
    IN_60 = "in-60"  # within 31 to 60
    IN_90 = "in-90"  # within 61 to 90
    IN_DATE = "in-date"
    BOOKED = "booked"  # beside any
    OTHER = "other"  # done at some time, and not required


REQUIRED = frozenset(list(State)[:7])
NOT_DONE = frozenset({State.OVERDUE, State.TO_DO})
ENDING = frozenset({State.IN_30, State.IN_60})
VALID = ENDING | {State.IN_90, State.IN_DATE}


class Show(StrEnum):
    """What of the matrix somebody wants to see."""

    ALL = ""
    ACTION = "action"
    EXPIRED = "expired"
    NOT_DONE = "not-done"
    ENDING = "ending"
    BOOKED = "booked"
    IN_DATE = "in-date"


#: The states of each; ALL shows people and courses without any as well.
SHOWN: Mapping[Show, frozenset[State]] = {
    Show.ALL: frozenset(),
    Show.ACTION: frozenset({State.EXPIRED}) | NOT_DONE | ENDING,
    Show.EXPIRED: frozenset({State.EXPIRED}),
    Show.NOT_DONE: NOT_DONE,
    Show.ENDING: ENDING,
    Show.BOOKED: frozenset({State.BOOKED}),
    Show.IN_DATE: VALID,
}


@dataclass(frozen=True, slots=True)
class Trainee:
    """Somebody who works here on the day."""

    id: int
    name: str
    post: str
    unit_id: int | None
    unit: str | None

    def matches(self, words: str) -> bool:
        """Whether a name or post has these words, in small letters."""
        return words in self.name.casefold() or words in self.post.casefold()


@dataclass(frozen=True, slots=True)
class Overview:
    """Everybody by name, and for each course who is in which state. Made once, asked for any filter."""

    people: tuple[Trainee, ...]
    groups: Mapping[tuple[int, State], tuple[int, ...]]

    @property
    def course_ids(self) -> set[int]:
        """The courses that somebody needs, did or is booked for."""
        return {course for course, _state in self.groups}

    def among(self, course_id: int, states: Iterable[State], people: Collection[int] | None) -> set[int]:
        """Return who is in one of some states towards a course; of everybody where `people` is None."""
        found: set[int] = set()
        for state in states:
            found.update(self.groups.get((course_id, state), ()))
        return found if people is None else found.intersection(people)

    def count(
        self, course_ids: Iterable[int], states: Collection[State], people: Collection[int] | None
    ) -> int:
        """Return how many pairs of people and courses are in one of some states; each counts once."""
        if people is None and len(states) <= 1:
            return sum(len(self.groups.get((key, state), ())) for key in course_ids for state in states)
        return sum(len(self.among(key, states, people)) for key in course_ids)


def never_done(
    needs: Iterable[tuple[int, Mapping[int, date | None], int]],
    done: Mapping[tuple[int, State], Collection[int]],
    today: date,
) -> dict[tuple[int, State], tuple[int, ...]]:
    """Return who never did a course that is required of them: overdue, or still in time.

    Args:
        needs: A course, of whom it is required, each with the day from which it counts or None, and the days that
            they have. A course may come several times, each time with other people.
        done: Who did which course, in groups.
    """
    found: dict[tuple[int, State], list[int]] = {}
    did: dict[int, set[int]] = {}
    for (course, state), ids in done.items():
        if state in REQUIRED:
            did.setdefault(course, set()).update(ids)
    for course, people, days in needs:
        last = today - timedelta(days)
        for person in people.keys() - did.get(course, set()):
            since = people[person]
            late = State.OVERDUE if since is not None and since < last else State.TO_DO
            found.setdefault((course, late), []).append(person)
    return {key: tuple(ids) for key, ids in found.items()}


@dataclass(frozen=True, slots=True)
class Count:
    """What stands above the matrix: pairs of people and courses."""

    expired: int
    not_done: int
    ending: int
    booked: int
    in_date: int
    required: int


def counted(overview: Overview, course_ids: Collection[int], people: Collection[int] | None) -> Count:
    """Count pairs of some courses and people; of everybody where `people` is None."""

    def pairs(states: frozenset[State]) -> int:
        return overview.count(course_ids, states, people)

    return Count(
        pairs(SHOWN[Show.EXPIRED]), pairs(NOT_DONE), pairs(ENDING), pairs(SHOWN[Show.BOOKED]), pairs(VALID), pairs(REQUIRED)
    )  # fmt: skip


def feet(
    overview: Overview, course_ids: Iterable[int], people: Collection[int] | None
) -> list[tuple[int, int]]:
    """Return for each course how many are in date, of how many of whom it is required."""
    return [
        (len(overview.among(key, VALID, people)), len(overview.among(key, REQUIRED, people)))
        for key in course_ids
    ]


def shown(
    overview: Overview, course_ids: Iterable[int], people: Collection[int] | None, show: Show
) -> tuple[set[int], list[int]]:
    """Return the people and the courses that have at least one cell of what somebody wants to see."""
    by_course = {key: overview.among(key, SHOWN[show], people) for key in course_ids}
    return set().union(*by_course.values()), [key for key, found in by_course.items() if found]
