"""Development plans: the plan of a person, and each step of it."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.errors import Invalid
from competences.gaps.queries import standing
from competences.gaps.rules.standing import Gap
from competences.gaps.rules.steps import Suggestion, suggestions
from competences.people.queries import PersonView
from competences.people.queries import person as person_of
from competences.people.reach import Reach
from competences.plans import commands, queries
from competences.plans.rules import STEPS, ActionDraft, source_name, step_name
from competences.role_profiles.queries import role_of
from competences.training.queries.courses import catalogue
from recruit.access import Action, reach_of
from recruit.plans import forms
from recruit.web.forms import posted
from recruit.web.i18n import today
from recruit.web.render import page, see


@get("/people/{person_id:int}/plan", name="plan", action=Action.READ_PEOPLE)
async def plan_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    person_id: FromPath[int],
) -> Response[Any]:
    person = await person_of(actor, reach, person_id)
    plan = await queries.actions_of(actor, reach, person_id)
    return page(
        request, "plans/plan.html", person=person, plan=plan, own=person.id == actor.person_id, today=today(),
        step_name=step_name, source_name=source_name,
    )  # fmt: skip


@get("/people/{person_id:int}/plan/new", name="plan-action.new", action=Action.EDIT_PLAN)
async def new_action_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    person_id: FromPath[int],
) -> Response[Any]:
    return await _new(request, actor, reach, person_id)


async def _new(
    request: HTMXRequest, actor: Actor, reach: Reach, person_id: int, **context: Any
) -> Response[Any]:
    person = await person_of(actor, reach, person_id)
    gaps = await _gaps(actor, reach, person_id)
    typed = request.query_params.get("competence", "")
    gap = next((row for row in gaps if str(row.asked.competence_id) == typed), None)
    offered = suggestions(gap, await catalogue()) if gap else []
    return page(
        request, "plans/new.html", person=person, own=person.id == actor.person_id, gap=gap,
        suggestions=offered, draft=_draft(person, gap, offered, request.query_params.get("suggestion", "")),
        competences=_competences(gaps), owners=_owners(person), steps=_steps(), step_name=step_name, **context,
    )  # fmt: skip


async def _gaps(actor: Actor, reach: Reach, person_id: int) -> list[Gap]:
    day = today()
    role = await role_of(actor, reach, person_id, day)
    return (await standing(actor, reach, person_id, role.profile_id if role else None, day)).role


def _draft(person: PersonView, gap: Gap | None, offered: list[Suggestion], typed: str) -> ActionDraft:
    """Return what the form begins with: the suggestion that was followed, if any."""
    chosen = next((row for place, row in enumerate(offered, 1) if str(place) == typed), None)
    return ActionDraft(
        gap.asked.competence_id if gap else None, chosen.step if chosen else "", "gap",
        chosen.what if chosen else "", person.id, None,
    )  # fmt: skip


def _competences(gaps: list[Gap]) -> list[tuple[int, str]]:
    return [(row.asked.competence_id, row.asked.name) for row in gaps]


def _owners(person: PersonView) -> list[tuple[int, str]]:
    """Return who may see to a step: the two who read the plan."""
    manager = [(person.manager_id, person.manager or "")] if person.manager_id else []
    return [(person.id, person.name), *manager]


def _steps() -> list[tuple[str, str]]:
    return [(key, step_name(key)) for key in STEPS]


@post("/people/{person_id:int}/plan", name="plan-action.create", action=Action.EDIT_PLAN, status_code=200)
async def create_action(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    person_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    try:
        await commands.add_action(actor, reach, person_id, forms.action(form, "gap"), datetime.now(UTC))
    except Invalid as error:
        return await _new(request, actor, reach, person_id, values=form, errors=error.fields)
    return see(f"/people/{person_id}")


@get("/plan-actions/{action_id:int}", name="plan-action", action=Action.READ_PEOPLE)
async def action_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    action_id: FromPath[int],
) -> Response[Any]:
    return await _action(request, actor, reach, action_id)


async def _action(
    request: HTMXRequest, actor: Actor, reach: Reach, action_id: int, **context: Any
) -> Response[Any]:
    row = await queries.action(actor, reach, action_id)
    person = await person_of(actor, reach, row.person_id)
    return page(
        request, "plans/action.html", row=row, own=person.id == actor.person_id, today=today(),
        draft=ActionDraft(row.competence_id, row.step, row.source, row.what, row.owner_id, row.due_on),
        competences=_with(_competences(await _gaps(actor, reach, person.id)), row.competence_id, row.competence),
        owners=_with(_owners(person), row.owner_id, row.owner), steps=_steps(), step_name=step_name,
        source_name=source_name, editing=bool(reach_of(actor.roles, Action.EDIT_PLAN)), **context,
    )  # fmt: skip


def _with(options: list[tuple[int, str]], key: int | None, label: str | None) -> list[tuple[int, str]]:
    """Return the options with the one that is chosen already."""
    known = key is None or key in dict(options)
    return options if known or key is None else [*options, (key, label or "")]


@post("/plan-actions/{action_id:int}", name="plan-action.save", action=Action.EDIT_PLAN, status_code=200)
async def save_action(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    action_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    row = await queries.action(actor, reach, action_id)
    try:
        await commands.change_action(actor, reach, action_id, forms.action(form, row.source))
    except Invalid as error:
        return await _action(request, actor, reach, action_id, values=form, errors=error.fields)
    return see(f"/plan-actions/{action_id}")


@post(
    "/plan-actions/{action_id:int}/ending",
    name="plan-action.end", action=Action.EDIT_PLAN, status_code=200,
)  # fmt: skip
async def end_action(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    action_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    try:
        await commands.end_action(actor, reach, action_id, forms.ending(form), datetime.now(UTC))
    except Invalid as error:
        return await _action(request, actor, reach, action_id, values=form, errors=error.fields)
    return see(f"/plan-actions/{action_id}")


router = Router(
    "/",
    route_handlers=[plan_page, new_action_page, create_action, action_page, save_action, end_action],
)
