"""One completion in full, and the paper of a certificate from elsewhere."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from competences.actor import Actor
from competences.errors import NotFound
from competences.people import queries as people
from competences.people.reach import Reach
from competences.text import _
from competences.training.queries.completions.lists import COLUMNS, FROM, CompletionRow
from competences.training.tables import CertificateFile, Completion


@dataclass(frozen=True, slots=True)
class CompletionView(CompletionRow):
    """A completion with who wrote it down, who checked it and who took it back. `file` is the name of the paper."""

    manager_id: int | None
    version_id: int
    hours: Decimal
    file: str
    recorded_by: str
    checked_at: datetime | None
    checked_by: str
    session_id: int | None


_ONE = f"""
SELECT {COLUMNS}, p.manager AS manager_id, v.id AS version_id, v.hours, c.recorded_by, c.checked_at, c.checked_by,
       coalesce((SELECT f.name FROM certificate_file f WHERE f.completion = c.id), '') AS file, e.session AS session_id
{FROM} LEFT JOIN outcome o ON o.id = c.outcome LEFT JOIN enrolment e ON e.id = o.enrolment
WHERE c.id = {{}} AND {people.SEEN}
"""  # noqa: S608  constants only


async def completion(actor: Actor, reach: Reach, completion_id: int) -> CompletionView:
    """Return one completion.

    Raises:
        NotFound: there is none, or the actor does not reach the person.
    """
    rows = await Completion.raw(_ONE, completion_id, *people.seen_by(actor, reach)) if reach else []
    if not rows:
        raise NotFound(_("There is no such completion, or you may not see it."))
    return CompletionView(**rows[0])


async def certificate_file(actor: Actor, reach: Reach, completion_id: int) -> tuple[str, str, bytes]:
    """Return (name, kind, content) of the paper of a certificate from elsewhere.

    Raises:
        NotFound: there is none, or the actor does not reach the person.
    """
    await completion(actor, reach, completion_id)
    rows = await CertificateFile.raw(
        "SELECT name, kind, content FROM certificate_file WHERE completion = {}", completion_id
    )
    if not rows:
        raise NotFound(_("There is no such file."))
    return rows[0]["name"], rows[0]["kind"], bytes(rows[0]["content"])
