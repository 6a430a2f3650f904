"""Completions as other systems take them."""

from datetime import date

from competences.actor import Actor
from competences.people.reach import Reach
from competences.training.queries.completions import CompletionFilter, completions
from competences.training.tables import Completion
from recruit.training.rules.exports import ExportRow

#: More than an organisation of 500 people with 40 courses gathers in ten years.
MOST = 200_000

_KNOWN_BY = """
SELECT c.id, c.code, p.email, u.name AS unit FROM completion c JOIN person p ON p.id = c.person
LEFT JOIN unit u ON u.id = p.unit WHERE c.id = ANY({}::int[])
"""


async def export_rows(actor: Actor, reach: Reach, asked: CompletionFilter, today: date) -> list[ExportRow]:
    """Return the completions of a list, all pages of it."""
    rows = await completions(actor, reach, asked, today, limit=MOST)
    known = {row.pop("id"): row for row in await Completion.raw(_KNOWN_BY, [row.id for row in rows])}
    return [
        ExportRow(
            person=row.person, course_id=row.course_id, course=row.code, title=row.title, number=row.number,
            completed_on=row.completed_on, ends_on=row.ends_on, origin=row.origin, issuer=row.issuer,
            counts=row.counts(today), **known[row.id],
        )
        for row in rows
    ]  # fmt: skip
