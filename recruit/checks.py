"""Whether everything is as it should be: what `recruit check` says."""

import hashlib
import os
import shutil

from competences.audit.queries import verify
from competences.sealing.queries import lost_keys
from competences.support.queries.chain import broken_entry, count_shut
from competences.text import _, _n
from recruit import database, keys
from recruit.applications.tables import Document
from recruit.piccolo_conf import DB
from recruit.settings import Settings

ENOUGH = 500_000_000  # bytes


async def problems(settings: Settings) -> list[str]:
    """Return one sentence for each thing that is wrong; nothing when all is well."""
    found = await _database_problems()
    if found:
        return found
    return [
        *await _log_problems(),
        *await _sealed_problems(settings),
        *await _document_problems(settings),
        *_folder_problems(settings),
    ]


async def _database_problems() -> list[str]:
    version = await DB.get_version()
    if version < 14:
        return [_("PostgreSQL %(version)s is too old: 14 or newer is needed.", version=version)]
    if waiting := await database.waiting_migrations():
        return [_("%(count)s migrations have not run. Run: recruit migrate", count=len(waiting))]
    return []


async def _log_problems() -> list[str]:
    verdict = await verify()
    if verdict.broken_at is not None:
        return [_("The log is broken: entry %(entry)s is not as it was written.", entry=verdict.broken_at)]
    return [_("The log is broken: its last entries are missing.")] if verdict.tail_missing else []


async def _sealed_problems(settings: Settings) -> list[str]:
    """Say what is wrong with sealed texts and their keys: how many, never whose."""
    ring, found = keys.ring(settings), []
    broken = await broken_entry()
    if broken is not None:
        found.append(_("The log of support is broken: entries were changed, or the last ones are missing."))
    if lost := await lost_keys(ring):
        found.append(
            _n(
                "%(count)s data key does not open: its master key is missing, or it was changed. Put back the copy of"
                " the master key that was kept apart.",
                "%(count)s data keys do not open: their master key is missing, or they were changed. Put back the copy"
                " of the master key that was kept apart.",
                lost,
            )
        )
    missing, shut = await count_shut(ring)
    if missing:
        found.append(
            _(
                "Data keys of sealed texts are missing. Run: recruit keys restore, with the file that was kept apart."
            )
        )
    if shut:
        found.append(
            _n(
                "%(count)s sealed text is not as it was written.",
                "%(count)s sealed texts are not as they were written.",
                shut,
            )
        )
    return found


async def _document_problems(settings: Settings) -> list[str]:
    found = []
    for row in await Document.select(Document.id, Document.digest):
        path = settings.documents / row["digest"]
        if not path.is_file():
            found.append(_("Document %(number)s is missing from the data folder.", number=row["id"]))
        elif hashlib.sha256(path.read_bytes()).hexdigest() != row["digest"]:
            found.append(_("Document %(number)s is not as it was uploaded.", number=row["id"]))
    return found


def _folder_problems(settings: Settings) -> list[str]:
    found = []
    if settings.folder.exists() and shutil.disk_usage(settings.folder).free < ENOUGH:
        found.append(_("Less than 500 MB are free where %(folder)s lies.", folder=settings.folder))
    for path in (settings.documents, settings.folder / "secret", settings.badge_key, keys.file(settings)):
        if path.exists() and path.stat().st_mode & 0o077:
            found.append(_("Others on this machine can read %(path)s. Run: chmod go= %(path)s", path=path))
    if settings.documents.exists() and not os.access(settings.documents, os.W_OK):
        found.append(_("Recruit cannot write into %(path)s.", path=settings.documents))
    return found
