"""Writes of imports: a spreadsheet is kept, looked at, and stored as a whole or not at all."""

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from competences.actor import SYSTEM, Actor
from competences.audit.commands import command
from competences.errors import Conflict, Invalid
from competences.files import safe_name
from competences.people.reach import Reach
from competences.text import _
from recruit.applications import queries
from recruit.applications.commands.applications import taking
from recruit.applications.events import (
    ApplicationsImported,
    ImportCancelled,
    ImportDraftsSwept,
    ImportPrepared,
)
from recruit.applications.rules.choices import ImportChoices, mark_of
from recruit.applications.rules.importing import Accepted, report
from recruit.applications.tables import Application, ImportDraft
from recruit.vacancies.queries import managed


async def prepare_import(
    actor: Actor, reach: Reach, vacancy_id: int, filename: str, content: bytes
) -> ImportPrepared:
    """Keep an uploaded spreadsheet until it is imported or cancelled; a day at most.

    Raises:
        Unreadable: the file as a whole cannot be used; nothing is kept.
    """
    await managed(actor, reach, vacancy_id)
    await queries.read_sheet(content, filename, ImportChoices())
    await sweep_drafts(SYSTEM)
    return await _prepare(actor, reach, vacancy_id, filename, content)


@command
async def _prepare(
    actor: Actor, reach: Reach, vacancy_id: int, filename: str, content: bytes
) -> ImportPrepared:
    await taking(actor, reach, vacancy_id)
    row = ImportDraft(
        vacancy=vacancy_id,
        person=actor.person_id,
        filename=safe_name(filename),
        content=content,
        made_at=datetime.now(UTC),
    )
    await row.save()
    return ImportPrepared(subject_id=row.id, vacancy=vacancy_id)


@command
async def sweep_drafts(actor: Actor) -> ImportDraftsSwept | None:
    """Throw away spreadsheets that were neither imported nor cancelled within a day."""
    until = datetime.now(UTC) - queries.DRAFTS_LAST
    gone = await ImportDraft.delete().where(ImportDraft.made_at < until).returning(ImportDraft.id)
    return ImportDraftsSwept(subject_id=gone[0]["id"], count=len(gone)) if gone else None


@command
async def choose_import(
    actor: Actor, reach: Reach, draft_id: int, choices: ImportChoices
) -> ImportPrepared | None:
    """Keep how the spreadsheet should be read; nothing is imported yet.

    Raises:
        Unreadable: it cannot be read that way; the choices stay as they were.
    """
    draft = await queries.import_draft(actor, reach, draft_id)
    if choices == draft.choices:
        return None
    await queries.read_sheet(draft.content, draft.filename, choices)
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
    actor: Actor, reach: Reach, draft_id: int, mark: str, *, skip_rejected: bool, keep: Collection[int] = ()
) -> ApplicationsImported:
    """Import what the preview showed, all of it or nothing; the spreadsheet stays when nothing was.

    Args:
        mark: What `mark_of` said of the plan that the actor saw.
        skip_rejected: Rows that cannot be stored are left out; else they stop the import.
        keep: Lines that seem to be there already and are imported all the same; others are left out.

    Raises:
        Conflict: an import would do something else by now than what was shown.
        Invalid: rows are refused and should not be skipped, or no row is left.
    """
    draft = await queries.import_draft(actor, reach, draft_id)
    await taking(actor, reach, draft.vacancy_id)
    draft = await queries.import_draft(actor, reach, draft_id)  # a second click waits above, then finds none
    _sheet, plan = await queries.import_plan(draft)
    if mark != mark_of(plan):
        raise Conflict(
            _("Since you looked, the choices or the applications changed. Go back, reload and look again.")
        )
    if plan.rejected and not skip_rejected:
        raise Invalid({"skip_rejected": _("Correct these rows in the file, or tick that they are left out.")})
    twice = {duplicate.line for duplicate in plan.duplicates} - set(keep)
    rows = [row for row in plan.accepted if row.line not in twice]
    if not rows:
        raise Invalid({"import": _("No row is left to import.")})
    await _insert(draft.vacancy_id, rows)
    await ImportDraft.delete().where(ImportDraft.id == draft_id)
    return ApplicationsImported(subject_id=draft.vacancy_id, count=len(rows))


async def _insert(vacancy_id: int, rows: Sequence[Accepted]) -> None:
    now = datetime.now(UTC)
    made = [_application(vacancy_id, row, now) for row in rows]
    for start in range(0, len(made), 500):
        await Application.insert(*made[start : start + 500])


def _application(vacancy_id: int, row: Accepted, now: datetime) -> Application:
    """Return a row as an application; what has no column of its own goes into the notes."""
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
    actor: Actor,
    vacancy_id: int,
    content: bytes,
    filename: str,
    *,
    dry_run: bool,
    skip_rejected: bool = False,
    skip_duplicates: bool = False,
) -> dict[str, Any]:
    """Import a spreadsheet for the command line: all of it or nothing.

    A row that is refused, or one that seems to be there already, stops the whole import unless such rows
    are to be skipped. `SYSTEM` may import into every vacancy, others into those that they manage.

    Returns:
        The report: encoding, separator, header, mapping, rows, accepted, rejected, duplicates,
        left_out, warnings; and unless it is a dry run imported, how many were stored.

    Raises:
        Unreadable: the file as a whole cannot be used.
        NotFound: there is no such vacancy.
        Conflict: the vacancy takes no more applications.
    """
    reach = Reach.ALL if actor is SYSTEM else Reach.OWN
    await managed(actor, reach, vacancy_id)
    sheet, plan = await queries.plan_for(vacancy_id, content, filename, ImportChoices())
    stopped = (plan.rejected and not skip_rejected) or (plan.duplicates and not skip_duplicates)
    twice = {duplicate.line for duplicate in plan.duplicates}
    rows = [row for row in plan.accepted if row.line not in twice]
    done = 0
    if rows and not dry_run and not stopped:
        made = await _import_rows(actor, reach, vacancy_id, mark_of(plan), content, filename, rows)
        done = made.count
    return report(sheet, plan) if dry_run else {**report(sheet, plan), "imported": done}


@command
async def _import_rows(
    actor: Actor, reach: Reach, vacancy_id: int, mark: str, content: bytes, filename: str,
    rows: Sequence[Accepted],
) -> ApplicationsImported:  # fmt: skip
    await taking(actor, reach, vacancy_id)
    _sheet, plan = await queries.plan_for(vacancy_id, content, filename, ImportChoices())
    if mark != mark_of(plan):
        raise Conflict(_("Somebody added applications in this moment. Try again."))
    await _insert(vacancy_id, rows)
    return ApplicationsImported(subject_id=vacancy_id, count=len(rows))
