"""When trainers are away, as each says of themselves on the page of the plan."""

from typing import Any

from litestar import Response, Router, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.errors import Invalid
from competences.people.reach import Reach
from competences.training.commands import absences as commands
from recruit.access import Action
from recruit.training.pages.plan.reading import plan_view
from recruit.web.forms import posted
from recruit.web.i18n import today
from recruit.web.render import see


@post("/training/absences", name="trainer-absence.enter", action=Action.LEAD_SESSIONS, status_code=200)
async def enter_absence(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    form = await posted(request)
    try:
        from_on, until_on = form.day("from_on"), form.day("until_on")
        form.check()
        await commands.enter_absence(actor, reach, from_on, until_on, today())
    except Invalid as error:
        return await plan_view(request, actor, reach, values=form, errors=error.fields)
    return see("/training/plan")


@post(
    "/training/absences/{absence_id:int}/removal",
    name="trainer-absence.remove", action=Action.LEAD_SESSIONS, status_code=200,
)  # fmt: skip
async def remove_absence(
    actor: NamedDependency[Actor], reach: NamedDependency[Reach], absence_id: FromPath[int]
) -> Response[Any]:
    await commands.remove_absence(actor, reach, absence_id)
    return see("/training/plan")


router = Router("/", route_handlers=[enter_absence, remove_absence])
