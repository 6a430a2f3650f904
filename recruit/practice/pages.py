"""Practice before the first interview: written cases, scored by each alone, then side by side."""

from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.errors import Invalid
from competences.people.reach import Reach
from recruit.access import Action
from recruit.practice import commands, forms, queries
from recruit.practice.queries import OwnSheet
from recruit.practice.rules.findings import findings, in_order, panel_finding
from recruit.web.forms import posted
from recruit.web.render import page, see


@get("/vacancies/{vacancy_id:int}/practice", name="practice", action=Action.READ_PANEL)
async def practice_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    vacancy_id: FromPath[int],
) -> Response[Any]:
    overview = await queries.overview(actor, reach, vacancy_id)
    return page(request, "practice/list.html", fragment="practice/_members.html", overview=overview)


@get("/vacancies/{vacancy_id:int}/practice/{vignette:str}", name="practice.case", action=Action.SCORE)
async def case_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    vacancy_id: FromPath[int], vignette: FromPath[str],
) -> Response[Any]:  # fmt: skip
    sheet = await queries.own_sheet(actor, reach, vacancy_id, vignette)
    if sheet.submitted_at is None:
        return _form(request, sheet)
    outcome = await queries.outcome(actor, reach, vacancy_id, vignette)
    return page(
        request,
        "practice/outcome.html",
        outcome=outcome,
        rows=in_order(outcome.rows),
        findings=findings(outcome.rows),
        panel_finding=panel_finding(outcome.rows, outcome.submitted),
    )


def _form(
    request: HTMXRequest, sheet: OwnSheet, *, version: str = "", stale: bool = False, **context: Any
) -> Response[Any]:
    """Draw the form; `version` is what its writer had seen where nothing was saved."""
    seen = version or sheet.version
    return page(request, "practice/case.html", sheet=sheet, version=seen, stale=stale, **context)


@post(
    "/vacancies/{vacancy_id:int}/practice/{vignette:str}",
    name="practice.save", action=Action.SCORE, status_code=200,
)  # fmt: skip
async def save_case(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    vacancy_id: FromPath[int], vignette: FromPath[str],
) -> Response[Any]:  # fmt: skip
    """Save what was sent; with go=submit also lock it. What is missing then stays saved as a draft."""
    form = await posted(request)
    sheet = await queries.own_sheet(actor, reach, vacancy_id, vignette)
    try:
        sent = forms.sheet(form, sheet.given)
    except Invalid as error:
        return _form(request, sheet, values=form, errors=error.fields, version=form.get("version"))
    try:
        await commands.save_sheet(actor, reach, vacancy_id, vignette, sent)
        if form.get("go") == "submit":
            await commands.submit_sheet(actor, reach, vacancy_id, vignette)
    except commands.Stale as error:
        return _form(request, error.stored, values=form, stale=True, status=409)
    except Invalid as error:
        sheet = await queries.own_sheet(actor, reach, vacancy_id, vignette)
        return _form(request, sheet, values=form, errors=error.fields)
    return see(f"/vacancies/{vacancy_id}/practice/{vignette}")


router = Router("/", route_handlers=[practice_page, case_page, save_case])
