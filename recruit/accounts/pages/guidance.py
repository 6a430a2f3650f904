"""Help, and who may do what."""

from typing import Any

from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.people.reach import Reach
from competences.text import _
from recruit.access import MATRIX, ROLES, Action, action_name, role_name
from recruit.web.render import page


@get("/help", name="help", action=Action.USE_ACCOUNT)
async def help_page(request: HTMXRequest, actor: NamedDependency[Actor]) -> Response[Any]:
    return page(request, "help/help.html", mine=actor.roles)


def reach_name(reach: Reach) -> str:
    """Return whose rows a reach covers, in the reader's language."""
    return {Reach.NO: _("no"), Reach.OWN: _("own"), Reach.TEAM: _("team"), Reach.ALL: _("all")}[reach]


@get("/help/access", name="help.access", action=Action.USE_ACCOUNT)
async def access_page(request: HTMXRequest, actor: NamedDependency[Actor]) -> Response[Any]:
    rows = [
        (action_name(action), [(int(reach), reach_name(reach)) for reach in MATRIX[action]])
        for action in Action
    ]
    heads = [(role_name(role), role in actor.roles) for role in ROLES]
    return page(request, "help/access.html", heads=heads, rows=rows)


router = Router("/", route_handlers=[help_page, access_page])
