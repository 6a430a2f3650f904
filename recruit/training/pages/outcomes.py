"""Outcomes of a session: one form a person, attended in bulk, the second trainer, corrections."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.errors import Invalid, NotFound
from competences.frameworks.queries import NO_WORDS, words_of
from competences.people.reach import Reach
from competences.text import _
from competences.training.commands import outcomes as commands
from competences.training.queries import outcomes as queries
from competences.training.queries.courses import LevelRow, levels_of_version
from competences.training.queries.sessions import SessionView, leading
from competences.training.rules.courses import way_name
from competences.training.rules.outcomes import ATTENDED, COMPLETED, NOT_YET, RESULTS, result_name, why_not
from recruit.access import Action
from recruit.training.forms import outcomes as forms
from recruit.web.forms import posted
from recruit.web.i18n import today
from recruit.web.render import page, see


async def _led(actor: Actor, reach: Reach, session_id: int) -> SessionView:
    row = await leading(actor, reach, session_id)
    if not row.led_by(actor):
        raise NotFound(_("There is no such session, or you do not lead it."))
    return row


@get("/training/sessions/{session_id:int}/outcomes", name="outcomes", action=Action.LEAD_SESSIONS)
async def outcomes_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach], session_id: FromPath[int]
) -> Response[Any]:  # fmt: skip
    row = await _led(actor, reach, session_id)
    people = await queries.candidates(actor, reach, session_id)
    return page(
        request,
        "sessions/outcomes.html",
        row=row,
        people=people,
        result_name=result_name,
        now_=datetime.now(UTC),
    )


@post(
    "/training/sessions/{session_id:int}/outcomes",
    name="outcomes.sign-attended", action=Action.LEAD_SESSIONS, status_code=200,
)  # fmt: skip
async def sign_attended(
    actor: NamedDependency[Actor], reach: NamedDependency[Reach], session_id: FromPath[int]
) -> Response[Any]:
    await commands.sign_attended(actor, reach, session_id, datetime.now(UTC))
    return see(f"/training/sessions/{session_id}/outcomes")


@get(
    "/training/sessions/{session_id:int}/enrolments/{enrolment_id:int}/outcome",
    name="outcome.new", action=Action.LEAD_SESSIONS,
)  # fmt: skip
async def new_outcome_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    session_id: FromPath[int], enrolment_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    return await _form(request, actor, reach, session_id, enrolment_id)


async def _form(
    request: HTMXRequest, actor: Actor, reach: Reach, session_id: int, enrolment_id: int, **context: Any
) -> Response[Any]:
    row = await _led(actor, reach, session_id)
    people = await queries.candidates(actor, reach, session_id)
    one = next((one for one in people if one.enrolment_id == enrolment_id), None)
    if one is None:
        raise NotFound(_("There is no such person on the list, or you may not see them."))
    if one.outcome_id is not None and one.person_id != actor.person_id:
        return see(f"/training/outcomes/{one.outcome_id}")
    levels = await levels_of_version(row.version_id) if one.person_id else []
    return page(
        request, "sessions/outcome_form.html", row=row, one=one, result_name=result_name,
        levels=levels, anchors=await _anchors(levels),
        results=_results(one), ways=[(key, way_name(key)) for key in row.assessed_by], own=one.person_id == actor.person_id,
        earlier=await queries.earlier(actor, reach, enrolment_id), **context,
    )  # fmt: skip


def _results(one: queries.OutcomeRow) -> list[tuple[str, str, str]]:
    """Return (result, name, meaning) of what somebody who came so often can have."""
    means = {
        ATTENDED: _("was there; nothing was assessed, no level changes"),
        COMPLETED: _("reached what the course is to reach"),
        NOT_YET: _("assessed, and not reached yet"),
    }
    return [(key, result_name(key), means[key]) for key in RESULTS if not why_not(key, one.presence)]


async def _anchors(levels: list[LevelRow]) -> dict[int, tuple[str, ...]]:
    """Return what each level of each competence looks like, by competence."""
    return {
        row.competence_id: (await words_of(row.framework_version_id)).get(row.competence_id, NO_WORDS)[0]
        for row in levels
    }


@post(
    "/training/sessions/{session_id:int}/enrolments/{enrolment_id:int}/outcome",
    name="outcome.sign", action=Action.LEAD_SESSIONS, status_code=200,
)  # fmt: skip
async def sign_outcome(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    session_id: FromPath[int], enrolment_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    form, row = await posted(request), await _led(actor, reach, session_id)
    try:
        draft = forms.outcome(form, [one.competence_id for one in await levels_of_version(row.version_id)])
        now = datetime.now(UTC)
        await commands.sign_outcome(actor, reach, session_id, enrolment_id, draft, today(), now)
    except Invalid as error:
        return await _form(request, actor, reach, session_id, enrolment_id, values=form, errors=error.fields)
    return see(f"/training/sessions/{session_id}/outcomes")


@get("/training/outcomes/{outcome_id:int}", name="outcome", action=Action.LEAD_SESSIONS)
async def outcome_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach], outcome_id: FromPath[int]
) -> Response[Any]:  # fmt: skip
    return await _outcome(request, actor, reach, outcome_id)


async def _outcome(
    request: HTMXRequest, actor: Actor, reach: Reach, outcome_id: int, **context: Any
) -> Response[Any]:
    one = await queries.outcome(actor, reach, outcome_id)
    return page(
        request, "sessions/outcome.html", one=one, row=await leading(actor, reach, one.session_id),
        asked={row.competence_id: row for row in await levels_of_version(one.version_id)},
        earlier=await queries.earlier(actor, reach, one.enrolment_id), result_name=result_name, way_name=way_name,
        **context,
    )  # fmt: skip


@post(
    "/training/outcomes/{outcome_id:int}/moderation",
    name="outcome.moderate", action=Action.LEAD_SESSIONS, status_code=200,
)  # fmt: skip
async def moderate_outcome(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach], outcome_id: FromPath[int]
) -> Response[Any]:  # fmt: skip
    form, now = await posted(request), datetime.now(UTC)
    try:
        words = form.text("words", limit=1000)
        form.check()
        if form.get("how") == "back":
            await commands.send_outcome_back(actor, reach, outcome_id, words, now)
            return see("/")  # what was sent back is its trainer's again
        await commands.agree_outcome(actor, reach, outcome_id, words, today(), now)
    except Invalid as error:
        return await _outcome(request, actor, reach, outcome_id, values=form, errors=error.fields)
    return see(f"/training/outcomes/{outcome_id}")


@post(
    "/training/outcomes/{outcome_id:int}/correction",
    name="outcome.correct", action=Action.LEAD_SESSIONS, status_code=200,
)  # fmt: skip
async def correct_outcome(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach], outcome_id: FromPath[int]
) -> Response[Any]:  # fmt: skip
    form = await posted(request)
    one = await queries.outcome(actor, reach, outcome_id)
    try:
        reason = form.text("reason", limit=1000)
        form.check()
        await commands.correct_outcome(actor, reach, outcome_id, reason, today(), datetime.now(UTC))
    except Invalid as error:
        return await _outcome(request, actor, reach, outcome_id, values=form, errors=error.fields)
    return see(f"/training/sessions/{one.session_id}/enrolments/{one.enrolment_id}/outcome")


router = Router(
    "/",
    route_handlers=[
        outcomes_page, sign_attended, new_outcome_page, sign_outcome, outcome_page, moderate_outcome, correct_outcome,
    ],
)  # fmt: skip
