"""Reads of applications, their documents and imports."""

from recruit.applications.queries.applications import (
    ApplicationRow,
    ListRow,
    applications,
    export_rows,
    managed_application,
)
from recruit.applications.queries.documents import DocumentRow, digest_of, documents, download
from recruit.applications.queries.imports import (
    DRAFTS_LAST,
    Draft,
    choices_of,
    import_draft,
    import_plan,
    plan_for,
    read_sheet,
)

__all__ = [
    "DRAFTS_LAST",
    "ApplicationRow",
    "DocumentRow",
    "Draft",
    "ListRow",
    "applications",
    "choices_of",
    "digest_of",
    "documents",
    "download",
    "export_rows",
    "import_draft",
    "import_plan",
    "managed_application",
    "plan_for",
    "read_sheet",
]
