"""What the panel scored, side by side, after the reveal."""

from dataclasses import dataclass
from typing import Any

from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.errors import Conflict
from competences.people.reach import Reach
from competences.text import _, _n
from recruit.access import Action
from recruit.comparison import queries
from recruit.comparison.rules import Gates, Standing, differences, in_order, needed
from recruit.panels.queries import informed_seat
from recruit.web.lists import part_of
from recruit.web.render import page

FIRST_DIFFERENCES = 20


@dataclass(frozen=True, slots=True)
class Band:
    """Rows under one heading: how they stand towards the gates."""

    name: str
    rows: list[Standing]


def band_name(gates: Gates) -> str:
    """Return the heading of a band."""
    return {
        Gates.UNMET: _("A gate is not met"),
        Gates.QUESTIONED: _("The panel sees a gate differently"),
        Gates.UNSEEN: _("A gate was not scored"),
        Gates.MET: _("All gates are met"),
    }[gates]


def headline(standings: list[Standing]) -> str:
    """Return what the page found, in one sentence that claims nothing that was not computed."""
    unmet = sum(row.gates is Gates.UNMET for row in standings)
    if unmet:
        return _n(
            "For %(count)s applicant a gate is not met: look there first",
            "For %(count)s applicants a gate is not met: look there first",
            unmet,
        )
    return _("Applicants by overall level")


@get("/vacancies/{vacancy_id:int}/comparison", name="comparison", action=Action.READ_COMPARISON)
async def comparison_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    vacancy_id: FromPath[int],
) -> Response[Any]:
    try:
        picture = await queries.picture(actor, reach, vacancy_id, words=False)
    except Conflict as sealed:
        here = await informed_seat(actor, reach, vacancy_id)
        return page(
            request, "comparison/sealed.html", here=here, why=str(sealed), tab="comparison", status=409
        )
    ordered = in_order(picture.standings)
    rows, number, pages = part_of(ordered, request.query_params.get("page"))
    apart = differences(ordered)
    return page(
        request,
        "comparison/comparison.html",
        picture=picture,
        bands=[
            Band(band_name(gates), [row for row in rows if row.gates is gates])
            for gates in Gates
            if any(row.gates is gates for row in rows)
        ],
        rows=rows,
        headline=headline(ordered),
        has_gates=any(asked.gate for asked in picture.asked),
        need=needed(picture.asked),
        apart=apart[:FIRST_DIFFERENCES],
        more=max(0, len(apart) - FIRST_DIFFERENCES),
        number=number,
        pages=pages,
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
