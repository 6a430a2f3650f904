"""Writes of documents: the bytes first, then the row that names them; the other way round when deleting."""

import asyncio
import os
import tempfile
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from competences.actor import Actor
from competences.audit.commands import command
from competences.errors import NotFound
from competences.files import checked_kind, name_of_kind
from competences.people.reach import Reach
from competences.text import _
from recruit.applications import queries
from recruit.applications.events import DocumentAdded, DocumentDeleted
from recruit.applications.tables import Document
from recruit.settings import Settings

# Whoever adds or removes the bytes of one digest holds this until the end of the transaction.
_HOLD = "SELECT pg_advisory_xact_lock(hashtextextended({}, 0))"


async def add_document(
    actor: Actor, reach: Reach, settings: Settings, application_id: int, name: str, content: bytes
) -> None:
    """Keep a file that came with an application.

    Raises:
        Invalid: it is empty, over 10 MB, or none of the kinds that are taken.
    """
    await queries.managed_application(actor, reach, application_id)
    kind = checked_kind(content, "document")
    digest = sha256(content).hexdigest()
    try:
        await _add(actor, reach, settings, application_id, name_of_kind(name, kind), kind, digest, content)
    except BaseException:
        await _forget_unnamed(settings, digest)
        raise


@command
async def _add(
    actor: Actor, reach: Reach, settings: Settings, application_id: int,
    name: str, kind: str, digest: str, content: bytes,
) -> DocumentAdded:  # fmt: skip
    await queries.managed_application(actor, reach, application_id)
    await Document.raw(_HOLD, digest)
    await asyncio.to_thread(_keep, settings.documents, digest, content)
    row = Document(
        application=application_id, name=name, kind=kind, size=len(content), digest=digest,
        added_at=datetime.now(UTC),
    )  # fmt: skip
    await row.save()
    return DocumentAdded(subject_id=application_id, document=row.id, kind=kind)


def _keep(folder: Path, digest: str, content: bytes) -> None:
    """Write a file under the digest of its content: whole or not at all, and on the disk before this ends."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    number, part = tempfile.mkstemp(dir=folder, prefix=".part-")  # readable by this account only
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(part).replace(folder / digest)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
    with suppress(OSError):  # some systems do not open folders
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


async def delete_document(
    actor: Actor, reach: Reach, settings: Settings, application_id: int, document_id: int
) -> None:
    """Delete a file; its bytes go after the row is gone, when no other row names them."""
    await queries.managed_application(actor, reach, application_id)
    digest = await queries.digest_of(application_id, document_id)
    await _delete(actor, reach, application_id, document_id)
    await _forget_unnamed(settings, digest)


@command
async def _delete(actor: Actor, reach: Reach, application_id: int, document_id: int) -> DocumentDeleted:
    await queries.managed_application(actor, reach, application_id)
    gone = await (
        Document.delete()
        .where(Document.id == document_id, Document.application == application_id)
        .returning(Document.id)
    )
    if not gone:
        raise NotFound(_("There is no such document."))
    return DocumentDeleted(subject_id=application_id, document=document_id)


async def _forget_unnamed(settings: Settings, digest: str) -> None:
    """Remove bytes that no row names, unless somebody is just adding the same file."""
    async with Document._meta.db.transaction():
        await Document.raw(_HOLD, digest)
        if not await Document.exists().where(Document.digest == digest):
            (settings.documents / digest).unlink(missing_ok=True)
