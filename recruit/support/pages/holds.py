"""A legal hold: whatever support keeps of somebody is not deleted until a day. It says nothing of whether there is any."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.errors import Invalid
from competences.people.reach import Reach
from competences.support.commands.deletion import set_hold
from recruit.access import Action
from recruit.support import forms, queries
from recruit.web.forms import posted
from recruit.web.render import page, see


@get("/legal-holds", name="legal-holds", action=Action.HOLD_SUPPORT)
async def holds_page(request: HTMXRequest, actor: NamedDependency[Actor]) -> Response[Any]:
    return await _holds(request, actor)


async def _holds(request: HTMXRequest, actor: Actor, **context: Any) -> Response[Any]:
    done = "set" in request.query_params
    return page(request, "support/holds.html", people=await queries.everybody(actor), done=done, **context)


@post("/legal-holds", name="legal-hold.set", action=Action.HOLD_SUPPORT, status_code=200)
async def save_hold(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    form = await posted(request)
    try:
        person_id, until = forms.hold(form)
        await set_hold(actor, reach, person_id, until, datetime.now(UTC))
    except Invalid as error:
        return await _holds(request, actor, values=form, errors=error.fields)
    return see("/legal-holds?set=1")


router = Router("/", route_handlers=[holds_page, save_hold])
