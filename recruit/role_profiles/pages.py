"""What roles ask for."""

from itertools import groupby
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.errors import Conflict, Invalid
from competences.role_profiles import commands, queries
from competences.role_profiles.rules import ASSESSED_BY
from recruit.access import Action
from recruit.role_profiles import forms
from recruit.web.forms import Post, posted
from recruit.web.render import page, see


@get("/role-profiles", name="role-profiles", action=Action.READ_PROFILES)
async def profiles_page(request: HTMXRequest) -> Response[Any]:
    return page(request, "role_profiles/list.html", profiles=await queries.profiles())


@get("/role-profiles/{profile_id:int}", name="role-profile", action=Action.READ_PROFILES)
async def profile_page(request: HTMXRequest, profile_id: FromPath[int]) -> Response[Any]:
    profile = await queries.profile(profile_id)
    rows = [row for row in await queries.choices(profile_id, profile.version_id) if row.wanted]
    return page(request, "role_profiles/profile.html", profile=profile, criteria=rows)


@get("/role-profiles/new", name="role-profile.new", action=Action.EDIT_PROFILES)
async def new_profile_page(request: HTMXRequest) -> Response[Any]:
    versions = await queries.versions()
    asked = Post({"version": [request.query_params.get("version", "")]}).row("version")
    if asked not in dict(versions):
        return page(request, "role_profiles/version.html", versions=versions)
    return await _form(request, None, asked or 0)


async def _form(
    request: HTMXRequest, profile: queries.ProfileRow | None, version_id: int, **context: Any
) -> Response[Any]:
    rows = await queries.choices(profile.id if profile else 0, version_id)
    return page(
        request, "role_profiles/form.html", profile=profile, version_id=version_id, ways=ASSESSED_BY,
        stamp=queries.stamp_of(profile, rows) if profile else "",
        domains=[(name, list(group)) for name, group in groupby(rows, key=lambda row: row.domain)], **context,
    )  # fmt: skip


@post("/role-profiles", name="role-profile.create", action=Action.EDIT_PROFILES, status_code=200)
async def create_profile(request: HTMXRequest, actor: NamedDependency[Actor]) -> Response[Any]:
    form = await posted(request)
    versions = await queries.versions()
    version_id = form.row("version")
    if version_id not in dict(versions):
        return see("/role-profiles/new")
    choices = [row.competence_id for row in await queries.choices(0, version_id or 0)]
    try:
        made = await commands.create_profile(actor, version_id, forms.profile(form, choices))
    except Invalid as error:
        return await _form(request, None, version_id or 0, values=form, errors=error.fields)
    return see(f"/role-profiles/{made.subject_id}")


@get("/role-profiles/{profile_id:int}/edit", name="role-profile.edit", action=Action.EDIT_PROFILES)
async def edit_profile_page(request: HTMXRequest, profile_id: FromPath[int]) -> Response[Any]:
    profile = await queries.profile(profile_id)
    return await _form(request, profile, profile.version_id)


@post(
    "/role-profiles/{profile_id:int}/edit",
    name="role-profile.change",
    action=Action.EDIT_PROFILES,
    status_code=200,
)
async def change_profile(
    request: HTMXRequest, actor: NamedDependency[Actor], profile_id: FromPath[int]
) -> Response[Any]:
    form = await posted(request)
    profile = await queries.profile(profile_id)
    choices = [row.competence_id for row in await queries.choices(profile_id, profile.version_id)]
    try:
        await commands.change_profile(actor, profile_id, forms.profile(form, choices))
    except Invalid as error:
        return await _form(request, profile, profile.version_id, values=form, errors=error.fields)
    except Conflict as error:
        again: dict[str, Any] = {"values": form, "errors": {"title": str(error)}, "status": 409}
        return await _form(request, profile, profile.version_id, **again)
    return see(f"/role-profiles/{profile_id}")


@post(
    "/role-profiles/{profile_id:int}/retirement",
    name="role-profile.retire", action=Action.EDIT_PROFILES, status_code=200,
)  # fmt: skip
async def retire_profile(
    request: HTMXRequest, actor: NamedDependency[Actor], profile_id: FromPath[int]
) -> Response[Any]:
    form = await posted(request)
    await commands.set_retired(actor, profile_id, not form.ticked("undo"))
    return see(f"/role-profiles/{profile_id}")


router = Router(
    "/",
    route_handlers=[
        profiles_page, profile_page, new_profile_page, create_profile, edit_profile_page, change_profile,
        retire_profile,
    ],
)  # fmt: skip
