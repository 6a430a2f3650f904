"""What everybody on the staff sees of support: how it works, and the plans that they can open."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.people.reach import Reach
from competences.support.queries.plans import own_places
from recruit.access import Action, reach_of
from recruit.web.i18n import today
from recruit.web.render import page


@get("/support", name="support", action=Action.READ_SUPPORT)
async def support_page(request: HTMXRequest, actor: NamedDependency[Actor]) -> Response[Any]:
    places = await own_places(actor, datetime.now(UTC))
    leads = reach_of(actor.roles, Action.PROPOSE_SUPPORT) is Reach.ALL
    return page(request, "support/overview.html", places=places, leads=leads, today=today())


router = Router("/", route_handlers=[support_page])
