"""Emergency access: for support leads, with a reason, for a day, told at once to the person and to privacy officers."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.errors import Conflict, Invalid
from competences.sealing.rules import KeyRing
from competences.support.commands.emergencies import break_glass, see_notice
from competences.support.queries.notices import notices
from recruit.access import Action
from recruit.support import forms, queries
from recruit.web.forms import posted
from recruit.web.render import page, see


@get("/emergency-access", name="emergency-access", action=Action.BREAK_GLASS)
async def emergency_page(request: HTMXRequest, actor: NamedDependency[Actor]) -> Response[Any]:
    return await _emergency(request, actor)


async def _emergency(request: HTMXRequest, actor: Actor, **context: Any) -> Response[Any]:
    return page(request, "support/emergency.html", people=await queries.colleagues(actor), **context)


@post("/emergency-access", name="emergency-access.open", action=Action.BREAK_GLASS, status_code=200)
async def open_in_emergency(
    request: HTMXRequest, actor: NamedDependency[Actor], ring: NamedDependency[KeyRing]
) -> Response[Any]:
    form = await posted(request)
    try:
        plan_id = await break_glass(actor, ring, *forms.emergency(form), datetime.now(UTC))
    except Invalid as error:
        return await _emergency(request, actor, values=form, errors=error.fields)
    except Conflict as error:
        return await _emergency(request, actor, values=form, status=409, conflict=str(error))
    if plan_id is None:
        return page(request, "support/nothing.html")
    return see(f"/support-plans/{plan_id}")


@get("/notices", name="notices", action=Action.USE_ACCOUNT)
async def notices_page(request: HTMXRequest, actor: NamedDependency[Actor]) -> Response[Any]:
    return page(request, "support/notices.html", notices=await notices(actor))


@post("/notices/{notice_id:int}", name="notice.see", action=Action.USE_ACCOUNT, status_code=200)
async def take_note(actor: NamedDependency[Actor], notice_id: FromPath[int]) -> Response[Any]:
    await see_notice(actor, notice_id, datetime.now(UTC))
    return see("/notices")


router = Router("/", route_handlers=[emergency_page, open_in_emergency, notices_page, take_note])
