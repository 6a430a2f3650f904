"""The catalogue of needs: read by everybody on the staff, written by support leads. It tells of nobody."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.errors import Conflict, Invalid
from competences.people.reach import Reach
from competences.support.commands import catalogue as commands
from competences.support.queries import catalogue as queries
from recruit.access import Action, reach_of
from recruit.support import forms
from recruit.web.forms import posted
from recruit.web.render import page, see


def _writes(actor: Actor) -> bool:
    return reach_of(actor.roles, Action.EDIT_NEEDS) is Reach.ALL


@get("/support/needs", name="needs", action=Action.READ_NEEDS)
async def needs_page(request: HTMXRequest, actor: NamedDependency[Actor]) -> Response[Any]:
    writes = _writes(actor)
    rows = await queries.needs(Reach.ALL if writes else Reach.OWN)
    return page(request, "support/needs.html", rows=rows, writes=writes)


@get("/support/needs/{need_id:int}", name="need", action=Action.READ_NEEDS)
async def need_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach], need_id: FromPath[int]
) -> Response[Any]:
    writes = _writes(actor)
    versions = await queries.need_versions(reach, need_id, drafts=writes)
    typed = request.query_params.get("version", "")
    published = next((row for row in versions if row.published_at), versions[0])
    row = next((row for row in versions if str(row.number) == typed), published)
    return page(request, "support/catalogue_need.html", row=row, versions=versions, writes=writes)


@get("/support/needs/new", name="need.new", action=Action.EDIT_NEEDS)
async def new_catalogue_need_page(request: HTMXRequest) -> Response[Any]:
    return page(request, "support/need_form.html", row=None)


@post("/support/needs", name="need.create", action=Action.EDIT_NEEDS, status_code=200)
async def create_catalogue_need(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    form = await posted(request)
    try:
        made = await commands.create_need(actor, reach, forms.need_text(form))
    except Invalid as error:
        return page(request, "support/need_form.html", row=None, values=form, errors=error.fields)
    return see(f"/support/need-versions/{made.subject_id}")


@post("/support/needs/{need_id:int}/versions", name="need.draft", action=Action.EDIT_NEEDS, status_code=200)
async def draft(
    actor: NamedDependency[Actor], reach: NamedDependency[Reach], need_id: FromPath[int]
) -> Response[Any]:
    made = await commands.draft_need(actor, reach, need_id)
    return see(f"/support/need-versions/{made.subject_id}")


@post(
    "/support/needs/{need_id:int}/retirement", name="need.retire", action=Action.EDIT_NEEDS, status_code=200
)
async def retire(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach], need_id: FromPath[int]
) -> Response[Any]:
    """Offer it no more, or again: the button says which."""
    back = (await posted(request)).get("how") == "restore"
    await (commands.restore_need if back else commands.retire_need)(actor, reach, need_id)
    return see(f"/support/needs/{need_id}")


async def _version(request: HTMXRequest, reach: Reach, need_version_id: int, **context: Any) -> Response[Any]:
    row = await queries.need_version(reach, need_version_id, drafts=True)
    if row.published_at is not None:
        return see(f"/support/needs/{row.need_id}?version={row.number}")
    return page(request, "support/need_form.html", row=row, **context)


@get("/support/need-versions/{need_version_id:int}", name="need-version", action=Action.EDIT_NEEDS)
async def version_page(
    request: HTMXRequest, reach: NamedDependency[Reach], need_version_id: FromPath[int]
) -> Response[Any]:
    return await _version(request, reach, need_version_id)


@post(
    "/support/need-versions/{need_version_id:int}",
    name="need-version.save", action=Action.EDIT_NEEDS, status_code=200,
)  # fmt: skip
async def save_version(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    need_version_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    """Save a draft, and publish it where that button was pressed."""
    form = await posted(request)
    try:
        row = await queries.need_version(reach, need_version_id, drafts=True)
        await commands.save_need(
            actor, reach, need_version_id, forms.need_text(form, row.code), form.get("stamp")
        )
        if form.get("how") == "publish":
            await commands.publish_need(actor, reach, need_version_id, datetime.now(UTC))
            return see(f"/support/needs/{row.need_id}")
    except Invalid as error:
        return await _version(request, reach, need_version_id, values=form, errors=error.fields)
    except Conflict as error:
        return await _version(request, reach, need_version_id, values=form, status=409, conflict=str(error))
    return see(f"/support/need-versions/{need_version_id}")


@post(
    "/support/need-versions/{need_version_id:int}/deletion",
    name="need-version.delete", action=Action.EDIT_NEEDS, status_code=200,
)  # fmt: skip
async def delete_version(
    actor: NamedDependency[Actor], reach: NamedDependency[Reach], need_version_id: FromPath[int]
) -> Response[Any]:
    await commands.delete_need_draft(actor, reach, need_version_id)
    return see("/support/needs")


router = Router(
    "/",
    route_handlers=[
        needs_page, need_page, new_catalogue_need_page, create_catalogue_need, draft, retire, version_page,
        save_version, delete_version,
    ],
)  # fmt: skip
