"""Who keeps a plan, what it rests on, and how it ends."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.errors import Invalid
from competences.sealing.rules import Changed, KeyLost, KeyRing
from competences.support.commands.plans import change_lead, close_plan, withdraw_consent
from competences.support.queries.plans import own_places
from competences.support.rules.readers import Side
from recruit.access import Action
from recruit.support import forms, queries
from recruit.support.pages.keeping import show, write
from recruit.web.forms import posted
from recruit.web.render import page, see


@get("/support-plans/{plan_id:int}/lead", name="support-plan.lead", action=Action.EDIT_SUPPORT)
async def lead_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    ring: NamedDependency[KeyRing],
    plan_id: FromPath[int],
) -> Response[Any]:
    return await show(request, actor, ring, plan_id, "lead", people=await queries.support_leads(actor))


@post(
    "/support-plans/{plan_id:int}/lead",
    name="support-plan.change-lead", action=Action.EDIT_SUPPORT, status_code=200,
)  # fmt: skip
async def save_lead(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    ring: NamedDependency[KeyRing],
    plan_id: FromPath[int],
) -> Response[Any]:
    people = await queries.support_leads(actor)
    return await write(request, actor, ring, plan_id, "lead", lambda form: change_lead(
        actor, ring, plan_id, forms.lead(form, people), datetime.now(UTC), dict(people)
    ), people=people)  # fmt: skip


@get("/support-plans/{plan_id:int}/consent", name="support-consent", action=Action.READ_SUPPORT)
async def consent_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    ring: NamedDependency[KeyRing],
    plan_id: FromPath[int],
) -> Response[Any]:
    try:
        return await show(request, actor, ring, plan_id, "consent")
    except (KeyLost, Changed) as error:
        own = [one for one in await own_places(actor, datetime.now(UTC)) if one.side is Side.WORKER]
        if not any(one.id == plan_id and one.agreed and not one.closed for one in own):
            raise
        return page(request, "support/withdraw.html", plan_id=plan_id, why=str(error))


@post(
    "/support-plans/{plan_id:int}/withdrawal",
    name="support-consent.withdraw", action=Action.EDIT_SUPPORT, status_code=200,
)  # fmt: skip
async def withdraw(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    ring: NamedDependency[KeyRing],
    plan_id: FromPath[int],
) -> Response[Any]:
    months = request.app.state.settings.support_months
    await withdraw_consent(actor, ring, plan_id, datetime.now(UTC), months)
    return see("/support")


@post(
    "/support-plans/{plan_id:int}/closing",
    name="support-plan.close", action=Action.EDIT_SUPPORT, status_code=200,
)  # fmt: skip
async def close(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    ring: NamedDependency[KeyRing],
    plan_id: FromPath[int],
) -> Response[Any]:
    form, months = await posted(request), request.app.state.settings.support_months
    try:
        await close_plan(actor, ring, plan_id, forms.ended(form), datetime.now(UTC), months)
    except Invalid as error:
        return await show(request, actor, ring, plan_id, "consent", values=form, errors=error.fields)
    return see("/support")


router = Router("/", route_handlers=[lead_page, save_lead, consent_page, withdraw, close])
