"""Levels before and after courses, of groups."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.people.reach import Reach
from competences.training.queries.effects import effects
from competences.training.rules.effects import FEWEST
from recruit.access import Action
from recruit.web.i18n import local
from recruit.web.render import page


@get("/training/effects", name="training-effects", action=Action.READ_EFFECTS)
async def effects_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    zone = local(datetime.now(UTC)).tzinfo
    assert zone is not None
    rows = [row for row in await effects(actor, reach, zone) if row.completed]
    return page(request, "effects/effects.html", rows=rows, fewest=FEWEST)


router = Router("/", route_handlers=[effects_page])
