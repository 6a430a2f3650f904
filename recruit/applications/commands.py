"""Writes of applications, their documents and imports."""

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from competences.actor import SYSTEM, Actor
from competences.audit.commands import command
from competences.errors import Conflict, Invalid, NotFound
from competences.people.reach import Reach
from competences.text import _
from recruit.applications import queries
from recruit.applications.events import (
    ApplicationAdded,
    ApplicationChanged,
    ApplicationsImported,
    ApplicationWithdrawn,
    DocumentAdded,
    DocumentDeleted,
    ImportCancelled,
    ImportPrepared,
)
from recruit.applications.forms import ApplicationDraft
from recruit.applications.rules.choices import ImportChoices
from recruit.applications.rules.documents import LARGEST, kind_of, safe_name
from recruit.applications.rules.importing import Accepted, report
from recruit.applications.tables import Application, Document, ImportDraft
from recruit.settings import Settings
from recruit.vacancies.queries import managed
from recruit.vacancies.tables import State, Vacancy

DRAFTS_LAST = timedelta(days=1)


async def _taking(actor: Actor, reach: Reach, vacancy_id: int) -> None:
    """Refuse applications to a vacancy that takes none any more."""
    vacancy = await managed(actor, reach, vacancy_id)
    if vacancy.revealed_at is not None or vacancy.state in (State.DECIDED, State.CLOSED):
        raise Conflict(_("This vacancy takes no more applications: its scores are open or it is closed."))


@command
async def add_application(
    actor: Actor, reach: Reach, vacancy_id: int, draft: ApplicationDraft
) -> ApplicationAdded:
    """Add somebody who applied."""
    await _taking(actor, reach, vacancy_id)
    row = Application(
        vacancy=vacancy_id,
        name=draft.name,
        email=draft.email,
        phone=draft.phone,
        received_on=draft.received_on,
        source=draft.source,
        notes=draft.notes,
        adjustments=draft.adjustments,
        added_at=datetime.now(UTC),
    )
    await row.save()
    return ApplicationAdded(subject_id=row.id, vacancy=vacancy_id)


async def _locked(actor: Actor, reach: Reach, application_id: int) -> Application:
    await queries.managed_application(actor, reach, application_id)
    row = await Application.objects().where(Application.id == application_id).lock_rows().first()
    assert row is not None
    return row


@command
async def change_application(
    actor: Actor, reach: Reach, application_id: int, draft: ApplicationDraft
) -> ApplicationChanged:
    """Change an application; refused when somebody changed it since the form was opened."""
    row = await _locked(actor, reach, application_id)
    if row.version != draft.version:
        raise Conflict(
            _("Somebody changed this application since you opened it. Go back, copy your text and reload.")
        )
    row.name, row.email, row.phone = draft.name, draft.email, draft.phone
    row.received_on, row.source = draft.received_on, draft.source
    row.notes, row.adjustments, row.version = draft.notes, draft.adjustments, row.version + 1
    await row.save()
    return ApplicationChanged(subject_id=application_id)


@command
async def set_withdrawn(
    actor: Actor, reach: Reach, application_id: int, withdrawn: bool
) -> ApplicationWithdrawn:
    """Record that an applicant withdrew, or take that back while nothing is revealed."""
    row = await _locked(actor, reach, application_id)
    vacancy = await Vacancy.objects().get(Vacancy.id == row.vacancy)
    if vacancy is None or vacancy.signed_at is not None:
        raise Conflict(_("The decision is signed; applications stay as they were."))
    if not withdrawn and vacancy.revealed_at is not None:
        raise Conflict(_("The scores are open; an application cannot come back."))
    row.withdrawn_at = datetime.now(UTC) if withdrawn else None
    await row.save([Application.withdrawn_at])
    return ApplicationWithdrawn(subject_id=application_id, withdrawn=withdrawn)


async def add_document(
    actor: Actor, reach: Reach, settings: Settings, application_id: int, name: str, content: bytes
) -> None:
    """Keep a file that came with an application: first its bytes, then the row that names them.

    Raises:
        Invalid: it is empty, over 10 MB, or none of the kinds that are taken.
    """
    await queries.managed_application(actor, reach, application_id)
    kind = kind_of(content)
    if not content:
        raise Invalid({"document": _("The file is empty.")})
    if len(content) > LARGEST:
        raise Invalid({"document": _("The file has more than 10 MB. Choose a smaller one.")})
    if kind is None:
        raise Invalid(
            {"document": _("Only PDF, DOCX, ODT, JPG and PNG files are taken; this is none of them inside.")}
        )
    digest = hashlib.sha256(content).hexdigest()
    _keep(settings, digest, content)
    await _add_document(actor, application_id, safe_name(name), kind, len(content), digest)


