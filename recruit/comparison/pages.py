"""Applicants side by side, and one applicant's scores with the evidence."""

from typing import Any

from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.errors import Conflict
from competences.people.reach import Reach
from recruit.access import Action
from recruit.comparison import queries
from recruit.comparison.rules import ordered
from recruit.panels.queries import informed_seat
from recruit.web.render import page


@get("/vacancies/{vacancy_id:int}/comparison", name="comparison", action=Action.READ_COMPARISON)
async def comparison_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    vacancy_id: FromPath[int],
) -> Response[Any]:
    try:
        board = await queries.board(actor, reach, vacancy_id)
    except Conflict as sealed:
        here = await informed_seat(actor, reach, vacancy_id)
        return page(
            request, "comparison/sealed.html", here=here, why=str(sealed), tab="comparison", status=409
        )
    bands = ordered(board.standings)
    differences = sorted(
        ((row, difference) for row in board.standings if not row.withdrawn for difference in row.differences),
        key=lambda pair: -pair[1].apart,
    )
    return page(
        request, "comparison/comparison.html", board=board, here=board.here, bands=bands,
        differences=differences[:30], more=max(0, len(differences) - 30),
    )  # fmt: skip


@get(
    "/vacancies/{vacancy_id:int}/applications/{application_id:int}/scores",
    name="scores", action=Action.READ_COMPARISON,
)  # fmt: skip
async def scores_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    vacancy_id: FromPath[int], application_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    board = await queries.board(actor, reach, vacancy_id)
    standing = board.standing(application_id)
    said = {
        (row.criterion_id, row.member_id): row
        for row in board.ratings
        if row.application_id == application_id
    }
    return page(request, "comparison/scores.html", board=board, here=board.here, standing=standing, said=said)


router = Router("/", route_handlers=[comparison_page, scores_page])
