"""The life of a version: a new one, published, retired, deleted."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.errors import Invalid
from competences.frameworks import commands, queries
from competences.frameworks.rules.completeness import missing
from competences.people.reach import Reach
from competences.role_profiles.queries import profiles_on
from competences.text import _
from recruit.access import Action
from recruit.frameworks import forms
from recruit.web.forms import posted
from recruit.web.render import page, see


async def _version(actor: Actor, reach: Reach, version_id: int) -> queries.VersionRow:
    return await queries.version(actor, reach, version_id, drafts=reach)


async def _new(
    request: HTMXRequest, actor: Actor, reach: Reach, version_id: int, **context: Any
) -> Response[Any]:
    version = await _version(actor, reach, version_id)
    return page(request, "frameworks/new_version.html", version=version, **context)


@get("/frameworks/{version_id:int}/versions/new", name="framework.new-version", action=Action.EDIT_FRAMEWORKS)
async def new_version_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    version_id: FromPath[int],
) -> Response[Any]:
    return await _new(request, actor, reach, version_id)


@post(
    "/frameworks/{version_id:int}/versions",
    name="framework.create-version", action=Action.EDIT_FRAMEWORKS, status_code=200,
)  # fmt: skip
async def create_version(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    version_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    await _version(actor, reach, version_id)
    try:
        note = forms.note(form, _("Say in a sentence what will change and why."))
        made = await commands.create_version(actor, version_id, note)
    except Invalid as error:
        return await _new(request, actor, reach, version_id, values=form, errors=error.fields)
    return see(f"/frameworks/{made.subject_id}/edit")


async def _publication(
    request: HTMXRequest, actor: Actor, reach: Reach, version_id: int, **context: Any
) -> Response[Any]:
    version = await _version(actor, reach, version_id)
    gaps = missing(await queries.text_of(version_id))
    return page(request, "frameworks/publication.html", version=version, gaps=gaps, **context)


@get("/frameworks/{version_id:int}/publication", name="framework.publication", action=Action.EDIT_FRAMEWORKS)
async def publication_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    version_id: FromPath[int],
) -> Response[Any]:
    return await _publication(request, actor, reach, version_id)


@post(
    "/frameworks/{version_id:int}/publication",
    name="framework.publish", action=Action.EDIT_FRAMEWORKS, status_code=200,
)  # fmt: skip
async def publish(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    version_id: FromPath[int],
) -> Response[Any]:
    try:
        await commands.publish(actor, version_id, datetime.now(UTC))
    except Invalid:
        return await _publication(request, actor, reach, version_id, status=422)
    return see(f"/frameworks/{version_id}")


@get("/frameworks/{version_id:int}/retirement", name="framework.retirement", action=Action.EDIT_FRAMEWORKS)
async def retirement_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    version_id: FromPath[int],
) -> Response[Any]:
    version = await _version(actor, reach, version_id)
    return page(
        request, "frameworks/retirement.html", version=version, used=len(await profiles_on(version_id))
    )


@post(
    "/frameworks/{version_id:int}/retirement",
    name="framework.retire", action=Action.EDIT_FRAMEWORKS, status_code=200,
)  # fmt: skip
async def retire(actor: NamedDependency[Actor], version_id: FromPath[int]) -> Response[Any]:
    await commands.retire(actor, version_id)
    return see(f"/frameworks/{version_id}")


@get("/frameworks/{version_id:int}/deletion", name="framework.deletion", action=Action.EDIT_FRAMEWORKS)
async def deletion_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    version_id: FromPath[int],
) -> Response[Any]:
    version = await _version(actor, reach, version_id)
    return page(request, "frameworks/deletion.html", version=version)


@post(
    "/frameworks/{version_id:int}/deletion",
    name="framework.delete", action=Action.EDIT_FRAMEWORKS, status_code=200,
)  # fmt: skip
async def delete_draft(actor: NamedDependency[Actor], version_id: FromPath[int]) -> Response[Any]:
    await commands.delete_draft(actor, version_id)
    return see("/frameworks")


router = Router(
    "/",
    route_handlers=[
        new_version_page, create_version, publication_page, publish, retirement_page, retire, deletion_page,
        delete_draft,
    ],
)  # fmt: skip
