"""Incidents: what is owed to whom afterwards, with the hours that are left."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.care.commands import incidents as commands
from competences.care.queries import incidents as queries
from competences.care.queries.register import in_care
from competences.care.rules import labels
from competences.care.rules.choices import Incident
from competences.care.rules.incidents import hours_left
from competences.errors import Invalid
from competences.people.reach import Reach
from recruit.access import Action, reach_of
from recruit.care import forms
from recruit.web.forms import posted
from recruit.web.i18n import local, today
from recruit.web.lists import PAGE, page_number
from recruit.web.render import page, see


@get("/incidents", name="incidents", action=Action.READ_CARE)
async def incidents_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    now = local(datetime.now(UTC))
    number, only_open = (
        page_number(request.query_params.get("page")),
        request.query_params.get("show") == "open",
    )
    rows = await queries.concerned(
        actor, reach, now.tzinfo, only_open=only_open, limit=PAGE + 1, offset=(number - 1) * PAGE
    )
    return page(
        request, "care/incidents.html", rows=rows[:PAGE], number=number, pages=number + (len(rows) > PAGE),
        only_open=only_open, edits=reach_of(actor.roles, Action.EDIT_CARE) >= Reach.TEAM, w=labels,
        hours_left=hours_left, today=now.date(),
    )  # fmt: skip


@get("/incidents/new", name="incident.new", action=Action.EDIT_CARE)
async def new_incident_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    return await _form(request, actor, reach)


async def _form(request: HTMXRequest, actor: Actor, reach: Reach, **context: Any) -> Response[Any]:
    people = await in_care(actor, reach, today())
    return page(
        request, "care/incident_new.html", people=people, kinds=list(Incident), w=labels, **context,
    )  # fmt: skip


@post("/incidents", name="incident.record", action=Action.EDIT_CARE, status_code=200)
async def record_incident(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    form = await posted(request)
    try:
        await commands.record_incident(actor, reach, forms.incident(form), datetime.now(UTC), today())
    except Invalid as error:
        return await _form(request, actor, reach, values=form, errors=error.fields)
    return see("/incidents?show=open")


@get("/debriefs/{concerned_id:int}", name="debrief", action=Action.READ_CARE)
async def debrief_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    concerned_id: FromPath[int],
) -> Response[Any]:
    return await _debrief(request, actor, reach, concerned_id)


async def _debrief(
    request: HTMXRequest, actor: Actor, reach: Reach, concerned_id: int, **context: Any
) -> Response[Any]:
    now = local(datetime.now(UTC))
    row = await queries.concerned_one(actor, reach, now.tzinfo, concerned_id)
    edits = reach_of(actor.roles, Action.EDIT_CARE) >= Reach.TEAM and row.person_id != actor.person_id
    return page(
        request, "care/debrief.html", row=row, edits=edits, w=labels, today=now.date(),
        hours_left=hours_left, **context,
    )  # fmt: skip


@post("/debriefs/{concerned_id:int}", name="debrief.record", action=Action.EDIT_CARE, status_code=200)
async def record_debrief(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    concerned_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    try:
        at = forms.moment(form, "at")
        await commands.record_debrief(actor, reach, concerned_id, at, datetime.now(UTC))
    except Invalid as error:
        return await _debrief(request, actor, reach, concerned_id, values=form, errors=error.fields)
    return see(f"/debriefs/{concerned_id}")


@post(
    "/debriefs/{concerned_id:int}/check-in",
    name="debrief.check-in", action=Action.EDIT_CARE, status_code=200,
)  # fmt: skip
async def record_check_in(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    concerned_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    try:
        await commands.record_check_in(
            actor, reach, concerned_id, forms.day(form, "on"), local(datetime.now(UTC))
        )
    except Invalid as error:
        return await _debrief(request, actor, reach, concerned_id, values=form, errors=error.fields)
    return see(f"/debriefs/{concerned_id}")


router = Router(
    "/",
    route_handlers=[
        incidents_page, new_incident_page, record_incident, debrief_page, record_debrief, record_check_in,
    ],
)  # fmt: skip
