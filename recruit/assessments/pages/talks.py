"""The talk of two: both views side by side, what they agree, actions, and that both confirm."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.assessments.commands import talks as commands
from competences.assessments.queries import levels_of
from competences.assessments.queries.places import side
from competences.assessments.queries.sealed import views_of, why_sealed
from competences.assessments.queries.talks import talk_of
from competences.assessments.rules import Mark, Sheet
from competences.assessments.rules.rounds import Place
from competences.assessments.rules.talks import differences_first, missing
from competences.errors import Invalid
from competences.people.reach import Reach
from competences.plans.commands import add_action
from competences.plans.queries import actions_of
from competences.plans.rules import STEPS, ActionDraft, step_name
from recruit.access import Action, reach_of
from recruit.assessments import forms
from recruit.web.forms import posted
from recruit.web.i18n import today
from recruit.web.ratings import Save, autosaved, save_touched
from recruit.web.render import page, see


@get("/talks/{participant_id:int}", name="talk", action=Action.ASSESS)
async def talk_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    participant_id: FromPath[int],
) -> Response[Any]:
    return await _talk(request, actor, reach, participant_id)


async def _talk(
    request: HTMXRequest, actor: Actor, reach: Reach, participant_id: int, **context: Any
) -> Response[Any]:
    here = await side(actor, reach, participant_id)
    if not here.lifted:
        return page(
            request, "talks/not_yet.html", here=here, why=why_sealed(here), status=409 if context else 200
        )
    items = await views_of(actor, reach, participant_id)
    talk = await talk_of(here)
    context.setdefault("stale", {})
    return page(
        request, "talks/confirmed.html" if talk.confirmed else "talks/talk.html", here=here, talk=talk,
        items=differences_first(items), sheet=Sheet(items), current=await _current(actor, reach, here),
        actions=await _actions(actor, reach, here), to_do=missing(talk, items), today=today(), step_name=step_name,
        **_form(here), **context,
    )  # fmt: skip


async def _current(actor: Actor, reach: Reach, here: Place) -> dict[str, int]:
    """Return the levels that count now by code, of this framework in any version."""
    rows = await levels_of(actor, reach, here.person_id)
    return {row.code: row.level for row in rows if row.framework_id == here.framework_id and row.level}


async def _actions(actor: Actor, reach: Reach, here: Place) -> list[Any]:
    rows = await actions_of(actor, reach, here.person_id)
    return [row for row in rows if row.participant_id == here.participant_id]


def _form(here: Place) -> dict[str, Any]:
    """Return what the form for a new action offers: one of the two sees to it."""
    manager = [(here.manager_id, here.manager or "")] if here.manager_id else []
    return {
        "draft": ActionDraft(None, "", "talk", "", here.person_id, None),
        "owners": [(here.person_id, here.person), *manager],
        "steps": [(key, step_name(key)) for key in STEPS],
    }


@post("/talks/{participant_id:int}", name="talk.save", action=Action.ASSESS, status_code=200)
async def save_talk(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    participant_id: FromPath[int],
) -> Response[Any]:
    """Without JavaScript: save what was changed on the page, then go where the button says."""
    form = await posted(request)
    here = await side(actor, reach, participant_id)
    items = await views_of(actor, reach, participant_id)
    stale, errors = await save_touched(form, items, _save(actor, reach, here.participant_id))
    if stale or errors:
        return await _talk(
            request, actor, reach, participant_id, values=form, errors=errors, stale=stale,
            status=422 if errors else 409,
        )  # fmt: skip
    if form.get("go") == "shared":
        await commands.accept_shared_levels(actor, reach, participant_id, datetime.now(UTC))
    return see(f"/talks/{participant_id}" + ("/confirmation" if form.get("go") == "confirm" else ""))


def _save(actor: Actor, reach: Reach, participant_id: int) -> Save:
    async def save(mark: Mark) -> int | None:
        saved = await commands.agree_level(actor, reach, participant_id, mark, datetime.now(UTC))
        return saved.version if saved else None

    return save


@post(
    "/talks/{participant_id:int}/ratings/{competence_id:int}",
    name="talk.rating.save", action=Action.ASSESS, status_code=200,
)  # fmt: skip
async def save_level(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    participant_id: FromPath[int], competence_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    """With htmx: save what is agreed on one competence and say so beside it."""

    async def more() -> Mapping[str, Any]:
        return {"sheet": Sheet(await views_of(actor, reach, participant_id))}

    return await autosaved(
        request, await posted(request), competence_id, _save(actor, reach, participant_id),
        saved="talks/_saved.html", more=more,
    )  # fmt: skip


@post("/talks/{participant_id:int}/meeting", name="talk.meeting", action=Action.ASSESS, status_code=200)
async def note_meeting(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    participant_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    try:
        held_on, was = forms.meeting(form)
        await commands.note_meeting(actor, reach, participant_id, held_on, was, today(), datetime.now(UTC))
    except Invalid as error:
        return await _talk(request, actor, reach, participant_id, values=form, errors=error.fields)
    return see(f"/talks/{participant_id}")


@post("/talks/{participant_id:int}/actions", name="talk.action", action=Action.ASSESS, status_code=200)
async def agree_action(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    participant_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    here = await side(actor, reach, participant_id)
    plans = reach_of(actor.roles, Action.EDIT_PLAN)
    try:
        await add_action(actor, plans, here.person_id, forms.action(form, participant_id), datetime.now(UTC))
    except Invalid as error:
        return await _talk(request, actor, reach, participant_id, values=form, errors=error.fields)
    return see(f"/talks/{participant_id}#actions")


@get("/talks/{participant_id:int}/confirmation", name="talk.confirmation", action=Action.ASSESS)
async def confirmation_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    participant_id: FromPath[int],
) -> Response[Any]:
    return await _confirmation(request, actor, reach, participant_id)


async def _confirmation(
    request: HTMXRequest, actor: Actor, reach: Reach, participant_id: int, **context: Any
) -> Response[Any]:
    here = await side(actor, reach, participant_id)
    talk = await talk_of(here)
    if not here.lifted or talk.confirmed:
        return see(f"/talks/{participant_id}")
    items = await views_of(actor, reach, participant_id)
    return page(
        request, "talks/confirmation.html", here=here, talk=talk, items=differences_first(items),
        to_do=missing(talk, items), actions=await _actions(actor, reach, here), step_name=step_name, **context,
    )  # fmt: skip


@post("/talks/{participant_id:int}/dissent", name="talk.dissent", action=Action.ASSESS, status_code=200)
async def dissent(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    participant_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    try:
        await commands.dissent(
            actor, reach, participant_id, forms.dissent(form), form.text("was"), datetime.now(UTC)
        )
    except Invalid as error:
        return await _confirmation(request, actor, reach, participant_id, values=form, errors=error.fields)
    return see(f"/talks/{participant_id}/confirmation")


@post("/talks/{participant_id:int}/confirmation", name="talk.confirm", action=Action.ASSESS, status_code=200)
async def confirm(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    participant_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    try:
        await commands.confirm_talk(actor, reach, participant_id, form.row("version") or 0, datetime.now(UTC))
    except Invalid as error:
        return await _confirmation(request, actor, reach, participant_id, errors=error.fields)
    return see(f"/talks/{participant_id}/confirmation")


router = Router(
    "/",
    route_handlers=[
        talk_page, save_talk, save_level, note_meeting, agree_action, confirmation_page,
        dissent, confirm,
    ],
)  # fmt: skip
