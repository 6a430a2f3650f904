"""Reading frameworks and how their versions differ."""

from typing import Any

from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.frameworks import queries
from competences.frameworks.rules.comparison import compare
from competences.people.reach import Reach
from competences.role_profiles.queries import profiles_on
from recruit.access import Action, reach_of
from recruit.web.render import page


def drafts(actor: Actor) -> Reach:
    """Return how far this person edits: who does not edit sees no draft."""
    return reach_of(actor.roles, Action.EDIT_FRAMEWORKS)


@get("/frameworks", name="frameworks", action=Action.READ_FRAMEWORKS)
async def frameworks_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    rows = await queries.versions(actor, reach, drafts=drafts(actor))
    return page(request, "frameworks/list.html", versions=rows)


@get("/frameworks/{version_id:int}", name="framework", action=Action.READ_FRAMEWORKS)
async def framework_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    version_id: FromPath[int],
) -> Response[Any]:
    version = await queries.version(actor, reach, version_id, drafts=drafts(actor))
    domains = await queries.content(version_id)
    chosen = request.query_params.get("domain", "")
    return page(
        request, "frameworks/framework.html", version=version, domains=domains,
        domain=next((row for row in domains if row.code == chosen), domains[0] if domains else None),
        others=await _others(actor, reach, version), used=len(await profiles_on(version_id)),
    )  # fmt: skip


async def _others(actor: Actor, reach: Reach, version: queries.VersionRow) -> list[queries.VersionRow]:
    rows = await queries.versions(actor, reach, drafts=drafts(actor), framework_id=version.framework_id)
    return [row for row in rows if row.id != version.id]


@get("/frameworks/{version_id:int}/comparison", name="framework.comparison", action=Action.READ_FRAMEWORKS)
async def comparison_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    version_id: FromPath[int],
) -> Response[Any]:
    version = await queries.version(actor, reach, version_id, drafts=drafts(actor))
    others = await _others(actor, reach, version)
    typed = request.query_params.get("with", "")
    older = [row for row in others if row.number < version.number]
    nearest = next(iter(older or others), None)
    other = next((row for row in others if str(row.id) == typed), nearest)
    if other is None:
        return page(request, "frameworks/comparison.html", version=version, other=None, others=[], found=None)
    old, new = sorted((version, other), key=lambda row: row.number)
    found = compare(await queries.domains_of(old.id), await queries.domains_of(new.id))
    return page(
        request, "frameworks/comparison.html", version=version, other=other, others=others, found=found,
        old=old, new=new,
    )  # fmt: skip


router = Router("/", route_handlers=[frameworks_page, framework_page, comparison_page])
