"""One person's training: what is required and until when, what is to come, what was completed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.people import queries as people
from competences.people.reach import Reach
from competences.training.queries import calendar, completions, courses, mine, requests
from competences.training.queries.standing import standings
from competences.training.rules.completions import Counts
from competences.training.rules.standing import CourseStanding, Stands
from recruit.access import Action
from recruit.training.rules.exports import counts_name, origin_name
from recruit.web.i18n import today
from recruit.web.render import page

#: What waits for somebody, most pressing first; Stands is in that order.
_PRESSING = list(Stands)


@dataclass(frozen=True, slots=True)
class Required:
    """A course that is required of somebody, and how they stand towards it."""

    course_id: int
    code: str
    title: str
    standing: CourseStanding
    stands: Stands


@get("/people/{person_id:int}/training", name="my-training", action=Action.READ_TRAINING)
async def training_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    person_id: FromPath[int],
) -> Response[Any]:
    day, now = today(), datetime.now(UTC)
    person = await people.person(actor, reach, person_id)
    own = person.id == actor.person_id
    done = await completions.completions_of(actor, reach, person_id, day)
    current, other = _parted(done, day)
    return page(
        request, "my_training/my_training.html", person=person, own=own, today=day, current=current, other=other,
        required=await _required(actor, reach, person_id, day), counts_name=counts_name, origin_name=origin_name,
        booked=await mine.booked(actor, reach, person_id, now), alone=reach is Reach.OWN,
        requests=await requests.requests_of(actor, reach, person_id),
        link_made=await calendar.calendar_link_made(actor) if own else None,
        handed_in="handed-in" in request.query_params,
    )  # fmt: skip


async def _required(actor: Actor, reach: Reach, person_id: int, day: date) -> list[Required]:
    """Return what is required of somebody, most pressing first; of equals, what ends or is due first."""
    names = {row.id: row for row in await courses.courses(actor)}
    rows = [
        Required(row.course_id, names[row.course_id].code, names[row.course_id].title, row, row.stands(day))
        for row in await standings(actor, reach, day, [person_id])
        if row.required and row.course_id in names
    ]
    return sorted(
        rows,
        key=lambda row: (
            _PRESSING.index(row.stands),
            row.standing.expires_on or row.standing.due_on or date.max,
            row.code,
        ),
    )


def _parted(
    done: Iterable[completions.CompletionRow], day: date
) -> tuple[list[completions.CompletionRow], list[completions.CompletionRow]]:
    """Return the latest completion of each course, with what waits to be checked; and all others."""
    current: list[completions.CompletionRow] = []
    other: list[completions.CompletionRow] = []
    seen: set[int] = set()
    for row in done:
        counts = row.counts(day)
        shown = counts is Counts.WAITS or (counts is not Counts.WITHDRAWN and row.course_id not in seen)
        (current if shown else other).append(row)
        if shown and counts is not Counts.WAITS:
            seen.add(row.course_id)
    return current, other


router = Router("/", route_handlers=[training_page])
