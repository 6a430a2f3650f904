"""The words of a draft."""

from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.errors import Conflict, Invalid
from competences.frameworks import commands, queries
from competences.frameworks.rules.completeness import missing
from competences.people.reach import Reach
from competences.text import _
from recruit.access import Action
from recruit.frameworks import forms
from recruit.web.forms import Post, posted
from recruit.web.render import page, see


async def _draft(actor: Actor, reach: Reach, version_id: int) -> queries.VersionRow:
    version = await queries.version(actor, reach, version_id, drafts=reach)
    if version.state != "draft":
        raise Conflict(_("A published version never changes. Make a new version and edit that one."))
    return version


async def _edit(
    request: HTMXRequest, actor: Actor, reach: Reach, version_id: int, **context: Any
) -> Response[Any]:
    version = await _draft(actor, reach, version_id)
    return page(
        request, "frameworks/edit.html", version=version, domains=await queries.content(version_id),
        gaps=missing(await queries.text_of(version_id)), **context,
    )  # fmt: skip


@get("/frameworks/{version_id:int}/edit", name="framework.edit", action=Action.EDIT_FRAMEWORKS)
async def edit_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    version_id: FromPath[int],
) -> Response[Any]:
    return await _edit(request, actor, reach, version_id)


@post(
    "/frameworks/{version_id:int}/edit",
    name="framework.save", action=Action.EDIT_FRAMEWORKS, status_code=200,
)  # fmt: skip
async def save_note(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    version_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    await _draft(actor, reach, version_id)
    try:
        note = forms.note(form, _("Say in a sentence what changes and why."))
        await commands.set_note(actor, version_id, note, form.get("stamp"))
    except Invalid as error:
        return await _edit(request, actor, reach, version_id, values=form, errors=error.fields)
    return see(f"/frameworks/{version_id}/edit")


async def _domain_form(
    request: HTMXRequest, version: queries.VersionRow, row: queries.DomainRow | None, **context: Any
) -> Response[Any]:
    return page(request, "frameworks/domain.html", version=version, row=row, **context)


@get("/frameworks/{version_id:int}/domains/new", name="domain.new", action=Action.EDIT_FRAMEWORKS)
async def new_domain_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    version_id: FromPath[int],
) -> Response[Any]:
    return await _domain_form(request, await _draft(actor, reach, version_id), None)


@get(
    "/frameworks/{version_id:int}/domains/{domain_id:int}", name="domain.edit", action=Action.EDIT_FRAMEWORKS
)
async def domain_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    version_id: FromPath[int], domain_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    version = await _draft(actor, reach, version_id)
    return await _domain_form(request, version, await queries.domain(version_id, domain_id))


async def _save_domain(
    request: HTMXRequest, actor: Actor, reach: Reach, version_id: int, row: queries.DomainRow | None
) -> Response[Any]:
    version, form = await _draft(actor, reach, version_id), await posted(request)
    try:
        await commands.save_domain(
            actor, version_id, row.id if row else None, forms.domain(form), form.get("stamp")
        )
    except (Invalid, Conflict) as error:
        return await _domain_form(request, version, row, **_again(form, error))
    return see(f"/frameworks/{version_id}/edit")


def _again(form: Post, error: Invalid | Conflict) -> dict[str, Any]:
    """The same form once more: what was typed is never lost, not even to a conflict."""
    if isinstance(error, Invalid):
        return {"values": form, "errors": error.fields}
    return {"values": form, "errors": {"code": str(error)}, "status": 409}


@post(
    "/frameworks/{version_id:int}/domains",
    name="domain.create", action=Action.EDIT_FRAMEWORKS, status_code=200,
)  # fmt: skip
async def create_domain(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    version_id: FromPath[int],
) -> Response[Any]:
    return await _save_domain(request, actor, reach, version_id, None)


