"""The scorecard: one page a domain, the check before handing in, the seal."""

from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.assessments.rules import Mark, problems
from competences.errors import Invalid
from competences.people.reach import Reach
from recruit.access import Action
from recruit.applications import queries as applications
from recruit.panels.queries import informed_seat
from recruit.scorecards import commands
from recruit.scorecards.queries import cards, sealed
from recruit.web.forms import posted
from recruit.web.ratings import Save, autosaved, save_touched
from recruit.web.render import page, see


@post(
    "/vacancies/{vacancy_id:int}/interviews/{application_id:int}/scorecard",
    name="scorecard.start", action=Action.SCORE, status_code=200,
)  # fmt: skip
async def start_scorecard(
    actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    vacancy_id: FromPath[int], application_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    return see(f"/scorecards/{await commands.start_scorecard(actor, reach, vacancy_id, application_id)}")


@get("/scorecards/{scorecard_id:int}", name="scorecard", action=Action.SCORE)
async def scorecard_page(
    actor: NamedDependency[Actor], reach: NamedDependency[Reach], scorecard_id: FromPath[int]
) -> Response[Any]:
    card = await cards.own(actor, reach, scorecard_id)
    return see(f"/scorecards/{scorecard_id}/{(await cards.sheet(card)).first_open}")


@get("/scorecards/{scorecard_id:int}/{domain:str}", name="scorecard.domain", action=Action.SCORE)
async def domain_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    scorecard_id: FromPath[int], domain: FromPath[str],
) -> Response[Any]:  # fmt: skip
    return await _domain(request, actor, reach, scorecard_id, domain)


async def _domain(
    request: HTMXRequest, actor: Actor, reach: Reach, scorecard_id: int, domain: str, **context: Any
) -> Response[Any]:
    card = await cards.own(actor, reach, scorecard_id)
    sheet = await cards.sheet(card)
    items = sheet.within(domain)
    context.setdefault("stale", {})
    return page(
        request,
        "scorecards/domain.html" if card.open else "scorecards/locked.html",
        card=card,
        sheet=sheet,
        items=items,
        domain=domain.lower(),
        next_=sheet.after(domain),
        colleagues=await cards.colleagues(card),
        documents=await applications.documents(card.application_id),
        check="check" in request.query_params,
        **context,
    )


@post(
    "/scorecards/{scorecard_id:int}/{domain:str}",
    name="scorecard.domain.save",
    action=Action.SCORE,
    status_code=200,
)
async def save_domain(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    scorecard_id: FromPath[int], domain: FromPath[str],
) -> Response[Any]:  # fmt: skip
    """Without JavaScript: save what was changed on the page, then go where the button says."""
    form = await posted(request)
    card = await cards.own(actor, reach, scorecard_id)
    sheet = await cards.sheet(card)
    stale, errors = await save_touched(form, sheet.within(domain), _save(actor, reach, card.id))
    if stale or errors:
        return await _domain(
            request, actor, reach, scorecard_id, domain, values=form, errors=errors, stale=stale,
            status=422 if errors else 409,
        )  # fmt: skip
    following = sheet.after(domain)
    here = f"/scorecards/{scorecard_id}"
    if form.get("go") == "next" and following:
        return see(f"{here}/{following.code.lower()}")
    return see(f"{here}/{domain.lower()}" if form.get("go") == "stay" else f"{here}/review")


def _save(actor: Actor, reach: Reach, scorecard_id: int) -> Save:
    async def save(mark: Mark) -> int | None:
        saved = await commands.save_rating(actor, reach, scorecard_id, mark)
        return saved.version if saved else None

    return save


@post(
    "/scorecards/{scorecard_id:int}/ratings/{competence_id:int}",
    name="rating.save", action=Action.SCORE, status_code=200,
)  # fmt: skip
async def save_rating(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    scorecard_id: FromPath[int], competence_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    """With htmx: save one criterion and say so beside it."""
    return await autosaved(request, await posted(request), competence_id, _save(actor, reach, scorecard_id))


@get("/scorecards/{scorecard_id:int}/review", name="scorecard.review", action=Action.SCORE)
async def review_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    scorecard_id: FromPath[int],
) -> Response[Any]:
    return await _review(request, actor, reach, scorecard_id)


