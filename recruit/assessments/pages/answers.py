"""One's own assessment of oneself, of somebody one leads, or of a colleague: a domain a page, then share."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.assessments.commands import answers as commands
from competences.assessments.queries import own as queries
from competences.assessments.queries.rounds import own_rounds
from competences.assessments.rules import Mark, problems
from competences.errors import Invalid
from competences.people.reach import Reach
from recruit.access import Action
from recruit.web.forms import posted
from recruit.web.i18n import today
from recruit.web.ratings import Save, autosaved, save_touched
from recruit.web.render import page, see


@get("/assessments", name="assessments", action=Action.ASSESS)
async def assessments_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    return page(request, "assessments/list.html", rows=await own_rounds(actor, reach), today=today())


@post(
    "/participants/{participant_id:int}/assessment",
    name="assessment.start", action=Action.ASSESS, status_code=200,
)  # fmt: skip
async def start_assessment(
    actor: NamedDependency[Actor], reach: NamedDependency[Reach], participant_id: FromPath[int]
) -> Response[Any]:
    key = await commands.start_assessment(actor, reach, participant_id, today(), datetime.now(UTC))
    return see(f"/assessments/{key}")


@get("/assessments/{assessment_id:int}", name="assessment", action=Action.ASSESS)
async def assessment_page(
    actor: NamedDependency[Actor], reach: NamedDependency[Reach], assessment_id: FromPath[int]
) -> Response[Any]:
    card = await queries.own(actor, reach, assessment_id)
    return see(f"/assessments/{assessment_id}/{(await queries.sheet(card)).first_open}")


@get("/assessments/{assessment_id:int}/{domain:str}", name="assessment.domain", action=Action.ASSESS)
async def domain_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    assessment_id: FromPath[int], domain: FromPath[str],
) -> Response[Any]:  # fmt: skip
    return await _domain(request, actor, reach, assessment_id, domain)


async def _domain(
    request: HTMXRequest, actor: Actor, reach: Reach, assessment_id: int, domain: str, **context: Any
) -> Response[Any]:
    card = await queries.own(actor, reach, assessment_id)
    sheet = await queries.sheet(card)
    context.setdefault("stale", {})
    return page(
        request, "assessments/domain.html", card=card, sheet=sheet, items=sheet.within(domain),
        domain=domain.lower(), next_=sheet.after(domain), locked=card.locked(today()),
        check="check" in request.query_params, **context,
    )  # fmt: skip


@post(
    "/assessments/{assessment_id:int}/{domain:str}",
    name="assessment.domain.save", action=Action.ASSESS, status_code=200,
)  # fmt: skip
async def save_domain(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    assessment_id: FromPath[int], domain: FromPath[str],
) -> Response[Any]:  # fmt: skip
    """Without JavaScript: save what was changed on the page, then go where the button says."""
    form = await posted(request)
    card = await queries.own(actor, reach, assessment_id)
    sheet = await queries.sheet(card)
    stale, errors = await save_touched(form, sheet.within(domain), _save(actor, reach, card.id))
    if stale or errors:
        return await _domain(
            request, actor, reach, assessment_id, domain, values=form, errors=errors, stale=stale,
            status=422 if errors else 409,
        )  # fmt: skip
    here, following = f"/assessments/{assessment_id}", sheet.after(domain)
    if form.get("go") == "next" and following:
        return see(f"{here}/{following.code.lower()}")
    return see(f"{here}/{domain.lower()}" if form.get("go") == "stay" else f"{here}/submission")


def _save(actor: Actor, reach: Reach, assessment_id: int) -> Save:
    async def save(mark: Mark) -> int | None:
        saved = await commands.save_answer(actor, reach, assessment_id, mark, today(), datetime.now(UTC))
        return saved.version if saved else None

    return save


@post(
    "/assessments/{assessment_id:int}/ratings/{competence_id:int}",
    name="answer.save", action=Action.ASSESS, status_code=200,
)  # fmt: skip
async def save_answer(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    assessment_id: FromPath[int], competence_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    """With htmx: save one competence and say so beside it, now with its target."""

    async def more() -> Mapping[str, Any]:
        card = await queries.own(actor, reach, assessment_id)
        sheet = await queries.sheet(card)
        return {"card": card, "sheet": sheet, "c": sheet.item(competence_id)}

    return await autosaved(
        request, await posted(request), competence_id, _save(actor, reach, assessment_id),
        saved="assessments/_saved.html", more=more,
    )  # fmt: skip


@get("/assessments/{assessment_id:int}/submission", name="assessment.review", action=Action.ASSESS)
async def review_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    assessment_id: FromPath[int],
) -> Response[Any]:
    return await _review(request, actor, reach, assessment_id)


async def _review(
    request: HTMXRequest, actor: Actor, reach: Reach, assessment_id: int, **context: Any
) -> Response[Any]:
    card = await queries.own(actor, reach, assessment_id)
    sheet = await queries.sheet(card)
    return page(
        request, "assessments/review.html", card=card, sheet=sheet, missing=problems(sheet.items),
        locked=card.locked(today()), **context,
    )  # fmt: skip


@post(
    "/assessments/{assessment_id:int}/submission",
    name="assessment.share", action=Action.ASSESS, status_code=200,
)  # fmt: skip
async def share_assessment(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    assessment_id: FromPath[int],
) -> Response[Any]:
    try:
        await commands.share_assessment(actor, reach, assessment_id, today(), datetime.now(UTC))
    except Invalid as error:
        return await _review(request, actor, reach, assessment_id, errors=error.fields)
    return see(f"/assessments/{assessment_id}/submission")


router = Router(
    "/",
    route_handlers=[
        assessments_page, start_assessment, assessment_page, review_page, domain_page, save_domain, save_answer,
        share_assessment,
    ],
)  # fmt: skip
