"""Reads of documents. For callers that checked who asks: managers here, members of the panel elsewhere."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from litestar.response import File

from competences.errors import NotFound
from competences.files import TYPES
from competences.text import _
from recruit.applications.tables import Document
from recruit.settings import Settings


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
    """Return the files of an application."""
    rows = await Document.raw(
        "SELECT id, name, kind, size, digest, added_at FROM document WHERE application = {} ORDER BY id",
        application_id,
    )
    return [DocumentRow(**row) for row in rows]


async def download(settings: Settings, application_id: int, document_id: int) -> File:
    """Return one file of an application as a download."""
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
