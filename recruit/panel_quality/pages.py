"""What the scores of one panel can bear."""

from asyncio import to_thread
from typing import Any

from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest
from markupsafe import Markup

from competences.actor import Actor
from competences.people.reach import Reach
from recruit.access import Action
from recruit.comparison.queries import stamp
from recruit.comparison.rules import differences
from recruit.panel_quality import queries
from recruit.panels.queries import Seat
from recruit.web.i18n import locale
from recruit.web.kept import kept
from recruit.web.render import page, part

FIRST_DIFFERENCES = 8
FIRST_APPLICANTS = 50


@get("/vacancies/{vacancy_id:int}/panel-quality", name="panel-quality", action=Action.READ_PANEL_QUALITY)
async def panel_quality_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    vacancy_id: FromPath[int],
) -> Response[Any]:
    here = await queries.quality_seat(actor, reach, vacancy_id)
    key = ("panel-quality", vacancy_id, await stamp(here), locale.get())
    body = await kept(key, lambda: _body(here))
    return page(request, "panel_quality/panel_quality.html", here=here, body=body)


async def _body(here: Seat) -> Markup:
    # numpy loads with the first page that needs it, not with every process.
    from competences.scoring.verdict import verdict_of  # noqa: PLC0415
    from competences.scoring.words import panel_sentence, reliability_words  # noqa: PLC0415
    from recruit.panel_quality.rules import quality  # noqa: PLC0415

    picture = await queries.scores(here)
    found = await to_thread(quality, picture.standings)
    apart = differences(picture.standings)
    return part(
        "panel_quality/_body.html",
        here=here,
        voters=picture.voters,
        found=found,
        apart=apart[:FIRST_DIFFERENCES],
        more=max(0, len(apart) - FIRST_DIFFERENCES),
        orders=(found.orders.shown or [])[:FIRST_APPLICANTS],
        caution=verdict_of(found.applicants)[1],
        reliability_words=reliability_words,
        panel_sentence=panel_sentence,
    )


router = Router("/", route_handlers=[panel_quality_page])
