"""What one's colleagues are told of how one works. Everybody may say it, with or without a plan: so it tells of none."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.care.commands.arrangements import end_arrangement, set_arrangement
from competences.care.queries.arrangements import arrangements_of
from competences.errors import Invalid
from competences.people.reach import Reach
from recruit.access import Action
from recruit.support import forms
from recruit.web.forms import posted
from recruit.web.i18n import today
from recruit.web.render import page, see


@get("/arrangements", name="arrangements", action=Action.PROPOSE_SUPPORT)
async def arrangements_page(request: HTMXRequest, actor: NamedDependency[Actor]) -> Response[Any]:
    return await _arrangements(request, actor)


async def _arrangements(request: HTMXRequest, actor: Actor, **context: Any) -> Response[Any]:
    mine = [actor.person_id] if actor.person_id else []
    rows = await arrangements_of(actor, Reach.OWN, mine, today())
    return page(request, "support/arrangements.html", rows=rows, today=today(), **context)


@post("/arrangements", name="arrangement.set", action=Action.PROPOSE_SUPPORT, status_code=200)
async def create_arrangement(request: HTMXRequest, actor: NamedDependency[Actor]) -> Response[Any]:
    form = await posted(request)
    try:
        words, until_on = forms.arrangement(form)
        await set_arrangement(
            actor,
            words,
            today(),
            datetime.now(UTC),
            about_cases=form.ticked("about_cases"),
            until_on=until_on,
        )
    except Invalid as error:
        return await _arrangements(request, actor, values=form, errors=error.fields)
    return see("/arrangements")


@post(
    "/arrangements/{arrangement_id:int}/ending",
    name="arrangement.end", action=Action.PROPOSE_SUPPORT, status_code=200,
)  # fmt: skip
async def stop_arrangement(actor: NamedDependency[Actor], arrangement_id: FromPath[int]) -> Response[Any]:
    await end_arrangement(actor.person_id or 0, arrangement_id, today())
    return see("/arrangements")


router = Router("/", route_handlers=[arrangements_page, create_arrangement, stop_arrangement])
