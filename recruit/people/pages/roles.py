"""The role that somebody works in, now and before."""

from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.errors import Invalid
from competences.people import queries
from competences.people.reach import Reach
from competences.role_profiles.commands import assign_role, end_role
from competences.role_profiles.queries import profiles, roles_until_now
from recruit.access import Action
from recruit.people import forms
from recruit.web.forms import posted
from recruit.web.i18n import today
from recruit.web.render import page, see


@get("/people/{person_id:int}/roles", name="roles", action=Action.LEAD_PEOPLE)
async def roles_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    person_id: FromPath[int],
) -> Response[Any]:
    return await _roles(request, actor, reach, person_id)


async def _roles(
    request: HTMXRequest, actor: Actor, reach: Reach, person_id: int, **context: Any
) -> Response[Any]:
    person = await queries.led(actor, reach, person_id)
    choices = [(row.id, row.title) for row in await profiles() if not row.retired]
    rows = await roles_until_now(actor, reach, person_id)
    return page(
        request, "people/roles.html", person=person, roles=rows, profiles=choices, today=today(), **context
    )


@post("/people/{person_id:int}/roles", name="role.assign", action=Action.LEAD_PEOPLE, status_code=200)
async def assign(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    person_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    try:
        await assign_role(actor, reach, person_id, *forms.role(form))
    except Invalid as error:
        return await _roles(request, actor, reach, person_id, values=form, errors=error.fields)
    return see(f"/people/{person_id}")


@post("/people/{person_id:int}/roles/last-day", name="role.end", action=Action.LEAD_PEOPLE, status_code=200)
async def end(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    person_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    try:
        await end_role(actor, reach, person_id, forms.last_day(form))
    except Invalid as error:
        return await _roles(request, actor, reach, person_id, values=form, errors=error.fields)
    return see(f"/people/{person_id}")


router = Router("/", route_handlers=[roles_page, assign, end])
