"""Meetings and safe-space sessions: that they took place, and who was there."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.care.commands import meetings as commands
from competences.care.queries import meetings as queries
from competences.care.rules import labels
from competences.care.rules.choices import Gathering
from competences.errors import Invalid, NotFound
from competences.people.reach import Reach
from competences.text import _
from recruit.access import Action, reach_of
from recruit.care import forms
from recruit.web.forms import Post, posted
from recruit.web.i18n import today
from recruit.web.lists import PAGE, page_number
from recruit.web.render import page, see


@get("/meetings", name="meetings", action=Action.READ_CARE)
async def meetings_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    number = page_number(request.query_params.get("page"))
    rows = await queries.meetings(actor, reach, limit=PAGE + 1, offset=(number - 1) * PAGE)
    units = await queries.units_to_record(actor, reach)
    return page(
        request, "care/meetings.html", rows=rows[:PAGE], number=number,
        pages=number + (len(rows) > PAGE), units=units, all=reach is Reach.ALL, w=labels,
    )  # fmt: skip


@get("/meetings/new", name="meeting.new", action=Action.EDIT_CARE)
async def new_meeting_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    return await _form(request, actor, reach, Post({"unit": [request.query_params.get("unit", "")]}))


async def _form(
    request: HTMXRequest, actor: Actor, reach: Reach, asked: Post, **context: Any
) -> Response[Any]:
    units = await queries.units_to_record(actor, reach)
    unit = asked.row("unit")
    if unit is None and reach is not Reach.ALL:
        if not units:
            raise NotFound(_("There is no such page, or it is not for you."))
        unit = units[0][0]
    people = await queries.could_attend(actor, reach, unit, today())
    return page(
        request, "care/meeting_new.html", units=units, unit=unit, people=people, all=reach is Reach.ALL,
        gatherings=list(Gathering), w=labels, today=today(), **context,
    )  # fmt: skip


@post("/meetings", name="meeting.record", action=Action.EDIT_CARE, status_code=200)
async def record_meeting(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    form = await posted(request)
    try:
        await commands.record_meeting(actor, reach, forms.meeting(form), datetime.now(UTC), today())
    except Invalid as error:
        return await _form(request, actor, reach, form, values=form, errors=error.fields)
    return see("/meetings")


@get("/meetings/{meeting_id:int}", name="meeting", action=Action.READ_CARE)
async def meeting_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    meeting_id: FromPath[int],
) -> Response[Any]:
    return await _meeting(request, actor, reach, meeting_id)


async def _meeting(
    request: HTMXRequest, actor: Actor, reach: Reach, meeting_id: int, **context: Any
) -> Response[Any]:
    row = await queries.meeting(actor, reach, meeting_id)
    edits = reach_of(actor.roles, Action.EDIT_CARE)
    records = row.unit_id in dict(await queries.units_to_record(actor, edits)) or edits is Reach.ALL
    people = await queries.could_attend(actor, edits, row.unit_id, row.held_on) if records else []
    came = await queries.attended(actor, edits, meeting_id) if records else frozenset()
    return page(
        request, "care/meeting.html", row=row, people=people, came=came, records=records, w=labels, **context
    )


@post(
    "/meetings/{meeting_id:int}/attendance",
    name="meeting.attendance", action=Action.EDIT_CARE, status_code=200,
)  # fmt: skip
async def correct_attendance(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    meeting_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    try:
        await commands.correct_attendance(actor, reach, meeting_id, forms.people(form), forms.edition(form))
    except Invalid as error:
        return await _meeting(request, actor, reach, meeting_id, values=form, errors=error.fields)
    return see(f"/meetings/{meeting_id}")


router = Router(
    "/", route_handlers=[meetings_page, new_meeting_page, record_meeting, meeting_page, correct_attendance]
)
