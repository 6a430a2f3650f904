"""Writes of applications, their documents and imports."""

from recruit.applications.commands.applications import add_application, change_application, set_withdrawn
from recruit.applications.commands.documents import add_document, delete_document
from recruit.applications.commands.imports import (
    cancel_import,
    choose_import,
    finish_import,
    import_file,
    prepare_import,
    sweep_drafts,
)

__all__ = [
    "add_application",
    "add_document",
    "cancel_import",
    "change_application",
    "choose_import",
    "delete_document",
    "finish_import",
    "import_file",
    "prepare_import",
    "set_withdrawn",
    "sweep_drafts",
]
