"""A year of training, to look ahead and to print."""

from datetime import date
from typing import Any

from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.gaps.rules.standing import months_from
from competences.people.reach import Reach
from competences.training.queries.year import MONTHS, months_of, year
from recruit.access import Action
from recruit.web.i18n import today
from recruit.web.render import page


@get("/training/plan/year", name="training-year", action=Action.LEAD_SESSIONS)
async def year_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    day = today()
    first = _month(request.query_params.get("from", ""), day)
    return page(
        request, "training_plan/year.html", rows=await year(actor, reach, first, day), months=months_of(first),
        earlier=months_from(first, -MONTHS), later=months_from(first, MONTHS),
        present=first == day.replace(day=1),
    )  # fmt: skip


def _month(typed: str, day: date) -> date:
    """Return the month that an address asks for; anything strange is the present one."""
    try:
        asked = date.fromisoformat(f"{typed}-01")
    except ValueError:
        return day.replace(day=1)
    return asked if abs(asked.year - day.year) <= 20 else day.replace(day=1)


router = Router("/", route_handlers=[year_page])