@post(
    "/frameworks/{version_id:int}/domains/{domain_id:int}",
    name="domain.save", action=Action.EDIT_FRAMEWORKS, status_code=200,
)  # fmt: skip
async def save_domain(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    version_id: FromPath[int], domain_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    await _draft(actor, reach, version_id)
    return await _save_domain(request, actor, reach, version_id, await queries.domain(version_id, domain_id))


@post(
    "/frameworks/{version_id:int}/domains/{domain_id:int}/removal",
    name="domain.remove", action=Action.EDIT_FRAMEWORKS, status_code=200,
)  # fmt: skip
async def remove_domain(
    actor: NamedDependency[Actor], version_id: FromPath[int], domain_id: FromPath[int]
) -> Response[Any]:
    await commands.remove_domain(actor, version_id, domain_id)
    return see(f"/frameworks/{version_id}/edit")


async def _competence_form(
    request: HTMXRequest, version: queries.VersionRow, row: queries.CompetenceRow | None, **context: Any
) -> Response[Any]:
    domains = [(one.id, f"{one.code} {one.name}") for one in await queries.content(version.id)]
    if not domains:
        raise Conflict(_("Add a domain first: every competence belongs to one."))
    return page(
        request, "frameworks/competence.html", version=version, row=row, text=row.text if row else None,
        domains=domains, here=request.query_params.get("domain", ""), questions=forms.QUESTIONS, **context,
    )  # fmt: skip


@get("/frameworks/{version_id:int}/competences/new", name="competence.new", action=Action.EDIT_FRAMEWORKS)
async def new_competence_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    version_id: FromPath[int],
) -> Response[Any]:
    return await _competence_form(request, await _draft(actor, reach, version_id), None)


@get(
    "/frameworks/{version_id:int}/competences/{competence_id:int}",
    name="competence.edit", action=Action.EDIT_FRAMEWORKS,
)  # fmt: skip
async def competence_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    version_id: FromPath[int], competence_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    version = await _draft(actor, reach, version_id)
    return await _competence_form(request, version, await queries.competence(version_id, competence_id))


async def _save_competence(
    request: HTMXRequest, actor: Actor, reach: Reach, version_id: int, row: queries.CompetenceRow | None
) -> Response[Any]:
    version, form = await _draft(actor, reach, version_id), await posted(request)
    try:
        text = forms.competence(form)
        await commands.save_competence(
            actor, version_id, row.id if row else None, form.row("domain") or 0, text, form.get("stamp")
        )
    except (Invalid, Conflict) as error:
        return await _competence_form(request, version, row, **_again(form, error))
    return see(f"/frameworks/{version_id}/edit")


@post(
    "/frameworks/{version_id:int}/competences",
    name="competence.create", action=Action.EDIT_FRAMEWORKS, status_code=200,
)  # fmt: skip
async def create_competence(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    version_id: FromPath[int],
) -> Response[Any]:
    return await _save_competence(request, actor, reach, version_id, None)


@post(
    "/frameworks/{version_id:int}/competences/{competence_id:int}",
    name="competence.save", action=Action.EDIT_FRAMEWORKS, status_code=200,
)  # fmt: skip
async def save_competence(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    version_id: FromPath[int], competence_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    await _draft(actor, reach, version_id)
    row = await queries.competence(version_id, competence_id)
    return await _save_competence(request, actor, reach, version_id, row)


@post(
    "/frameworks/{version_id:int}/competences/{competence_id:int}/removal",
    name="competence.remove", action=Action.EDIT_FRAMEWORKS, status_code=200,
)  # fmt: skip
async def remove_competence(
    actor: NamedDependency[Actor], version_id: FromPath[int], competence_id: FromPath[int]
) -> Response[Any]:
    await commands.remove_competence(actor, version_id, competence_id)
    return see(f"/frameworks/{version_id}/edit")


router = Router(
    "/",
    route_handlers=[
        edit_page, save_note, new_domain_page, domain_page, create_domain, save_domain, remove_domain,
        new_competence_page, competence_page, create_competence, save_competence, remove_competence,
    ],
)  # fmt: skip
