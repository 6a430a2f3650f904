"""What a role asks for before anybody works with clients alone in it."""

from itertools import groupby
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.errors import Invalid
from competences.role_profiles.queries import choices, profile
from competences.training.commands import courses as commands
from competences.training.queries import courses as queries
from recruit.access import Action
from recruit.training.forms import courses as forms
from recruit.web.forms import posted
from recruit.web.render import page, see


async def _page(request: HTMXRequest, actor: Actor, profile_id: int, **context: Any) -> Response[Any]:
    role = await profile(profile_id)
    rows = await choices(profile_id, role.version_id)
    asking = {
        row.course_id
        for row in await queries.requirements()
        if row.before_lone_work and row.profile_id == profile_id
    }
    return page(
        request, "courses/lone_work_needs.html", profile=role,
        domains=[(name, list(group)) for name, group in groupby(rows, key=lambda row: row.domain)],
        needs={row.competence_id: row.level for row in await queries.lone_work_needs(profile_id)},
        required=[(row.id, row.code, row.title) for row in await queries.courses(actor) if row.id in asking],
        **context,
    )  # fmt: skip


@get("/role-profiles/{profile_id:int}/lone-work", name="lone-work-needs", action=Action.READ_PROFILES)
async def needs_page(
    request: HTMXRequest, actor: NamedDependency[Actor], profile_id: FromPath[int]
) -> Response[Any]:
    return await _page(request, actor, profile_id)


@post(
    "/role-profiles/{profile_id:int}/lone-work",
    name="lone-work-needs.set", action=Action.EDIT_PROFILES, status_code=200,
)  # fmt: skip
async def set_needs(
    request: HTMXRequest, actor: NamedDependency[Actor], profile_id: FromPath[int]
) -> Response[Any]:
    form = await posted(request)
    role = await profile(profile_id)
    known = [row.competence_id for row in await choices(profile_id, role.version_id)]
    try:
        await commands.set_lone_work_needs(actor, profile_id, forms.needs(form, known))
    except Invalid as error:
        return await _page(request, actor, profile_id, values=form, errors=error.fields)
    return see(f"/role-profiles/{profile_id}/lone-work")


router = Router("/", route_handlers=[needs_page, set_needs])
