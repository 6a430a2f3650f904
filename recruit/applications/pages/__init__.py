"""Applicants of a vacancy: the list, one application, its documents, imports."""

from litestar import Router

from recruit.applications.pages.applications import (
    add_application,
    add_document,
    application_page,
    applications_csv,
    applications_page,
    applications_xlsx,
    change_application,
    delete_document,
    document_download,
    edit_application_page,
    new_application_page,
    take_withdrawal_back,
    withdraw,
)
from recruit.applications.pages.imports import (
    cancel_import,
    choose_import,
    finish_import,
    import_page,
    prepare_import,
    preview_page,
)

router = Router(
    "/",
    route_handlers=[
        applications_page, applications_csv, applications_xlsx, new_application_page, add_application,
        application_page, edit_application_page, change_application, withdraw, take_withdrawal_back,
        add_document, document_download, delete_document,
        import_page, prepare_import, preview_page, choose_import, finish_import, cancel_import,
    ],
)  # fmt: skip
