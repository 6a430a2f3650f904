"""What of the matrix an address asks for: whom, which courses, and how many stand how."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from competences.actor import Actor
from competences.people.reach import Reach
from competences.training.queries import matrix as queries
from competences.training.queries.courses import CourseRow, courses
from competences.training.rules.matrix import Count, Overview, Show, Trainee, counted, feet, shown
from recruit.training.forms.matrix import Asked
from recruit.web.kept import kept


@dataclass(frozen=True, slots=True)
class Everything:
    """All that somebody reaches on a day. `key` says of which state of the database it is."""

    key: tuple[object, ...]
    day: date
    overview: Overview
    offered: tuple[CourseRow, ...]

    @property
    def courses(self) -> tuple[CourseRow, ...]:
        """The courses that somebody needs, did or is booked for."""
        known = self.overview.course_ids
        return tuple(row for row in self.offered if row.id in known)

    @property
    def units(self) -> list[tuple[int, str]]:
        """The units of these people, by name."""
        found = {one.unit_id: one.unit for one in self.overview.people if one.unit_id and one.unit}
        return sorted(((key, name or "") for key, name in found.items()), key=lambda pair: pair[1].casefold())


async def everything(actor: Actor, reach: Reach, day: date) -> Everything:
    """Return it, kept until anything is written or the day is another."""
    key = ("training", *await queries.stamp(), int(reach), actor.person_id, day)

    async def made() -> Everything:
        overview = await queries.overview(actor, reach, day)
        return Everything(key, day, overview, tuple(await courses(actor)))

    return await kept(key, made)


@dataclass(frozen=True, slots=True)
class Selection:
    """The people and courses of a view, before they are paged. Counts and feet are of all who match."""

    people: Sequence[Trainee]
    courses: Sequence[CourseRow]
    count: Count
    feet: Sequence[tuple[int, int]]


def selected(here: Everything, asked: Asked) -> Selection:
    """Return what a view takes in. Words look for people first, and for courses where they find nobody."""
    words = asked.words.casefold()
    people, columns = here.overview.people, here.courses
    if asked.unit:
        people = tuple(one for one in people if one.unit_id == asked.unit)
    if asked.course:
        columns = tuple(row for row in columns if row.id in asked.course)
    if words:
        found = tuple(one for one in people if one.matches(words))
        titled = tuple(row for row in columns if words in f"{row.code} {row.title}".casefold())
        people, columns = (people, titled) if titled and not found else (found, columns)
    ids = None if len(people) == len(here.overview.people) else {one.id for one in people}
    keys = [row.id for row in columns]
    count = counted(here.overview, keys, ids)
    if asked.show is not Show.ALL:
        those, some = shown(here.overview, keys, ids, asked.show)
        people = tuple(one for one in people if one.id in those)
        columns = tuple(row for row in columns if row.id in set(some))
    return Selection(people, columns, count, feet(here.overview, [row.id for row in columns], ids))
