"""Applicants of a vacancy: the list, one application, documents, import."""

from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.errors import Invalid
from competences.people.reach import Reach
from competences.text import _
from recruit.access import Action
from recruit.applications import commands, forms, queries
from recruit.applications.rules.documents import LARGEST
from recruit.applications.rules.importing import FIELDS
from recruit.sheets.sheet import Unreadable
from recruit.sheets.writing import to_csv, to_xlsx
from recruit.vacancies.queries import managed
from recruit.web.forms import Post, posted
from recruit.web.render import page, see


@get("/vacancies/{vacancy_id:int}", name="vacancy", action=Action.READ_APPLICATIONS)
async def applications_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    vacancy_id: FromPath[int],
) -> Response[Any]:
    asked = Post({key: [value] for key, value in request.query_params.items()})
    search, number = asked.text("search", limit=100), asked.whole("page", low=1, high=10_000, empty=1)
    vacancy = await managed(actor, reach, vacancy_id)
    rows, more = await queries.applications(vacancy_id, search=search, page=number)
    return page(
        request, "applications/list.html", vacancy=vacancy, rows=rows, more=more, number=number, search=search
    )


@get("/vacancies/{vacancy_id:int}/applications.csv", name="applications.csv", action=Action.READ_APPLICATIONS)
async def applications_csv(
    actor: NamedDependency[Actor], reach: NamedDependency[Reach], vacancy_id: FromPath[int]
) -> Response[Any]:
    await managed(actor, reach, vacancy_id)
    header, rows = await queries.export_rows(vacancy_id)
    return _download(to_csv(header, rows), "text/csv; charset=utf-8", f"applications-{vacancy_id}.csv")


@get(
    "/vacancies/{vacancy_id:int}/applications.xlsx", name="applications.xlsx", action=Action.READ_APPLICATIONS
)
async def applications_xlsx(
    actor: NamedDependency[Actor], reach: NamedDependency[Reach], vacancy_id: FromPath[int]
) -> Response[Any]:
    await managed(actor, reach, vacancy_id)
    header, rows = await queries.export_rows(vacancy_id)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _download(to_xlsx(header, rows, _("Applications")), kind, f"applications-{vacancy_id}.xlsx")


def _download(content: bytes, kind: str, name: str) -> Response[Any]:
    return Response(
        content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@get("/vacancies/{vacancy_id:int}/applications/new", name="application.new", action=Action.EDIT_APPLICATIONS)
async def new_application_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    vacancy_id: FromPath[int],
) -> Response[Any]:
    return page(request, "applications/form.html", vacancy=await managed(actor, reach, vacancy_id), row=None)


@post(
    "/vacancies/{vacancy_id:int}/applications",
    name="application.add", action=Action.EDIT_APPLICATIONS, status_code=200,
)  # fmt: skip
async def add_application(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    vacancy_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    vacancy = await managed(actor, reach, vacancy_id)
    try:
        made = await commands.add_application(actor, reach, vacancy_id, forms.application(form))
    except Invalid as error:
        return page(
            request, "applications/form.html", vacancy=vacancy, row=None, values=form, errors=error.fields
        )
    return see(f"/applications/{made.subject_id}")


@get("/applications/{application_id:int}", name="application", action=Action.READ_APPLICATIONS)
async def application_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    application_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    return await _application(request, actor, reach, application_id)


async def _application(
    request: HTMXRequest, actor: Actor, reach: Reach, application_id: int, **context: Any
) -> Response[Any]:
    row = await queries.managed_application(actor, reach, application_id)
    files = await queries.documents(application_id)
    return page(request, "applications/application.html", row=row, documents=files, **context)


@get("/applications/{application_id:int}/edit", name="application.edit", action=Action.EDIT_APPLICATIONS)
async def edit_application_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    application_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    row = await queries.managed_application(actor, reach, application_id)
    return page(request, "applications/form.html", vacancy=None, row=row)


@post(
    "/applications/{application_id:int}/edit",
    name="application.change", action=Action.EDIT_APPLICATIONS, status_code=200,
)  # fmt: skip
async def change_application(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    application_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    form = await posted(request)
    row = await queries.managed_application(actor, reach, application_id)
    try:
        await commands.change_application(actor, reach, application_id, forms.application(form))
    except Invalid as error:
        return page(
            request, "applications/form.html", vacancy=None, row=row, values=form, errors=error.fields
        )
    return see(f"/applications/{application_id}")


@post(
    "/applications/{application_id:int}/withdrawal",
    name="application.withdraw", action=Action.EDIT_APPLICATIONS, status_code=200,
)  # fmt: skip
async def withdraw(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    application_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    form = await posted(request)
    await commands.set_withdrawn(actor, reach, application_id, not form.ticked("undo"))
    return see(f"/applications/{application_id}")


@post(
    "/applications/{application_id:int}/documents",
    name="document.add", action=Action.EDIT_APPLICATIONS, status_code=200,
)  # fmt: skip
async def add_document(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    application_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    form = await posted(request)
    try:
        file = form.file("document", required=_("Choose a file."))
        await commands.add_document(
            actor,
            reach,
            request.app.state.settings,
            application_id,
            file.filename,
            await file.read(LARGEST + 1),
        )
    except Invalid as error:
        return await _application(request, actor, reach, application_id, values=form, errors=error.fields)
    return see(f"/applications/{application_id}")


@get(
    "/applications/{application_id:int}/documents/{document_id:int}",
    name="document", action=Action.READ_APPLICATIONS,
)  # fmt: skip
async def document_download(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    application_id: FromPath[int], document_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    await queries.managed_application(actor, reach, application_id)
    return await queries.download(request.app.state.settings, application_id, document_id)


@post(
    "/applications/{application_id:int}/documents/{document_id:int}/deletion",
    name="document.delete", action=Action.EDIT_APPLICATIONS, status_code=200,
)  # fmt: skip
async def delete_document(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    application_id: FromPath[int], document_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    await commands.delete_document(actor, reach, request.app.state.settings, application_id, document_id)
    return see(f"/applications/{application_id}")


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
    return page(
        request, "applications/preview.html", draft=draft, sheet=sheet, plan=plan, fields=FIELDS,
        encodings=[(name, name) for name in forms.ENCODINGS], separators=forms.SEPARATORS, **context,
    )  # fmt: skip


@post("/imports/{draft_id:int}", name="import.choose", action=Action.EDIT_APPLICATIONS, status_code=200)
async def choose_import(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    draft_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    draft = await queries.import_draft(actor, reach, draft_id)
    sheet, _plan = await queries.import_plan(draft)
    try:
        await commands.choose_import(actor, reach, draft_id, forms.import_choices(form, len(sheet.header)))
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
    done = await commands.finish_import(
        actor, reach, draft_id,
        skip_rejected=form.ticked("skip_rejected"), skip_duplicates=form.ticked("skip_duplicates"),
    )  # fmt: skip
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


router = Router(
    "/",
    route_handlers=[
        applications_page, applications_csv, applications_xlsx, new_application_page, add_application,
        application_page, edit_application_page, change_application, withdraw, add_document, document_download,
        delete_document, import_page, prepare_import, preview_page, choose_import, finish_import, cancel_import,
    ],
)  # fmt: skip
