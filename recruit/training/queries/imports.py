"""Files of completions between upload and import, and what would become of them."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from competences.actor import Actor
from competences.errors import NotFound
from competences.people.queries import present
from competences.people.reach import Reach
from competences.text import _
from competences.training.rules.completions import Numbered
from competences.training.tables import Completion
from recruit.applications.queries import DRAFTS_LAST, choices_of, read_sheet
from recruit.applications.rules.choices import ImportChoices
from recruit.applications.tables import ImportDraft
from recruit.sheets.sheet import Sheet
from recruit.training.rules.columns import KnownCourse, chosen
from recruit.training.rules.importing import CompletionPlan, Kept, Reader, Somebody, plan
from recruit.training.rules.statements import looks_like_statements, sheet_of
from recruit.web.i18n import local

#: What tells drafts of completions from others.
BRINGS = "completions"


@dataclass(frozen=True, slots=True)
class Upload:
    """An uploaded file of completions."""

    id: int
    filename: str
    content: bytes
    choices: ImportChoices


_UPLOAD = """
SELECT id, filename, content, choices::text AS choices FROM import_draft
WHERE id = {} AND person = {} AND brings = {} AND made_at >= {}
"""


async def upload(actor: Actor, reach: Reach, upload_id: int) -> Upload:
    """Return the actor's own upload.

    Raises:
        NotFound: it was imported, cancelled or is older than a day, or it is somebody else's.
    """
    since = datetime.now(UTC) - DRAFTS_LAST
    rows = await ImportDraft.raw(_UPLOAD, upload_id, actor.person_id, BRINGS, since) if reach else []
    if not rows:
        raise NotFound(_("This upload is gone: it was imported, cancelled or older than a day."))
    row = rows[0]
    return Upload(row["id"], row["filename"], row["content"], choices_of(row["choices"]))


async def sheet_for(content: bytes, filename: str, choices: ImportChoices) -> Sheet:
    """Read a spreadsheet, or statements, as chosen.

    Raises:
        Unreadable: the file as a whole cannot be used.
    """
    if looks_like_statements(content, filename):
        return await asyncio.to_thread(sheet_of, content, lambda moment: local(moment).date())
    return await read_sheet(content, filename, choices)


_KNOWN = """
SELECT k.id AS course_id, k.code, v.id AS version_id, v.number, v.title, v.published_at
FROM course k JOIN course_version v ON v.course = k.id AND v.published_at IS NOT NULL ORDER BY k.id, v.number
"""


async def known_courses() -> list[KnownCourse]:
    """Return every course that was ever published, retired ones too, by the title of its newest version."""
    found: dict[int, KnownCourse] = {}
    for row in await Completion.raw(_KNOWN):
        before = found[row["course_id"]].versions if row["course_id"] in found else ()
        version = Numbered(row["version_id"], row["number"], local(row["published_at"]).date())
        found[row["course_id"]] = KnownCourse(row["course_id"], row["code"], row["title"], (*before, version))
    return list(found.values())


# A statement that came before counts even where the completion was withdrawn: it was wrong, and is not taken again.
_KEPT = """
SELECT c.person AS person_id, v.course AS course_id, c.completed_on, c.statement, c.withdrawn_at IS NULL AS counts,
       p.name
FROM completion c JOIN course_version v ON v.id = c.version JOIN person p ON p.id = c.person
WHERE c.person = ANY({}::int[]) OR c.statement IS NOT NULL
"""


async def kept_already(person_ids: Iterable[int]) -> list[Kept]:
    """Return what is kept of these people, and every statement that came. For callers that reach everybody."""
    return [Kept(**row) for row in await Completion.raw(_KEPT, list(person_ids))]


async def plan_for(
    actor: Actor, reach: Reach, content: bytes, filename: str, choices: ImportChoices, today: date
) -> tuple[Sheet, CompletionPlan]:
    """Return what an import would do for the people who work here.

    Raises:
        Unreadable: the file as a whole cannot be used.
    """
    people = [Somebody(one.id, one.name, one.email) for one in await present(actor, reach, today)]
    kept = await kept_already(one.id for one in people)
    sheet = await sheet_for(content, filename, choices)
    columns = chosen(sheet.header, choices.columns)
    reader = Reader(columns, people, await known_courses(), today, choices.date_order, actor.person_id)
    return sheet, await asyncio.to_thread(plan, sheet, reader, kept)


async def plan_of(actor: Actor, reach: Reach, row: Upload, today: date) -> tuple[Sheet, CompletionPlan]:
    """Return what an upload would do now."""
    return await plan_for(actor, reach, row.content, row.filename, row.choices, today)
