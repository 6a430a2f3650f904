"""What the panel scored, side by side, after the reveal."""

from asyncio import to_thread
from typing import Any

from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest
from markupsafe import Markup

from competences.actor import Actor
from competences.errors import Conflict
from competences.people.reach import Reach
from competences.text import _
from recruit.access import Action
from recruit.comparison import queries
from recruit.comparison.rules import bands, differences, in_groups, needed, unmet
from recruit.panels.queries import Seat, informed_seat
from recruit.scorecards.queries.sealed import open_seat
from recruit.web.i18n import locale
from recruit.web.kept import kept
from recruit.web.lists import page_number, part_of
from recruit.web.render import page, part

FIRST_DIFFERENCES = 20
PAGE = 25


@get("/vacancies/{vacancy_id:int}/comparison", name="comparison", action=Action.READ_COMPARISON)
async def comparison_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    vacancy_id: FromPath[int],
) -> Response[Any]:
    try:
        here = await open_seat(actor, reach, vacancy_id)
    except Conflict as sealed:
        here = await informed_seat(actor, reach, vacancy_id)
        return page(
            request, "comparison/sealed.html", here=here, why=str(sealed), tab="comparison", status=409
        )
    number = page_number(request.query_params.get("page"))
    key = ("comparison", vacancy_id, await queries.stamp(here), number, locale.get())
    body = await kept(key, lambda: _body(here, number))
    return page(request, "comparison/comparison.html", here=here, body=body)


async def _body(here: Seat, number: int) -> Markup:
    """Return the comparison itself, which is the same for everybody who may see it."""
    # numpy loads with the first comparison, not with every process.
    from recruit.comparison.rules.certainty import HELD, certainty, headline  # noqa: PLC0415

    picture = await queries.picture_for(here, words=False)
    sure = await to_thread(certainty, picture.standings, here.posts)
    ordered = in_groups(picture.standings, sure.shown)
    rows, number, pages = part_of(ordered, str(number), PAGE)
    apart, first = differences(ordered), unmet(ordered)
    found = headline(ordered, sure.shown) if sure.shown else ""
    return part(
        "comparison/_body.html",
        picture=picture,
        sure=sure,
        bands=bands(rows, picture.standings, sure.shown),
        rows=rows,
        headline=first or found or _("Applicants by overall level"),
        below=found if first else "",
        need=needed(picture.asked),
        apart=apart[:FIRST_DIFFERENCES],
        more=max(0, len(apart) - FIRST_DIFFERENCES),
        number=number,
        pages=pages,
        held=HELD,
    )


@get(
    "/vacancies/{vacancy_id:int}/applications/{application_id:int}/scores",
    name="scores", action=Action.READ_COMPARISON,
)  # fmt: skip
async def scores_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    vacancy_id: FromPath[int], application_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    picture = await queries.picture(actor, reach, vacancy_id, only=application_id)
    return page(
        request,
        "comparison/scores.html",
        picture=picture,
        row=picture.standing(application_id),
        need=needed(picture.asked),
    )


router = Router("/", route_handlers=[comparison_page, scores_page])
