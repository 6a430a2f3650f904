"""Spreadsheets of levels between upload and import, and what would become of them."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, date, datetime

from competences.actor import Actor
from competences.assessments.queries import imported_already
from competences.errors import NotFound
from competences.people.queries import led_people, present
from competences.people.reach import Reach
from competences.text import _
from recruit.applications.queries import DRAFTS_LAST, choices_of, read_sheet
from recruit.applications.rules.choices import ImportChoices
from recruit.applications.tables import ImportDraft
from recruit.coverage.rules.columns import Known, chosen
from recruit.coverage.rules.importing import LevelPlan, Reader, Somebody, plan
from recruit.sheets.sheet import Sheet
from recruit.web.i18n import local


@dataclass(frozen=True, slots=True)
class Upload:
    """An uploaded spreadsheet of levels."""

    id: int
    filename: str
    content: bytes
    choices: ImportChoices


_UPLOAD = """
SELECT id, filename, content, choices::text AS choices FROM import_draft
WHERE id = {} AND person = {} AND vacancy IS NULL AND brings = '' AND made_at >= {}
"""


async def upload(actor: Actor, reach: Reach, upload_id: int) -> Upload:
    """Return the actor's own upload.

    Raises:
        NotFound: it was imported, cancelled or is older than a day, or it is somebody else's.
    """
    since = datetime.now(UTC) - DRAFTS_LAST
    rows = await ImportDraft.raw(_UPLOAD, upload_id, actor.person_id, since) if reach else []
    if not rows:
        raise NotFound(_("This upload is gone: it was imported, cancelled or older than a day."))
    row = rows[0]
    return Upload(row["id"], row["filename"], row["content"], choices_of(row["choices"]))


_KNOWN = """
SELECT c.id AS competence_id, v.id AS version_id, v.framework AS framework_id, f.title AS framework, c.code, c.name
FROM competence c JOIN domain d ON d.id = c.domain JOIN framework_version v ON v.id = c.version
JOIN framework f ON f.id = v.framework
WHERE v.id IN (SELECT DISTINCT ON (framework) id FROM framework_version WHERE state = 'published'
               ORDER BY framework, number DESC)
ORDER BY lower(f.title), d.position, c.position, c.code
"""


async def known_competences() -> list[Known]:
    """Return the competences of the newest published version of each framework."""
    return [Known(**row) for row in await ImportDraft.raw(_KNOWN)]


async def plan_for(
    actor: Actor, reach: Reach, content: bytes, filename: str, choices: ImportChoices, today: date
) -> tuple[Sheet, LevelPlan]:
    """Return what an import would do for people whom the actor leads; with Reach.ALL for all who work here.

    Raises:
        Unreadable: the file as a whole cannot be used.
    """
    whose = await (present if reach is Reach.ALL else led_people)(actor, reach, today)
    people = [Somebody(one.id, one.name, one.email) for one in whose]
    known = await known_competences()
    brought = await imported_already([one.id for one in people])
    stored = {(person, framework, code, local(at).date()) for person, framework, code, at in brought}
    sheet = await read_sheet(content, filename, choices)
    day = min(date.fromisoformat(choices.day), today) if choices.day else today
    columns = chosen(sheet.header, choices.columns, known)
    reader = Reader(columns, people, known, today, day, choices.date_order)
    return sheet, await asyncio.to_thread(plan, sheet, reader, stored)


async def plan_of(actor: Actor, reach: Reach, row: Upload, today: date) -> tuple[Sheet, LevelPlan]:
    """Return what an upload would do now."""
    return await plan_for(actor, reach, row.content, row.filename, row.choices, today)
