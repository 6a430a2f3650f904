"""Reads of applications and their documents."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from litestar.response import File

from competences.actor import Actor
from competences.errors import NotFound
from competences.people.reach import Reach
from competences.text import _
from recruit.applications.rules.choices import ImportChoices
from recruit.applications.rules.importing import FIELDS, ImportPlan, Mapping, key, plan, propose_mapping
from recruit.applications.tables import Application, Document, ImportDraft
from recruit.settings import Settings
from recruit.sheets.reading import read
from recruit.sheets.sheet import Sheet

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "jpg": "image/jpeg",
    "png": "image/png",
}


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A file of an application; `digest` names it in the data folder."""

    id: int
    name: str
    kind: str
    size: int
    digest: str
    added_at: datetime


async def documents(application_id: int) -> list[DocumentRow]:
    """Return the files of an application. For callers that checked who asks."""
    rows = await Document.raw(
        "SELECT id, name, kind, size, digest, added_at FROM document WHERE application = {} ORDER BY id",
        application_id,
    )
    return [DocumentRow(**row) for row in rows]


async def download(settings: Settings, application_id: int, document_id: int) -> File:
    """Return one file of an application as a download. For callers that checked who asks."""
    for row in await documents(application_id):
        path = settings.documents / row.digest
        if row.id == document_id and path.is_file():
            # The name goes out encoded (RFC 5987): no header can be forged with it.
            disposition = f"attachment; filename*=UTF-8''{quote(row.name, safe='')}"
            return File(path, media_type=TYPES[row.kind], headers={"Content-Disposition": disposition})
    raise NotFound(_("There is no such document."))


async def digest_of(application_id: int, document_id: int) -> str:
    """Return the digest of one file of an application."""
    for row in await documents(application_id):
        if row.id == document_id:
            return row.digest
    raise NotFound(_("There is no such document."))


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """An application in full, for the manager of its vacancy."""

    id: int
    vacancy_id: int
    title: str
    name: str
    email: str
    phone: str
    received_on: date | None
    source: str
    notes: str
    adjustments: str
    withdrawn_at: datetime | None
    added_at: datetime
    version: int
    starts_at: datetime | None
    revealed: bool
    signed: bool


# Whether there is an interview is the panel's to say; its table is only joined for the time.
_APPLICATION = """
SELECT a.id, v.id AS vacancy_id, v.title, a.name, a.email, a.phone, a.received_on, a.source, a.notes,
       a.adjustments, a.withdrawn_at, a.added_at, a.version,
       (SELECT i.starts_at FROM interview i WHERE i.application = a.id) AS starts_at,
       v.revealed_at IS NOT NULL AS revealed, v.signed_at IS NOT NULL AS signed
FROM application a JOIN vacancy v ON v.id = a.vacancy
WHERE a.id = {} AND (v.manager = {} OR {})
"""


async def managed_application(actor: Actor, reach: Reach, application_id: int) -> ApplicationRow:
    """Return an application to a vacancy that the actor manages; NotFound for everybody else."""
    found = reach and await Application.raw(_APPLICATION, application_id, actor.person_id, reach is Reach.ALL)
    if not found:
        raise NotFound(_("There is no such application, or you do not manage its vacancy."))
    return ApplicationRow(**found[0])


@dataclass(frozen=True, slots=True)
class ListRow:
    """An applicant in the list, by name: nothing here follows from a score."""

    id: int
    name: str
    received_on: date | None
    source: str
    withdrawn: bool
    interviewed: bool
    starts_at: datetime | None
    documents: int


_LIST = """
SELECT a.id, a.name, a.received_on, a.source, a.withdrawn_at IS NOT NULL AS withdrawn,
       i.id IS NOT NULL AS interviewed, i.starts_at,
       (SELECT count(*) FROM document d WHERE d.application = a.id) AS documents
FROM application a LEFT JOIN interview i ON i.application = a.id
WHERE a.vacancy = {} AND ({} = '' OR a.name ILIKE '%' || {} || '%' OR a.email ILIKE '%' || {} || '%')
ORDER BY lower(a.name), a.id LIMIT {} OFFSET {}
"""
PAGE = 50


async def applications(vacancy_id: int, *, search: str = "", page: int = 1) -> tuple[list[ListRow], bool]:
    """Return one page of a vacancy's applicants by name, and whether there are more.

    For callers that checked who asks.
    """
    rows = await Application.raw(_LIST, vacancy_id, search, search, search, PAGE + 1, (page - 1) * PAGE)
    return [ListRow(**row) for row in rows[:PAGE]], len(rows) > PAGE


async def export_rows(vacancy_id: int) -> tuple[list[str], list[list[Any]]]:
    """Return the applications of a vacancy as a table; never a score. For callers that checked who asks."""
    rows = await Application.raw(
        "SELECT name, email, phone, received_on, source, notes, adjustments,"
        " CASE WHEN withdrawn_at IS NULL THEN '' ELSE 'withdrawn' END AS state"
        " FROM application WHERE vacancy = {} ORDER BY lower(name), id",
        vacancy_id,
    )
    header = ["name", "email", "phone", "received_on", "source", "notes", "adjustments", "state"]
    return header, [list(row.values()) for row in rows]


@dataclass(frozen=True, slots=True)
class Draft:
    """An uploaded spreadsheet between preview and import."""

    id: int
    vacancy_id: int
    filename: str
    content: bytes
    choices: ImportChoices


async def import_draft(actor: Actor, reach: Reach, draft_id: int) -> Draft:
    """Return the actor's own upload for a vacancy that they still manage."""
    rows = reach and await ImportDraft.raw(
        "SELECT d.id, d.vacancy AS vacancy_id, d.filename, d.content, d.choices::text AS choices"
        " FROM import_draft d JOIN vacancy v ON v.id = d.vacancy WHERE d.id = {} AND d.person = {} AND v.manager = {}",
        draft_id, actor.person_id, actor.person_id,
    )  # fmt: skip
    if not rows:
        raise NotFound(_("This upload is gone: it was imported, cancelled or older than a day."))
    row = rows[0]
    chosen = json.loads(row["choices"])
    columns = chosen.pop("columns", None)
    return Draft(
        row["id"], row["vacancy_id"], row["filename"], row["content"],
        ImportChoices(**chosen, columns=tuple(columns) if columns is not None else None),
    )  # fmt: skip


def read_sheet(content: bytes, filename: str, choices: ImportChoices) -> Sheet:
    """Read a spreadsheet as chosen; raises Unreadable with a sentence."""
    return read(
        content,
        filename,
        encoding=choices.encoding,
        separator=choices.separator,
        header_line=choices.header_line,
    )


async def plan_for(
    vacancy_id: int, content: bytes, filename: str, choices: ImportChoices
) -> tuple[Sheet, ImportPlan]:
    """Return what an import into a vacancy would do."""
    sheet = read_sheet(content, filename, choices)
    mapping = propose_mapping(sheet.header)
    if choices.columns is not None and len(choices.columns) == len(sheet.header):
        mapping = Mapping(tuple(column if column in FIELDS else None for column in choices.columns))
    rows = await Application.select(Application.email, Application.name).where(
        Application.vacancy == vacancy_id
    )
    existing = {key(row["email"], row["name"]) for row in rows}
    return sheet, plan(sheet, mapping, existing, date_order=choices.date_order)


async def import_plan(draft: Draft) -> tuple[Sheet, ImportPlan]:
    """Return what an upload would do now."""
    return await plan_for(draft.vacancy_id, draft.content, draft.filename, draft.choices)
