"""My scoring over time: nobody but oneself reaches it."""

from typing import Any

from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.people.reach import Reach
from recruit.access import Action
from recruit.my_scoring.rules import ENOUGH, caution, record, sentences
from recruit.scorecards.queries.sealed import own_comparisons
from recruit.web.render import page


@get("/me/scoring", name="my-scoring", action=Action.SCORE)
async def my_scoring_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    found = record(await own_comparisons(actor, reach))
    return page(
        request,
        "my_scoring/my_scoring.html",
        record=found,
        said=sentences(found.whole) if found.whole else [],
        caution=caution(found),
        enough=ENOUGH,
    )


router = Router("/", route_handlers=[my_scoring_page])
