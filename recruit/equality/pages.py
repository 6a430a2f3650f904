"""Equality answers: entry for the privacy officer, the aggregate for who decided. All 404 while switched off."""

from typing import Any

from litestar import Response, Router, get, post
from litestar.connection import ASGIConnection
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.handlers.base import BaseRouteHandler
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.errors import Invalid
from competences.people.reach import Reach
from competences.text import _
from recruit.access import Action
from recruit.equality import commands, forms, queries, rules
from recruit.web.forms import posted
from recruit.web.lists import page_number
from recruit.web.render import page, see


async def switched_on(connection: ASGIConnection[Any, Any, Any, Any], _handler: BaseRouteHandler) -> None:
    """Let nobody in unless the organisation switched equality data on; after the guard of the application."""
    if not connection.app.state.settings.equality:
        raise NotFoundException


@get("/equality", name="equality", action=Action.EDIT_EQUALITY)
async def vacancies_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    number = page_number(request.query_params.get("page"))
    return page(request, "equality/list.html", found=await queries.vacancies(actor, reach, number))


@get("/vacancies/{vacancy_id:int}/equality", name="equality.answers", action=Action.EDIT_EQUALITY)
async def answers_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    vacancy_id: FromPath[int],
) -> Response[Any]:
    asked = request.query_params
    return await _answers(
        request, actor, reach, vacancy_id, page_number(asked.get("page")), saved="saved" in asked
    )


async def _answers(
    request: HTMXRequest,
    actor: Actor,
    reach: Reach,
    vacancy_id: int,
    number: int,
    saved: bool = False,
    **again: Any,
) -> Response[Any]:
    vacancy = await queries.entered(actor, reach, vacancy_id)

    def choices_for(question: rules.Question, row: queries.Applicant) -> list[tuple[str, str]]:
        options = rules.OPTIONS[question] if vacancy.open and not row.withdrawn else ()
        remove = [(forms.REMOVE, _("Remove the answer"))] if row.versions[question] else []
        return [(answer, rules.answer_name(answer)) for answer in options] + remove

    return page(
        request, "equality/answers.html", vacancy=vacancy, found=await queries.applicants(vacancy, number),
        saved=saved, questions=list(rules.Question), choices_for=choices_for,
        question_name=rules.question_name, **again,
    )  # fmt: skip


@post(
    "/vacancies/{vacancy_id:int}/equality",
    name="equality.record", action=Action.EDIT_EQUALITY, status_code=200,
)  # fmt: skip
async def record_answers(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    vacancy_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    number = page_number(form.get("page"))
    try:
        await commands.record_answers(actor, reach, vacancy_id, forms.entries(form))
    except Invalid as error:
        return await _answers(request, actor, reach, vacancy_id, number, values=form, errors=error.fields)
    return see(f"/vacancies/{vacancy_id}/equality?page={number}&saved=1")


@get("/vacancies/{vacancy_id:int}/impact", name="impact", action=Action.READ_IMPACT)
async def impact_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    vacancy_id: FromPath[int],
) -> Response[Any]:
    judged = await queries.judged(actor, reach, vacancy_id)
    return page(
        request, "equality/impact.html", vacancy=judged.vacancy, comparisons=judged.comparisons, words=rules
    )


router = Router(
    "/", guards=[switched_on], route_handlers=[vacancies_page, answers_page, record_answers, impact_page]
)
