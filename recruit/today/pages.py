"""What needs this person today."""

from typing import Any

from litestar import Response, Router, get
from litestar.plugins.htmx import HTMXRequest

from recruit.access import Action
from recruit.web.render import page


@get("/", name="today", action=Action.USE_ACCOUNT)
async def today_page(request: HTMXRequest) -> Response[Any]:
    return page(request, "today/today.html")


router = Router("/", route_handlers=[today_page])
