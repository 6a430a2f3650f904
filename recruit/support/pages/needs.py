"""Needs of a plan: taken up, answered by the worker, looked at again, ended."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.errors import Invalid
from competences.sealing.rules import KeyRing
from competences.support.commands.needs import answer_need, end_need, review_need, take_need
from competences.support.queries.catalogue import offered
from recruit.access import Action
from recruit.support import forms
from recruit.support.pages.keeping import show, write
from recruit.support.pages.plans import plan_again
from recruit.web.forms import posted
from recruit.web.render import see


@get("/support-plans/{plan_id:int}/needs/new", name="support-need.new", action=Action.EDIT_SUPPORT)
async def new_need_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    ring: NamedDependency[KeyRing],
    plan_id: FromPath[int],
) -> Response[Any]:
    chosen = request.query_params.get("need", "")
    return await show(request, actor, ring, plan_id, "need", offered=await offered(), chosen=chosen)


@post(
    "/support-plans/{plan_id:int}/needs",
    name="support-need.take",
    action=Action.EDIT_SUPPORT,
    status_code=200,
)
async def create_need(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    ring: NamedDependency[KeyRing],
    plan_id: FromPath[int],
) -> Response[Any]:
    return await write(request, actor, ring, plan_id, "need", lambda form: take_need(
        actor, ring, plan_id, forms.need(form), datetime.now(UTC)
    ), offered=await offered(), chosen="")  # fmt: skip


@post(
    "/support-plans/{plan_id:int}/needs/{plan_need_id:int}",
    name="support-need.answer", action=Action.EDIT_SUPPORT, status_code=200,
)  # fmt: skip
async def save_need(
    request: HTMXRequest, actor: NamedDependency[Actor], ring: NamedDependency[KeyRing],
    plan_id: FromPath[int], plan_need_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    """What the worker says, that it was looked at, or its end: the button says which."""
    form, now = await posted(request), datetime.now(UTC)
    how, edition = form.get("how"), forms.edition(form)
    try:
        if how == "review":
            await review_need(actor, ring, plan_id, plan_need_id, forms.next_day(form), now, edition=edition)
        elif how == "end":
            await end_need(actor, ring, plan_id, plan_need_id, now, edition=edition)
        else:
            said = forms.answer(form)
            await answer_need(
                actor, ring, plan_id, plan_need_id, said, now, agreed=how == "agree", edition=edition
            )
    except Invalid as error:
        return await plan_again(request, actor, ring, plan_id, form, error)
    return see(f"/support-plans/{plan_id}")


router = Router("/", route_handlers=[new_need_page, create_need, save_need])
