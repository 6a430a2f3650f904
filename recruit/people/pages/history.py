"""Levels over time: all that were given, and taking one back with a reason."""

from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.assessments.commands import supersede_level
from competences.assessments.queries import HistoryRow, history_of
from competences.assessments.rules import source_of
from competences.errors import Invalid, NotFound
from competences.people import queries
from competences.people.reach import Reach
from competences.text import _
from recruit.access import Action
from recruit.people import forms
from recruit.people.pages.persons import leads
from recruit.web.forms import posted
from recruit.web.render import page, see


@get("/people/{person_id:int}/levels", name="levels", action=Action.READ_PEOPLE)
async def levels_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    person_id: FromPath[int],
) -> Response[Any]:
    person = await queries.person(actor, reach, person_id)
    rows = await history_of(actor, reach, person_id)
    histories = [list(group) for _key, group in groupby(rows, key=lambda row: (row.framework_id, row.code))]
    return page(
        request, "people/levels.html", person=person, histories=histories, leads=leads(actor, person),
        own=person.id == actor.person_id, source_of=source_of,
    )  # fmt: skip


@get("/people/{person_id:int}/levels/{rating_id:int}", name="level", action=Action.LEAD_PEOPLE)
async def level_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    person_id: FromPath[int],
    rating_id: FromPath[int],
) -> Response[Any]:
    return await _level(request, actor, reach, person_id, rating_id)


async def _level(
    request: HTMXRequest, actor: Actor, reach: Reach, person_id: int, rating_id: int, **context: Any
) -> Response[Any]:
    person = await queries.led(actor, reach, person_id)
    rows = await history_of(actor, reach, person_id)
    row = next((row for row in rows if row.rating_id == rating_id and row.withdrawn_at is None), None)
    if row is None:
        raise NotFound(_("There is no such level."))
    return page(
        request, "people/level.html", person=person, row=row, before=_before(rows, row), source_of=source_of,
        **context,
    )  # fmt: skip


def _before(rows: list[HistoryRow], row: HistoryRow) -> HistoryRow | None:
    """Return the level that counts when `row` does not."""
    same = (
        other
        for other in rows
        if (other.framework_id, other.code) == (row.framework_id, row.code) and other.level is not None
    )
    return next((other for other in same if other is not row and other.withdrawn_at is None), None)


@post(
    "/people/{person_id:int}/levels/{rating_id:int}",
    name="level.supersede", action=Action.LEAD_PEOPLE, status_code=200,
)  # fmt: skip
async def supersede(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    person_id: FromPath[int],
    rating_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    try:
        await supersede_level(actor, reach, person_id, rating_id, forms.reason(form), datetime.now(UTC))
    except Invalid as error:
        return await _level(request, actor, reach, person_id, rating_id, values=form, errors=error.fields)
    return see(f"/people/{person_id}/levels")


router = Router("/", route_handlers=[levels_page, level_page, supersede])
