"""The panel of a vacancy: members, days, progress, declaration."""

from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.errors import Invalid
from competences.people.reach import Reach
from recruit.access import Action
from recruit.panels import commands, forms, queries
from recruit.web.forms import posted
from recruit.web.render import page, see


@get("/panels", name="panels", action=Action.SCORE)
async def panels_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    return page(request, "panels/list.html", panels=await queries.panels(actor, reach))


async def _panel(
    request: HTMXRequest, actor: Actor, reach: Reach, vacancy_id: int, **context: Any
) -> Response[Any]:
    here = await queries.seat(actor, reach, vacancy_id)
    everybody = here.manages and here.revealed_at is None
    return page(
        request,
        "panels/panel.html",
        fragment="panels/_progress.html",
        here=here,
        members=await queries.members(vacancy_id),
        interviews=await queries.interviews(here, everybody=everybody),
        people=await queries.candidates_for_panel(vacancy_id) if everybody else [],
        **context,
    )


@get("/vacancies/{vacancy_id:int}/panel", name="panel", action=Action.READ_PANEL)
async def panel_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    vacancy_id: FromPath[int],
) -> Response[Any]:
    return await _panel(request, actor, reach, vacancy_id)


@post(
    "/vacancies/{vacancy_id:int}/panel/members",
    name="panel.invite",
    action=Action.EDIT_PANEL,
    status_code=200,
)
async def invite_member(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    vacancy_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    try:
        await commands.add_member(actor, reach, vacancy_id, form.row("person"))
    except Invalid as error:
        return await _panel(request, actor, reach, vacancy_id, values=form, errors=error.fields)
    return see(f"/vacancies/{vacancy_id}/panel")


@post(
    "/vacancies/{vacancy_id:int}/panel/members/{member_id:int}/removal",
    name="panel.remove", action=Action.EDIT_PANEL, status_code=200,
)  # fmt: skip
async def remove_member(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    vacancy_id: FromPath[int], member_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    form = await posted(request)
    try:
        await commands.remove_member(actor, reach, vacancy_id, member_id, form.get("reason"))
    except Invalid as error:
        return await _panel(request, actor, reach, vacancy_id, values=form, errors=error.fields)
    return see(f"/vacancies/{vacancy_id}/panel")


@post(
    "/vacancies/{vacancy_id:int}/panel/members/{member_id:int}/chair",
    name="panel.chair", action=Action.EDIT_PANEL, status_code=200,
)  # fmt: skip
async def name_chair(
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    vacancy_id: FromPath[int],
    member_id: FromPath[int],
) -> Response[Any]:
    await commands.name_chair(actor, reach, vacancy_id, member_id)
    return see(f"/vacancies/{vacancy_id}/panel")


@get(
    "/vacancies/{vacancy_id:int}/interviews/{application_id:int}", name="interview", action=Action.EDIT_PANEL
)
async def interview_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    vacancy_id: FromPath[int], application_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    return await _interview(request, actor, reach, vacancy_id, application_id)


async def _interview(
    request: HTMXRequest, actor: Actor, reach: Reach, vacancy_id: int, application_id: int, **context: Any
) -> Response[Any]:
    row = await queries.interview(actor, reach, vacancy_id, application_id)
    return page(request, "panels/interview.html", vacancy_id=vacancy_id, row=row, **context)


@post(
    "/vacancies/{vacancy_id:int}/interviews/{application_id:int}",
    name="interview.set", action=Action.EDIT_PANEL, status_code=200,
)  # fmt: skip
async def set_interview(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    vacancy_id: FromPath[int], application_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    form = await posted(request)
    try:
        await commands.set_interview(actor, reach, vacancy_id, application_id, forms.interview_time(form))
    except Invalid as error:
        return await _interview(
            request, actor, reach, vacancy_id, application_id, values=form, errors=error.fields
        )
    return see(f"/vacancies/{vacancy_id}/panel")


@post(
    "/vacancies/{vacancy_id:int}/interviews/{application_id:int}/cancellation",
    name="interview.cancel", action=Action.EDIT_PANEL, status_code=200,
)  # fmt: skip
async def cancel_interview(
    actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    vacancy_id: FromPath[int], application_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    await commands.cancel_interview(actor, reach, vacancy_id, application_id)
    return see(f"/vacancies/{vacancy_id}/panel")


@post("/vacancies/{vacancy_id:int}/scoring", name="scoring.open", action=Action.EDIT_PANEL, status_code=200)
async def open_scoring(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    vacancy_id: FromPath[int],
) -> Response[Any]:
    try:
        await commands.open_scoring(actor, reach, vacancy_id)
    except Invalid as error:
        return await _panel(request, actor, reach, vacancy_id, errors=error.fields)
    return see(f"/vacancies/{vacancy_id}/panel")


@get("/vacancies/{vacancy_id:int}/declaration", name="declaration", action=Action.DECLARE)
async def declaration_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    vacancy_id: FromPath[int],
) -> Response[Any]:
    return await _declaration(request, actor, reach, vacancy_id)


async def _declaration(
    request: HTMXRequest, actor: Actor, reach: Reach, vacancy_id: int, **context: Any
) -> Response[Any]:
    here = await queries.member_seat(actor, reach, vacancy_id)
    return page(request, "panels/declaration.html", here=here, **context)


@post(
    "/vacancies/{vacancy_id:int}/declaration", name="declaration.make", action=Action.DECLARE, status_code=200
)
async def declare(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    vacancy_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    await queries.member_seat(actor, reach, vacancy_id)
    try:
        made = await commands.declare(actor, reach, vacancy_id, forms.declaration(form))
    except Invalid as error:
        return await _declaration(request, actor, reach, vacancy_id, values=form, errors=error.fields)
    return see("/panels" if made.conflict == "withdraws" else f"/vacancies/{vacancy_id}/panel")


router = Router(
    "/",
    route_handlers=[
        panels_page, panel_page, invite_member, remove_member, name_chair, interview_page, set_interview,
        cancel_interview, open_scoring, declaration_page, declare,
    ],
)  # fmt: skip
