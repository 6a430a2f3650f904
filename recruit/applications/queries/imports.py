"""Reads of imports: an uploaded spreadsheet, and what would become of it."""

import asyncio
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from competences.actor import Actor
from competences.errors import NotFound
from competences.people.reach import Reach
from competences.text import _
from recruit.applications.rules.choices import ImportChoices, mapping_for
from recruit.applications.rules.importing import ImportPlan, key, plan
from recruit.applications.tables import Application, ImportDraft
from recruit.sheets.reading import read
from recruit.sheets.sheet import Sheet

DRAFTS_LAST = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Draft:
    """An uploaded spreadsheet between preview and import."""

    id: int
    vacancy_id: int
    title: str
    filename: str
    content: bytes
    choices: ImportChoices


_DRAFT = """
SELECT d.id, d.vacancy AS vacancy_id, v.title, d.filename, d.content, d.choices::text AS choices
FROM import_draft d JOIN vacancy v ON v.id = d.vacancy
WHERE d.id = {} AND d.person = {} AND v.manager = {} AND d.made_at >= {}
"""


async def import_draft(actor: Actor, reach: Reach, draft_id: int) -> Draft:
    """Return the actor's own upload for a vacancy that they still manage."""
    since = datetime.now(UTC) - DRAFTS_LAST
    rows = reach and await ImportDraft.raw(_DRAFT, draft_id, actor.person_id, actor.person_id, since)
    if not rows:
        raise NotFound(_("This upload is gone: it was imported, cancelled or older than a day."))
    row = rows[0]
    choices = choices_of(row["choices"])
    return Draft(row["id"], row["vacancy_id"], row["title"], row["filename"], row["content"], choices)


def choices_of(stored: str) -> ImportChoices:
    """Return choices as they were kept."""
    chosen = json.loads(stored)
    columns = chosen.pop("columns", None)
    return ImportChoices(**chosen, columns=tuple(columns) if columns is not None else None)


def _read(content: bytes, filename: str, choices: ImportChoices) -> Sheet:
    return read(
        content,
        filename,
        encoding=choices.encoding,
        separator=choices.separator,
        header_line=choices.header_line,
    )


async def read_sheet(content: bytes, filename: str, choices: ImportChoices) -> Sheet:
    """Read a spreadsheet as chosen, beside the other requests; raises Unreadable with a sentence."""
    return await asyncio.to_thread(_read, content, filename, choices)


async def plan_for(
    vacancy_id: int, content: bytes, filename: str, choices: ImportChoices
) -> tuple[Sheet, ImportPlan]:
    """Return what an import into a vacancy would do. For callers that checked who asks."""
    rows = await Application.raw("SELECT email, name FROM application WHERE vacancy = {}", vacancy_id)

    def planned() -> tuple[Sheet, ImportPlan]:
        sheet = _read(content, filename, choices)
        existing = {key(row["email"], row["name"]) for row in rows}
        mapping = mapping_for(sheet.header, choices.columns)
        return sheet, plan(sheet, mapping, existing, date_order=choices.date_order)

    return await asyncio.to_thread(planned)


async def import_plan(draft: Draft) -> tuple[Sheet, ImportPlan]:
    """Return what an upload would do now."""
    return await plan_for(draft.vacancy_id, draft.content, draft.filename, draft.choices)
