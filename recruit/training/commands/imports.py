"""Writes of imports of completions: a file is kept, looked at, and stored as a whole or not at all."""

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from competences.actor import SYSTEM, Actor
from competences.audit.commands import command
from competences.errors import Conflict, Invalid
from competences.files import safe_name
from competences.people.reach import Reach
from competences.text import _
from competences.training.commands.completions import import_completions
from recruit.applications.commands import sweep_drafts
from recruit.applications.rules.choices import ImportChoices
from recruit.applications.tables import ImportDraft
from recruit.sheets.sheet import Sheet
from recruit.training.events import (
    CompletionsImportCancelled,
    CompletionsImportFinished,
    CompletionsImportPrepared,
)
from recruit.training.queries import imports as queries
from recruit.training.rules.importing import CompletionPlan


async def prepare_completions(
    actor: Actor, filename: str, content: bytes, now: datetime
) -> CompletionsImportPrepared:
    """Keep an uploaded file until it is imported or cancelled; a day at most.

    Raises:
        Unreadable: the file as a whole cannot be used; nothing is kept.
    """
    await queries.sheet_for(content, filename, ImportChoices())
    await sweep_drafts(SYSTEM)
    return await _prepare(actor, filename, content, now)


@command
async def _prepare(actor: Actor, filename: str, content: bytes, now: datetime) -> CompletionsImportPrepared:
    row = ImportDraft(
        vacancy=None, person=actor.person_id, filename=safe_name(filename), content=content, made_at=now,
        brings=queries.BRINGS,
    )  # fmt: skip
    await row.save()
    return CompletionsImportPrepared(subject_id=row.id)


@command
async def choose_completions(
    actor: Actor, reach: Reach, upload_id: int, choices: ImportChoices
) -> CompletionsImportPrepared | None:
    """Keep how the file should be read; nothing is imported yet.

    Raises:
        NotFound: the upload is gone or somebody else's.
        Unreadable: it cannot be read that way; the choices stay as they were.
    """
    row = await queries.upload(actor, reach, upload_id)
    if choices == row.choices:
        return None
    await queries.sheet_for(row.content, row.filename, choices)
    await ImportDraft.update({ImportDraft.choices: json.dumps(asdict(choices))}).where(
        ImportDraft.id == upload_id
    )
    return CompletionsImportPrepared(subject_id=upload_id)


@command
async def cancel_completions(actor: Actor, reach: Reach, upload_id: int) -> CompletionsImportCancelled:
    """Throw an uploaded file away.

    Raises:
        NotFound: the upload is gone or somebody else's.
    """
    await queries.upload(actor, reach, upload_id)
    await ImportDraft.delete().where(ImportDraft.id == upload_id)
    return CompletionsImportCancelled(subject_id=upload_id)


@command
async def finish_completions(
    actor: Actor, reach: Reach, upload_id: int, mark: str, now: datetime, today: date, *, skip_rejected: bool
) -> CompletionsImportFinished:
    """Import what the preview showed, all of it or nothing; the file stays when nothing was.

    Args:
        mark: What the plan that the actor saw had as its mark.
        skip_rejected: Rows that cannot be stored are left out; else they stop the import.

    Raises:
        NotFound: the upload is gone or somebody else's.
        Conflict: an import would do something else by now than what was shown.
        Invalid: rows are refused and should not be skipped, or no row is left.
    """
    await ImportDraft.objects().get(ImportDraft.id == upload_id).lock_rows()
    row = await queries.upload(actor, reach, upload_id)
    _sheet, plan = await queries.plan_of(actor, reach, row, today)
    if mark != plan.mark:
        raise Conflict(
            _("Since you looked, the choices or the people changed. Go back, reload and look again.")
        )
    if plan.rejected and not skip_rejected:
        raise Invalid({"skip_rejected": _("Correct these rows in the file, or tick that they are left out.")})
    if not plan.accepted:
        raise Invalid({"import": plan.problem or _("No row is left to import.")})
    await import_completions(actor, reach, [one.brought for one in plan.accepted], today, now)
    await ImportDraft.delete().where(ImportDraft.id == upload_id)
    return CompletionsImportFinished(subject_id=upload_id, rows=len(plan.accepted))


async def import_completions_file(
    content: bytes, filename: str, now: datetime, today: date, *, dry_run: bool, skip_rejected: bool
) -> dict[str, Any]:
    """Import a file of completions for the command line: all of it or nothing.

    Returns:
        The report: encoding, separator, mapping, rows, accepted, rejected, duplicates (passed over, with the reason),
        left_out, warnings; and unless it is a dry run imported, how many completions were stored.

    Raises:
        Unreadable: the file as a whole cannot be used.
    """
    sheet, plan = await queries.plan_for(SYSTEM, Reach.ALL, content, filename, ImportChoices(), today)
    told = _report(sheet, plan)
    if dry_run:
        return told
    if plan.accepted and (skip_rejected or not plan.rejected):
        brought = [one.brought for one in plan.accepted]
        done = await import_completions(SYSTEM, Reach.ALL, brought, today, now)
        return {**told, "imported": done.completions}
    return {**told, "imported": 0}


def _report(sheet: Sheet, plan: CompletionPlan) -> dict[str, Any]:
    """Return the outcome as JSON can hold it."""
    pairs = zip(sheet.header, plan.columns, strict=True)
    return {
        "encoding": sheet.encoding,
        "separator": sheet.separator,
        "mapping": {name: to for name, to in pairs if to},
        "rows": len(sheet.rows) + len(sheet.rejected),
        "accepted": [{"line": one.line, "name": one.name, "course": one.course} for one in plan.accepted],
        "rejected": [row._asdict() for row in plan.rejected],
        "duplicates": [{"line": row.line, "sentence": row.reason} for row in plan.passed],
        "left_out": [column.column for column in plan.left_out],
        "warnings": [notice.text for notice in sheet.warnings] + ([plan.problem] if plan.problem else []),
    }
