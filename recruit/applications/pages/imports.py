"""Imports: a spreadsheet is uploaded, looked at, read otherwise, and imported or thrown away."""

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.errors import Invalid
from competences.files import LARGEST
from competences.people.reach import Reach
from competences.text import _
from recruit.access import Action
from recruit.applications import commands, forms, queries
from recruit.applications.rules.choices import locked_columns, mark_of
from recruit.sheets.encodings import ENCODINGS
from recruit.sheets.sheet import Unreadable
from recruit.vacancies.queries import managed
from recruit.web.forms import Post, posted
from recruit.web.render import page, see


@get("/vacancies/{vacancy_id:int}/import", name="import.new", action=Action.EDIT_APPLICATIONS)
async def import_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    vacancy_id: FromPath[int],
) -> Response[Any]:
    return page(request, "applications/import.html", vacancy=await managed(actor, reach, vacancy_id))


@post(
    "/vacancies/{vacancy_id:int}/import",
    name="import.prepare",
    action=Action.EDIT_APPLICATIONS,
    status_code=200,
)
async def prepare_import(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    vacancy_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    vacancy = await managed(actor, reach, vacancy_id)
    try:
        file = form.file("file", required=_("Choose a file."))
        content = await file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise Invalid({"file": _("The file has more than 10 MB. Choose a smaller one.")})
        made = await commands.prepare_import(actor, reach, vacancy_id, file.filename, content)
    except Unreadable as error:
        return page(request, "applications/import.html", vacancy=vacancy, errors={"file": str(error)})
    except Invalid as error:
        return page(request, "applications/import.html", vacancy=vacancy, errors=error.fields)
    return see(f"/imports/{made.subject_id}")


@get("/imports/{draft_id:int}", name="import", action=Action.EDIT_APPLICATIONS)
async def preview_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    draft_id: FromPath[int],
) -> Response[Any]:
    return await _preview(request, actor, reach, draft_id)


async def _preview(
    request: HTMXRequest, actor: Actor, reach: Reach, draft_id: int, **context: Any
) -> Response[Any]:
    draft = await queries.import_draft(actor, reach, draft_id)
    sheet, plan = await queries.import_plan(draft)
    separators = {sign: name for name, sign in forms.SEPARATORS.items()}
    return page(
        request,
        "applications/preview.html",
        draft=draft,
        sheet=sheet,
        plan=plan,
        mark=mark_of(plan),
        names={accepted.line: accepted.fields["name"] for accepted in plan.accepted},
        locked=locked_columns(sheet.header),
        encodings=[(name, name) for name in ENCODINGS],
        separator=separators.get(draft.choices.separator or "", ""),
        changed="changed" in request.query_params,
        **context,
    )


async def _choose(actor: Actor, reach: Reach, draft_id: int, form: Post) -> bool:
    """Keep the choices of the preview page; return whether the file is read otherwise from now on."""
    draft = await queries.import_draft(actor, reach, draft_id)
    sheet, plan = await queries.import_plan(draft)
    choices = forms.import_choices(form, draft.choices, len(sheet.header))
    shown = tuple(column or "" for column in plan.mapping.columns)
    if choices.columns == shown and choices.date_order == draft.choices.date_order:
        return False
    await commands.choose_import(actor, reach, draft_id, choices)
    return True


@post("/imports/{draft_id:int}", name="import.choose", action=Action.EDIT_APPLICATIONS, status_code=200)
async def choose_import(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    draft_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    try:
        await _choose(actor, reach, draft_id, form)
    except Unreadable as error:
        return await _preview(request, actor, reach, draft_id, errors={"encoding": str(error)})
    except Invalid as error:
        return await _preview(request, actor, reach, draft_id, errors=error.fields)
    return see(f"/imports/{draft_id}")


@post(
    "/imports/{draft_id:int}/completion",
    name="import.finish",
    action=Action.EDIT_APPLICATIONS,
    status_code=200,
)
async def finish_import(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    draft_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    try:
        if form.has("choices") and await _choose(actor, reach, draft_id, form):
            return see(f"/imports/{draft_id}?changed=1")  # first look at what that makes of the file
        done = await commands.finish_import(
            actor, reach, draft_id, form.get("mark"),
            skip_rejected=form.ticked("skip_rejected"), keep=forms.lines(form, "keep"),
        )  # fmt: skip
    except Unreadable as error:
        return await _preview(request, actor, reach, draft_id, errors={"encoding": str(error)})
    except Invalid as error:
        return await _preview(request, actor, reach, draft_id, values=form, errors=error.fields)
    return see(f"/vacancies/{done.subject_id}?imported={done.count}")


@post(
    "/imports/{draft_id:int}/cancellation",
    name="import.cancel",
    action=Action.EDIT_APPLICATIONS,
    status_code=200,
)
async def cancel_import(
    actor: NamedDependency[Actor], reach: NamedDependency[Reach], draft_id: FromPath[int]
) -> Response[Any]:
    draft = await queries.import_draft(actor, reach, draft_id)
    await commands.cancel_import(actor, reach, draft_id)
    return see(f"/vacancies/{draft.vacancy_id}")
