"""Who speaks to the media, and appearances: request, guidance talk, the person's own decision."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.care.commands import media as commands
from competences.care.queries import media as queries
from competences.care.queries.register import in_care
from competences.care.rules import labels
from competences.care.rules.media import Medium
from competences.errors import Invalid
from competences.people.reach import Reach
from recruit.access import Action, reach_of
from recruit.care import forms
from recruit.web.forms import posted
from recruit.web.i18n import today
from recruit.web.lists import PAGE, part_of
from recruit.web.render import page, see


@get("/media", name="media", action=Action.READ_MEDIA)
async def media_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    return await _media(request, actor, reach)


async def _media(request: HTMXRequest, actor: Actor, reach: Reach, **context: Any) -> Response[Any]:
    duties = await queries.spokespersons(today())
    found = await queries.appearances(actor, reach)
    rows, number, pages = part_of(found, request.query_params.get("page"), PAGE)
    edits = reach_of(actor.roles, Action.EDIT_MEDIA)
    people = await in_care(actor, edits, today())
    return page(
        request, "care/media.html", duties=duties, speaks=[one for one in duties if one.from_on <= today()], rows=rows,
        number=number, pages=pages, people=[(one.id, one.name) for one in people],
        ids={one.id for one in people}, w=labels, today=today(), **context,
    )  # fmt: skip


@post("/spokespersons", name="spokesperson.set", action=Action.EDIT_MEDIA, status_code=200)
async def set_spokesperson(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    form = await posted(request)
    try:
        await commands.set_spokesperson(actor, reach, forms.spokesperson(form), today())
    except Invalid as error:
        return await _media(request, actor, reach, values=form, errors=error.fields)
    return see("/media")


@post(
    "/spokespersons/{duty_id:int}/removal",
    name="spokesperson.remove", action=Action.EDIT_MEDIA, status_code=200,
)  # fmt: skip
async def remove_spokesperson(
    actor: NamedDependency[Actor], reach: NamedDependency[Reach], duty_id: FromPath[int]
) -> Response[Any]:
    await commands.remove_spokesperson(actor, reach, duty_id, today())
    return see("/media")


@get("/appearances/new", name="appearance.new", action=Action.EDIT_MEDIA)
async def new_appearance_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    return await _form(request, actor, reach)


async def _form(request: HTMXRequest, actor: Actor, reach: Reach, **context: Any) -> Response[Any]:
    people = await in_care(actor, reach, today())
    return page(
        request, "care/appearance_new.html", people=[(one.id, one.name) for one in people],
        mediums=[(one.value, labels.medium_name(one)) for one in Medium], today=today(), **context,
    )  # fmt: skip


@post("/appearances", name="appearance.ask", action=Action.EDIT_MEDIA, status_code=200)
async def ask_appearance(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    form = await posted(request)
    try:
        event = await commands.ask_appearance(actor, reach, forms.appearance(form), today())
    except Invalid as error:
        return await _form(request, actor, reach, values=form, errors=error.fields)
    return see(f"/appearances/{event.subject_id}")


@get("/appearances/{appearance_id:int}", name="appearance", action=Action.READ_MEDIA)
async def appearance_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    appearance_id: FromPath[int],
) -> Response[Any]:
    return await _appearance(request, actor, reach, appearance_id)


async def _appearance(
    request: HTMXRequest, actor: Actor, reach: Reach, appearance_id: int, **context: Any
) -> Response[Any]:
    row = await queries.appearance(actor, reach, appearance_id)
    own = row.person_id == actor.person_id
    edits = reach_of(actor.roles, Action.EDIT_MEDIA) >= Reach.TEAM and not own
    return page(
        request, "care/appearance.html", row=row, own=own, edits=edits, w=labels, today=today(), **context
    )


@post(
    "/appearances/{appearance_id:int}/guidance",
    name="appearance.guidance", action=Action.EDIT_MEDIA, status_code=200,
)  # fmt: skip
async def record_guidance(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    appearance_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    try:
        day = forms.day(form, "guided_on")
        await commands.record_guidance(actor, reach, appearance_id, day, today())
    except Invalid as error:
        return await _appearance(request, actor, reach, appearance_id, values=form, errors=error.fields)
    return see(f"/appearances/{appearance_id}")


@post(
    "/appearances/{appearance_id:int}/answer",
    name="appearance.answer", action=Action.READ_MEDIA, status_code=200,
)  # fmt: skip
async def answer_appearance(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    appearance_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    await queries.appearance(actor, min(reach, Reach.OWN), appearance_id)
    try:
        await commands.answer_appearance(actor, appearance_id, forms.answer(form), datetime.now(UTC))
    except Invalid as error:
        return await _appearance(request, actor, reach, appearance_id, values=form, errors=error.fields)
    return see(f"/appearances/{appearance_id}")


@post(
    "/appearances/{appearance_id:int}/day",
    name="appearance.day", action=Action.EDIT_MEDIA, status_code=200,
)  # fmt: skip
async def record_appearance(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    appearance_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    try:
        day = forms.day(form, "appeared_on")
        await commands.record_appearance(actor, reach, appearance_id, day, today())
    except Invalid as error:
        return await _appearance(request, actor, reach, appearance_id, values=form, errors=error.fields)
    return see(f"/appearances/{appearance_id}")


router = Router(
    "/",
    route_handlers=[
        media_page, set_spokesperson, remove_spokesperson, new_appearance_page, ask_appearance, appearance_page,
        record_guidance, answer_appearance, record_appearance,
    ],
)  # fmt: skip
