"""Vacancies: the list, one vacancy, what it asks for."""

from itertools import groupby
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.errors import Invalid
from competences.people.reach import Reach
from competences.text import _
from recruit.access import Action
from recruit.vacancies import commands, forms, queries
from recruit.vacancies.rules import too_many
from recruit.web.forms import posted
from recruit.web.lists import page_number, search_words
from recruit.web.render import page, see

STATES = ("draft", "open", "scoring", "decided", "closed")


@get("/vacancies", name="vacancies", action=Action.READ_VACANCIES)
async def vacancies_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    asked = request.query_params
    state = asked.get("state", "") if asked.get("state", "") in STATES else ""
    search = search_words(asked.get("search"))
    found = await queries.vacancies(
        actor, reach, state=state, search=search, page=page_number(asked.get("page"))
    )
    return page(
        request,
        "vacancies/list.html",
        found=found,
        state=state,
        search=search,
        states=STATES,
    )


@get("/vacancies/new", name="vacancy.new", action=Action.EDIT_VACANCY)
async def new_vacancy_page(request: HTMXRequest) -> Response[Any]:
    return await _form(request, None)


async def _form(request: HTMXRequest, vacancy: queries.VacancyRow | None, **context: Any) -> Response[Any]:
    return page(
        request, "vacancies/form.html", vacancy=vacancy,
        profiles=await queries.profiles(), units=await queries.units(), **context,
    )  # fmt: skip


@post("/vacancies", name="vacancy.create", action=Action.EDIT_VACANCY, status_code=200)
async def create_vacancy(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    form = await posted(request)
    form.text("profile", required=_("Choose a role profile."))
    try:
        made = await commands.create_vacancy(actor, reach, form.row("profile"), forms.vacancy(form))
    except Invalid as error:
        return await _form(request, None, values=form, errors=error.fields)
    return see(f"/vacancies/{made.subject_id}/criteria")


@get("/vacancies/{vacancy_id:int}/edit", name="vacancy.edit", action=Action.EDIT_VACANCY)
async def edit_vacancy_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    vacancy_id: FromPath[int],
) -> Response[Any]:
    return await _form(request, await queries.managed(actor, reach, vacancy_id))


@post("/vacancies/{vacancy_id:int}/edit", name="vacancy.change", action=Action.EDIT_VACANCY, status_code=200)
async def change_vacancy(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    vacancy_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    vacancy = await queries.managed(actor, reach, vacancy_id)
    try:
        await commands.change_vacancy(actor, reach, vacancy_id, forms.vacancy(form))
    except Invalid as error:
        return await _form(request, vacancy, values=form, errors=error.fields)
    return see(f"/vacancies/{vacancy_id}")


@get("/vacancies/{vacancy_id:int}/criteria", name="criteria", action=Action.EDIT_VACANCY)
async def criteria_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    vacancy_id: FromPath[int],
) -> Response[Any]:
    return await _criteria(request, actor, reach, vacancy_id)


async def _criteria(
    request: HTMXRequest, actor: Actor, reach: Reach, vacancy_id: int, **context: Any
) -> Response[Any]:
    vacancy = await queries.managed(actor, reach, vacancy_id)
    rows = await queries.criteria(vacancy_id)
    choices = await queries.competences(vacancy.version_id)
    return page(
        request,
        "vacancies/criteria.html",
        vacancy=vacancy,
        criteria={row.competence_id: row for row in rows},
        domains=[(name, list(group)) for name, group in groupby(choices, key=lambda row: row.domain_name)],
        scored=too_many([row.assessed_by for row in rows]),
        ways=forms.ASSESSED_BY,
        saved="saved" in request.query_params,
        **context,
    )


@post(
    "/vacancies/{vacancy_id:int}/criteria", name="criteria.set", action=Action.EDIT_VACANCY, status_code=200
)
async def set_criteria(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    vacancy_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    vacancy = await queries.managed(actor, reach, vacancy_id)
    choices = [row.competence_id for row in await queries.competences(vacancy.version_id)]
    try:
        wanted = forms.criteria(form, choices)
        await commands.set_criteria(actor, reach, vacancy_id, forms.version(form), wanted)
    except Invalid as error:
        return await _criteria(request, actor, reach, vacancy_id, values=form, errors=error.fields)
    return see(f"/vacancies/{vacancy_id}/criteria?saved=1")


@post("/vacancies/{vacancy_id:int}/opening", name="vacancy.open", action=Action.EDIT_VACANCY, status_code=200)
async def open_vacancy(
    actor: NamedDependency[Actor], reach: NamedDependency[Reach], vacancy_id: FromPath[int]
) -> Response[Any]:
    await commands.open_vacancy(actor, reach, vacancy_id)
    return see(f"/vacancies/{vacancy_id}")


@get("/vacancies/{vacancy_id:int}/closing", name="vacancy.closing", action=Action.EDIT_VACANCY)
async def closing_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    vacancy_id: FromPath[int],
) -> Response[Any]:
    return await _ending(request, actor, reach, vacancy_id)


async def _ending(
    request: HTMXRequest, actor: Actor, reach: Reach, vacancy_id: int, **context: Any
) -> Response[Any]:
    vacancy = await queries.managed(actor, reach, vacancy_id)
    managers = [row for row in await queries.hiring_managers() if row[0] != vacancy.manager_id]
    return page(request, "vacancies/closing.html", vacancy=vacancy, managers=managers, **context)


@post(
    "/vacancies/{vacancy_id:int}/closing", name="vacancy.close", action=Action.EDIT_VACANCY, status_code=200
)
async def close_vacancy(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    vacancy_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    try:
        await commands.close_vacancy(actor, reach, vacancy_id, form.get("reason"))
    except Invalid as error:
        return await _ending(request, actor, reach, vacancy_id, values=form, errors=error.fields)
    return see(f"/vacancies/{vacancy_id}")


@post(
    "/vacancies/{vacancy_id:int}/manager",
    name="vacancy.hand-over",
    action=Action.EDIT_VACANCY,
    status_code=200,
)
async def hand_over(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    vacancy_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    try:
        await commands.hand_over(actor, reach, vacancy_id, form.row("manager"))
    except Invalid as error:
        return await _ending(request, actor, reach, vacancy_id, values=form, errors=error.fields)
    return see("/vacancies")


router = Router(
    "/",
    route_handlers=[
        vacancies_page, new_vacancy_page, create_vacancy, edit_vacancy_page, change_vacancy, criteria_page,
        set_criteria, open_vacancy, closing_page, close_vacancy, hand_over,
    ],
)  # fmt: skip