async def _review(
    request: HTMXRequest, actor: Actor, reach: Reach, scorecard_id: int, **context: Any
) -> Response[Any]:
    card = await cards.own(actor, reach, scorecard_id)
    sheet = await cards.sheet(card)
    colleagues = await cards.colleagues(card)
    return page(
        request, "scorecards/review.html", card=card, sheet=sheet, missing=problems(sheet.items),
        colleagues=colleagues, documents=await applications.documents(card.application_id), **context,
    )  # fmt: skip


@post(
    "/scorecards/{scorecard_id:int}/submission", name="scorecard.submit", action=Action.SCORE, status_code=200
)
async def submit_scorecard(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    scorecard_id: FromPath[int],
) -> Response[Any]:
    try:
        await commands.submit_scorecard(actor, reach, scorecard_id)
    except Invalid as error:
        return await _review(request, actor, reach, scorecard_id, errors=error.fields)
    return see(f"/scorecards/{scorecard_id}/review")


@post("/scorecards/{scorecard_id:int}/recusal", name="scorecard.recuse", action=Action.SCORE, status_code=200)
async def recuse(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    scorecard_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    card = await cards.own(actor, reach, scorecard_id)
    try:
        await commands.recuse(actor, reach, scorecard_id, form.get("recusal"))
    except Invalid as error:
        return await _review(request, actor, reach, scorecard_id, values=form, errors=error.fields)
    return see(f"/vacancies/{card.vacancy_id}/panel")


@get(
    "/scorecards/{scorecard_id:int}/documents/{document_id:int}",
    name="scorecard.document", action=Action.READ_DOCUMENTS,
)  # fmt: skip
async def document_download(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    scorecard_id: FromPath[int], document_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    card = await cards.own(actor, reach, scorecard_id)
    return await applications.download(request.app.state.settings, card.application_id, document_id)


@get("/vacancies/{vacancy_id:int}/reopenings", name="reopenings", action=Action.REOPEN)
async def reopenings_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    vacancy_id: FromPath[int],
) -> Response[Any]:
    return await _reopenings(request, actor, reach, vacancy_id)


async def _reopenings(
    request: HTMXRequest, actor: Actor, reach: Reach, vacancy_id: int, **context: Any
) -> Response[Any]:
    here = await informed_seat(actor, reach, vacancy_id)
    rows = await sealed.submitted_cards(actor, reach, vacancy_id)
    return page(request, "scorecards/reopenings.html", here=here, cards=rows, **context)


@post(
    "/vacancies/{vacancy_id:int}/reopenings/{scorecard_id:int}",
    name="reopening.make", action=Action.REOPEN, status_code=200,
)  # fmt: skip
async def reopen_scorecard(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    vacancy_id: FromPath[int], scorecard_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    form = await posted(request)
    reason = form.get(f"reason-{scorecard_id}")
    try:
        await commands.reopen_scorecard(actor, reach, vacancy_id, scorecard_id, reason)
    except Invalid as error:
        return await _reopenings(request, actor, reach, vacancy_id, values=form, errors=error.fields)
    return see(f"/vacancies/{vacancy_id}/panel")


@post("/vacancies/{vacancy_id:int}/revelation", name="scores.reveal", action=Action.REVEAL, status_code=200)
async def reveal_scores(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    vacancy_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    await commands.reveal_scores(actor, reach, vacancy_id, form.get("early_reason"))
    return see(f"/vacancies/{vacancy_id}/comparison")


router = Router(
    "/",
    route_handlers=[
        start_scorecard, scorecard_page, review_page, domain_page, save_domain, save_rating, submit_scorecard,
        recuse, document_download, reopenings_page, reopen_scorecard, reveal_scores,
    ],
)  # fmt: skip
