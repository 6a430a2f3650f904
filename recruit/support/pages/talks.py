"""Check-ins, early talks and ways back; and who may read a plan beside the two who keep it."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.sealing.rules import KeyRing
from competences.support.commands.check_ins import record_check_in
from competences.support.commands.readers import agree_reader, end_reader, name_reader
from recruit.access import Action
from recruit.support import forms, queries
from recruit.support.pages.keeping import show, write
from recruit.web.forms import posted
from recruit.web.render import see


@get("/support-plans/{plan_id:int}/check-ins/new", name="support-check-in.new", action=Action.EDIT_SUPPORT)
async def new_check_in_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    ring: NamedDependency[KeyRing],
    plan_id: FromPath[int],
) -> Response[Any]:
    kind = request.query_params.get("kind", "")
    return await show(request, actor, ring, plan_id, "check_in", kind=kind)


@post(
    "/support-plans/{plan_id:int}/check-ins",
    name="support-check-in.record", action=Action.EDIT_SUPPORT, status_code=200,
)  # fmt: skip
async def create_check_in(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    ring: NamedDependency[KeyRing],
    plan_id: FromPath[int],
) -> Response[Any]:
    return await write(request, actor, ring, plan_id, "check_in", lambda form: record_check_in(
        actor, ring, plan_id, forms.talk(form), datetime.now(UTC)
    ), kind="")  # fmt: skip


@get("/support-plans/{plan_id:int}/readers/new", name="support-reader.new", action=Action.EDIT_SUPPORT)
async def new_reader_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    ring: NamedDependency[KeyRing],
    plan_id: FromPath[int],
) -> Response[Any]:
    people = await queries.colleagues(actor)
    return await show(request, actor, ring, plan_id, "reader", people=people)


@post(
    "/support-plans/{plan_id:int}/readers",
    name="support-reader.name", action=Action.EDIT_SUPPORT, status_code=200,
)  # fmt: skip
async def create_reader(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    ring: NamedDependency[KeyRing],
    plan_id: FromPath[int],
) -> Response[Any]:
    people = await queries.colleagues(actor)
    return await write(request, actor, ring, plan_id, "reader", lambda form: name_reader(
        actor, ring, plan_id, *forms.reader(form), datetime.now(UTC)
    ), people=people)  # fmt: skip


@post(
    "/support-plans/{plan_id:int}/readers/{reader_id:int}",
    name="support-reader.answer", action=Action.EDIT_SUPPORT, status_code=200,
)  # fmt: skip
async def answer_reader(
    request: HTMXRequest, actor: NamedDependency[Actor], ring: NamedDependency[KeyRing],
    plan_id: FromPath[int], reader_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    """Agree to a reader, or end their reading: the button says which."""
    agreed = (await posted(request)).get("answer") == "yes"
    await (agree_reader if agreed else end_reader)(actor, ring, plan_id, reader_id, datetime.now(UTC))
    return see(f"/support-plans/{plan_id}")


router = Router(
    "/",
    route_handlers=[new_check_in_page, create_check_in, new_reader_page, create_reader, answer_reader],
)