def _keep(settings: Settings, digest: str, content: bytes) -> None:
    """Write a file under the digest of its content, whole or not at all."""
    settings.documents.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = settings.documents / f".{digest}.{os.getpid()}"
    with open(part, "wb", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(settings.documents / digest)


@command
async def _add_document(
    actor: Actor, application_id: int, name: str, kind: str, size: int, digest: str
) -> DocumentAdded:
    row = Document(
        application=application_id, name=name, kind=kind, size=size, digest=digest, added_at=datetime.now(UTC)
    )
    await row.save()
    return DocumentAdded(subject_id=application_id, document=row.id, kind=kind)


async def delete_document(
    actor: Actor, reach: Reach, settings: Settings, application_id: int, document_id: int
) -> None:
    """Delete a file; its bytes go when no other row names them."""
    await queries.managed_application(actor, reach, application_id)
    digest = await queries.digest_of(application_id, document_id)
    await _delete_document(actor, application_id, document_id)
    if not await Document.exists().where(Document.digest == digest):
        (settings.documents / digest).unlink(missing_ok=True)


@command
async def _delete_document(actor: Actor, application_id: int, document_id: int) -> DocumentDeleted:
    await Document.delete().where(Document.id == document_id, Document.application == application_id)
    return DocumentDeleted(subject_id=application_id, document=document_id)


@command
async def prepare_import(
    actor: Actor, reach: Reach, vacancy_id: int, filename: str, content: bytes
) -> ImportPrepared:
    """Keep an uploaded spreadsheet until it is imported or cancelled; a day at most.

    Raises:
        Unreadable: the file as a whole cannot be used; nothing is kept.
    """
    await _taking(actor, reach, vacancy_id)
    queries.read_sheet(content, filename, ImportChoices())
    now = datetime.now(UTC)
    await ImportDraft.delete().where(ImportDraft.made_at < now - DRAFTS_LAST)
    row = ImportDraft(
        vacancy=vacancy_id, person=actor.person_id, filename=safe_name(filename), content=content, made_at=now
    )
    await row.save()
    return ImportPrepared(subject_id=row.id, vacancy=vacancy_id)


@command
async def choose_import(actor: Actor, reach: Reach, draft_id: int, choices: ImportChoices) -> ImportPrepared:
    """Keep how the spreadsheet should be read; nothing is imported yet."""
    draft = await queries.import_draft(actor, reach, draft_id)
    queries.read_sheet(draft.content, draft.filename, choices)
    await ImportDraft.update({ImportDraft.choices: json.dumps(asdict(choices))}).where(
        ImportDraft.id == draft_id
    )
    return ImportPrepared(subject_id=draft_id, vacancy=draft.vacancy_id)


@command
async def cancel_import(actor: Actor, reach: Reach, draft_id: int) -> ImportCancelled:
    """Throw an uploaded spreadsheet away."""
    await queries.import_draft(actor, reach, draft_id)
    await ImportDraft.delete().where(ImportDraft.id == draft_id)
    return ImportCancelled(subject_id=draft_id)


@command
async def finish_import(
    actor: Actor, reach: Reach, draft_id: int, *, skip_rejected: bool, skip_duplicates: bool
) -> ApplicationsImported:
    """Import what the preview showed: all of it, or all but what was to be skipped, or nothing.

    Raises:
        Conflict: rows are refused and should not be skipped; the spreadsheet stays for another try.
    """
    draft = await queries.import_draft(actor, reach, draft_id)
    await _taking(actor, reach, draft.vacancy_id)
    _sheet, plan = await queries.import_plan(draft)
    if plan.rejected and not skip_rejected:
        raise Conflict(_("Some rows cannot be imported. Correct the file, or tick that they are left out."))
    twice = {duplicate.line for duplicate in plan.duplicates} if skip_duplicates else set()
    rows = [row for row in plan.accepted if row.line not in twice]
    await _insert(draft.vacancy_id, rows)
    await ImportDraft.delete().where(ImportDraft.id == draft_id)
    return ApplicationsImported(subject_id=draft.vacancy_id, count=len(rows))


async def _insert(vacancy_id: int, rows: Sequence[Accepted]) -> None:
    now = datetime.now(UTC)
    made = [_application(vacancy_id, row, now) for row in rows]
    for start in range(0, len(made), 500):
        await Application.insert(*made[start : start + 500])


def _application(vacancy_id: int, row: Accepted, now: datetime) -> Application:
    fields = row.fields
    skills = fields.get("key_skills", "")
    others = ", ".join(fields.get("other_emails", []))
    notes = [
        fields.get("notes", ""),
        _("Skills: %(skills)s", skills=skills) if skills else "",
        _("Other e-mail addresses: %(emails)s", emails=others) if others else "",
    ]
    return Application(
        vacancy=vacancy_id,
        name=fields["name"],
        email=fields.get("email", ""),
        phone=fields.get("phone", ""),
        received_on=fields.get("received_on"),
        source=fields.get("source", ""),
        notes="\n".join(filter(None, notes)),
        adjustments="",
        added_at=now,
    )


async def import_file(
    actor: Actor, vacancy_id: int, content: bytes, filename: str, *, dry_run: bool
) -> dict[str, Any]:
    """Import a spreadsheet for the command line: all of it or, when a row is refused, nothing.

    Returns:
        The report: encoding, separator, header, mapping, rows, accepted, rejected, duplicates,
        left_out, warnings.

    Raises:
        Unreadable: the file as a whole cannot be used.
        NotFound: there is no such vacancy.
    """
    vacancy = await Vacancy.objects().get(Vacancy.id == vacancy_id)
    if vacancy is None:
        raise NotFound(_("There is no vacancy %(number)s.", number=vacancy_id))
    sheet, plan = await queries.plan_for(vacancy_id, content, filename, ImportChoices())
    if not dry_run and not plan.rejected:
        await _import_all(actor if actor.person_id else SYSTEM, vacancy_id, plan.accepted)
    return report(sheet, plan)


@command
async def _import_all(actor: Actor, vacancy_id: int, rows: Sequence[Accepted]) -> ApplicationsImported:
    await _insert(vacancy_id, rows)
    return ApplicationsImported(subject_id=vacancy_id, count=len(rows))
