"""A support plan: what was agreed, in one page, for those who are named on it."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import SYSTEM, Actor
from competences.care.queries.arrangements import arrangements_of
from competences.errors import Invalid
from competences.people.reach import Reach
from competences.sealing.rules import KeyRing
from competences.support.commands.reading import PlanView, open_log, open_plan
from competences.support.queries.catalogue import titles
from competences.support.queries.facts import open_suggestions_of
from competences.support.rules.readers import Side
from recruit.access import Action
from recruit.support import rules
from recruit.web.forms import Post
from recruit.web.i18n import today
from recruit.web.lists import page_number
from recruit.web.render import page

SHOWN = 4  # talks; the others fold away


@get("/support-plans/{plan_id:int}", name="support-plan", action=Action.READ_SUPPORT)
async def plan_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    ring: NamedDependency[KeyRing],
    plan_id: FromPath[int],
) -> Response[Any]:
    return await _plan(request, actor, ring, plan_id)


async def plan_again(
    request: HTMXRequest, actor: Actor, ring: KeyRing, plan_id: int, form: Post, error: Invalid
) -> Response[Any]:
    """Return the page of a plan with what was typed on it and what was wrong with it."""
    return await _plan(request, actor, ring, plan_id, values=form, errors=error.fields)


async def _plan(
    request: HTMXRequest, actor: Actor, ring: KeyRing, plan_id: int, **context: Any
) -> Response[Any]:
    view = await open_plan(actor, ring, plan_id, datetime.now(UTC))
    if view.plan.agreed_at is None:
        return page(request, "support/proposal.html", **frame(view), **context)
    found = [] if view.plan.closed_at else await open_suggestions_of(view.plan, view.parts, datetime.now(UTC))
    return page(
        request, "support/plan.html", **frame(view), suggestions=found, shown=SHOWN, told=await _told(view),
        titles=await titles() if found else {}, **context,
    )  # fmt: skip


def frame(view: PlanView) -> dict[str, Any]:
    """Return what each page of a plan needs."""
    plan = view.plan
    return {
        "plan": plan,
        "parts": view.parts,
        "own": plan.side is Side.WORKER,
        "keeps": plan.side is not Side.READER and plan.agreed_at is not None and plan.closed_at is None,
        "today": today(),
        "words": rules,
    }


async def _told(view: PlanView) -> set[int]:
    """Return which arrangements colleagues read now; the worker may have ended one outside of the plan."""
    return {row.id for row in await arrangements_of(SYSTEM, Reach.ALL, [view.plan.person_id], today())}


@get("/support-plans/{plan_id:int}/readings", name="support-plan.readings", action=Action.READ_SUPPORT)
async def readings_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    ring: NamedDependency[KeyRing],
    plan_id: FromPath[int],
) -> Response[Any]:
    before = page_number(request.query_params.get("before")) if "before" in request.query_params else 0
    plan, entries = await open_log(actor, ring, plan_id, datetime.now(UTC), before)
    return page(
        request, "support/readings.html", plan=plan, own=plan.side is Side.WORKER, entries=entries,
        event_name=rules.event_name, older=entries[-1].id if len(entries) == rules.ENTRIES else 0,
    )  # fmt: skip


@get("/support-plans/{plan_id:int}/team-view", name="support-plan.team-view", action=Action.READ_SUPPORT)
async def team_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    ring: NamedDependency[KeyRing],
    plan_id: FromPath[int],
) -> Response[Any]:
    view = await open_plan(actor, ring, plan_id, datetime.now(UTC))
    told = await arrangements_of(SYSTEM, Reach.ALL, [view.plan.person_id], today())
    return page(request, "support/team_view.html", **frame(view), told=told)


router = Router("/", route_handlers=[plan_page, readings_page, team_page])
