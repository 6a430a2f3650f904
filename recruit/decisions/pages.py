"""The decision, its signature, the report on paper, the letter."""

from functools import partial
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.errors import Conflict, Invalid
from competences.people.reach import Reach
from competences.text import _
from recruit.access import Action
from recruit.comparison.rules import needed
from recruit.decisions import commands, forms, queries
from recruit.decisions.tables import Outcome
from recruit.panels.queries import informed_seat
from recruit.web.forms import Post, posted
from recruit.web.lists import page_number, part_of
from recruit.web.render import page, see

PAGE = 20


def outcomes() -> list[tuple[str, str]]:
    """Return (value, words) of each outcome, as it is chosen."""
    return [
        (Outcome.APPOINT.value, _("Appoint")),
        (Outcome.APPOINT_WITH_PLAN.value, _("Appoint with an induction plan")),
        (Outcome.RESERVE.value, _("Keep in reserve")),
        (Outcome.DECLINE.value, _("Decline")),
    ]


async def _sealed(
    request: HTMXRequest, actor: Actor, reach: Reach, vacancy_id: int, why: Conflict
) -> Response[Any]:
    here = await informed_seat(actor, reach, vacancy_id)
    return page(request, "decisions/not_yet.html", here=here, why=str(why), status=409)


@get("/vacancies/{vacancy_id:int}/decision", name="decision", action=Action.DECIDE)
async def decision_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    vacancy_id: FromPath[int],
) -> Response[Any]:
    asked = Post({key: [value] for key, value in request.query_params.items()})
    try:
        choice = await queries.choice(actor, reach, vacancy_id)
    except Conflict as sealed:
        return await _sealed(request, actor, reach, vacancy_id, sealed)
    return _decision(request, choice, page_number(asked.get("page")), asked.row("saved") or 0)


def _decision(
    request: HTMXRequest, choice: queries.Choice, number: int, saved: int = 0, **context: Any
) -> Response[Any]:
    rows, number, pages = part_of(choice.candidates, str(number), PAGE)
    context.setdefault("conflict", None)
    return page(
        request,
        "decisions/decision.html",
        fragment="decisions/_saved.html" if saved in {row.application_id for row in rows} else None,
        choice=choice,
        here=choice.here,
        rows=rows,
        number=number,
        pages=pages,
        saved=saved,
        outcomes=dict(outcomes()),
        need=needed(choice.meeting.picture.asked),
        **context,
    )


@post(
    "/vacancies/{vacancy_id:int}/decision/{application_id:int}",
    name="decision.draft", action=Action.DECIDE, status_code=200,
)  # fmt: skip
async def draft_outcome(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    vacancy_id: FromPath[int], application_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    form = await posted(request)
    number = page_number(form.get("page"))
    failed: dict[str, Any] = {}
    try:
        await commands.draft_outcome(
            actor, reach, vacancy_id, application_id, forms.outcome(form, application_id)
        )
    except Invalid as error:
        failed = {"errors": error.fields}
    except commands.StaleDraft as error:
        failed = {"conflict": error.stored, "status": 409}
    if failed:
        choice = await queries.choice(actor, reach, vacancy_id)
        choice.candidate(application_id)
        return _decision(request, choice, number, application_id, values=form, **failed)
    where = f"/vacancies/{vacancy_id}/decision?page={number}"
    return see(f"{where}&saved={application_id}" if request.htmx else f"{where}#a-{application_id}")


@get("/vacancies/{vacancy_id:int}/signature", name="decision.signature", action=Action.DECIDE)
async def signature_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    vacancy_id: FromPath[int],
) -> Response[Any]:
    return await _signature(request, actor, reach, vacancy_id)


async def _signature(
    request: HTMXRequest, actor: Actor, reach: Reach, vacancy_id: int, **context: Any
) -> Response[Any]:
    choice = await queries.choice(actor, reach, vacancy_id)
    if choice.here.signed_at is not None:
        raise Conflict(_("The decision is signed. It does not change any more."))
    return page(
        request, "decisions/signature.html", choice=choice, here=choice.here, outcomes=dict(outcomes()),
        **context,
    )  # fmt: skip


@post("/vacancies/{vacancy_id:int}/signature", name="decision.sign", action=Action.DECIDE, status_code=200)
async def sign(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    vacancy_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    again = partial(_signature, request, actor, reach, vacancy_id, values=form)
    choice = await queries.choice(actor, reach, vacancy_id)
    try:
        signed = forms.signature(form, [row.application_id for row in choice.appointed])
        await commands.sign(actor, reach, vacancy_id, signed)
    except Invalid as error:
        return await again(errors=error.fields)
    return see(f"/vacancies/{vacancy_id}/report")


@get("/vacancies/{vacancy_id:int}/report", name="report", action=Action.READ_REPORT)
async def report_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    vacancy_id: FromPath[int],
) -> Response[Any]:
    try:
        choice = await queries.report(actor, reach, vacancy_id)
    except Conflict as early:
        return await _sealed(request, actor, reach, vacancy_id, early)
    return page(
        request, "decisions/report.html", choice=choice, here=choice.here, picture=choice.meeting.picture,
        need=needed(choice.meeting.picture.asked),
    )  # fmt: skip


@get(
    "/vacancies/{vacancy_id:int}/applications/{application_id:int}/letter",
    name="letter", action=Action.DECIDE,
)  # fmt: skip
async def letter_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    vacancy_id: FromPath[int], application_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    return await _letter(request, actor, reach, vacancy_id, application_id)


async def _letter(
    request: HTMXRequest, actor: Actor, reach: Reach, vacancy_id: int, application_id: int, **context: Any
) -> Response[Any]:
    choice, row, letter = await queries.letter(actor, reach, vacancy_id, application_id)
    context.setdefault("conflict", None)
    return page(
        request, "decisions/letter.html", here=choice.here, candidate=row, letter=letter, **context
    )  # fmt: skip


@post(
    "/vacancies/{vacancy_id:int}/applications/{application_id:int}/letter",
    name="letter.write", action=Action.DECIDE, status_code=200,
)  # fmt: skip
async def write_letter(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    vacancy_id: FromPath[int], application_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    form = await posted(request)
    again = partial(_letter, request, actor, reach, vacancy_id, application_id, values=form)
    try:
        await commands.write_letter(actor, reach, vacancy_id, application_id, forms.letter(form))
    except Invalid as error:
        return await again(errors=error.fields)
    except commands.StaleLetter as error:
        return await again(conflict=error.stored, status=409)
    return see(f"/vacancies/{vacancy_id}/applications/{application_id}/letter")


router = Router(
    "/",
    route_handlers=[
        decision_page, draft_outcome, signature_page, sign, report_page, letter_page, write_letter,
    ],
)  # fmt: skip
