"""Applicants of a vacancy: the list, one application, its documents."""

from typing import Any

from litestar import Response, delete, get, post
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
from recruit.sheets.writing import to_csv, to_xlsx
from recruit.vacancies.queries import managed
from recruit.web.forms import posted
from recruit.web.lists import page_number, search_words
from recruit.web.render import page, see


@get("/vacancies/{vacancy_id:int}", name="vacancy", action=Action.READ_APPLICATIONS)
async def applications_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    vacancy_id: FromPath[int],
) -> Response[Any]:
    asked = request.query_params
    vacancy = await managed(actor, reach, vacancy_id)
    search = search_words(asked.get("search"))
    found = await queries.applications(vacancy_id, search=search, page=page_number(asked.get("page")))
    imported = asked.get("imported", "")
    return page(
        request, "applications/list.html", vacancy=vacancy, found=found, search=search,
        imported=int(imported) if imported.isascii() and imported.isdigit() and len(imported) < 6 else 0,
    )  # fmt: skip


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


@delete(
    "/applications/{application_id:int}/withdrawal",
    name="application.return", action=Action.EDIT_APPLICATIONS, status_code=200,
)  # fmt: skip
async def take_withdrawal_back(
    actor: NamedDependency[Actor], reach: NamedDependency[Reach], application_id: FromPath[int]
) -> Response[Any]:
    await commands.set_withdrawn(actor, reach, application_id, False)
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
