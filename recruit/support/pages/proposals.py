"""How a plan begins: somebody asks for it, or a support lead proposes it and the person answers."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.errors import Conflict, Invalid
from competences.people.reach import Reach
from competences.sealing.rules import KeyRing
from competences.support.commands.plans import agree_plan, decline_plan, propose_plan
from competences.support.rules.bodies import Basis, Raised
from competences.support.rules.proposals import basis_text
from recruit.access import Action
from recruit.support import forms, queries
from recruit.support.pages.plans import plan_again
from recruit.support.rules import basis_name, raised_name
from recruit.web.forms import posted
from recruit.web.render import page, see


@get("/support-plans/new", name="support-plan.new", action=Action.PROPOSE_SUPPORT)
async def new_plan_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    own = reach is not Reach.ALL or request.query_params.get("for") != "colleague"
    return await _new(request, actor, own=own)


async def _new(request: HTMXRequest, actor: Actor, *, own: bool, **context: Any) -> Response[Any]:
    return page(
        request, "support/new.html" if own else "support/propose.html",
        people=await (queries.support_leads(actor) if own else queries.colleagues(actor)), texts=_texts(),
        bases=[(basis.value, basis_name(basis)) for basis in Basis], ways=[(one.value, raised_name(one), "") for one in Raised],
        **context,
    )  # fmt: skip


def _texts() -> dict[Basis, str]:
    return {basis: basis_text(basis) for basis in Basis}


@post("/support-plans", name="support-plan.propose", action=Action.PROPOSE_SUPPORT, status_code=200)
async def propose(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    ring: NamedDependency[KeyRing],
) -> Response[Any]:  # fmt: skip
    form, now = await posted(request), datetime.now(UTC)
    own = reach is not Reach.ALL or form.get("for") != "colleague"
    try:
        if own:
            person_id, draft = actor.person_id or 0, forms.own_proposal(form, _texts())
            leads = list(dict(await queries.support_leads(actor)))
        else:
            (person_id, draft), leads = forms.proposal(form, _texts()), []
        made = await propose_plan(actor, ring, reach, person_id, draft, now, leads)
    except Invalid as error:
        return await _new(request, actor, own=own, values=form, errors=error.fields)
    except Conflict as error:
        return await _new(request, actor, own=own, values=form, status=409, conflict=str(error))
    return see(f"/support-plans/{made.subject_id}")


@post(
    "/support-plans/{plan_id:int}/agreement",
    name="support-plan.agree", action=Action.EDIT_SUPPORT, status_code=200,
)  # fmt: skip
async def agree(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    ring: NamedDependency[KeyRing],
    plan_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    try:
        await agree_plan(actor, ring, plan_id, forms.words(form), datetime.now(UTC))
    except Invalid as error:
        return await plan_again(request, actor, ring, plan_id, form, error)
    return see(f"/support-plans/{plan_id}")


@post(
    "/support-plans/{plan_id:int}/refusal",
    name="support-plan.decline", action=Action.EDIT_SUPPORT, status_code=200,
)  # fmt: skip
async def decline(
    actor: NamedDependency[Actor], ring: NamedDependency[KeyRing], plan_id: FromPath[int]
) -> Response[Any]:
    await decline_plan(actor, ring, plan_id, datetime.now(UTC))
    return see("/support")


router = Router("/", route_handlers=[new_plan_page, propose, agree, decline])
