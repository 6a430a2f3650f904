"""Reads of applications: whoever manages the vacancy sees them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from competences.actor import Actor
from competences.errors import NotFound
from competences.people.reach import Reach
from competences.text import _
from recruit.applications.tables import Application
from recruit.web.lists import PAGE, Paged, containing


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """An application in full, for the manager of its vacancy."""

    id: int
    vacancy_id: int
    title: str
    name: str
    email: str
    phone: str
    received_on: date | None
    source: str
    notes: str
    adjustments: str
    withdrawn_at: datetime | None
    added_at: datetime
    version: int
    starts_at: datetime | None
    state: str
    revealed: bool
    signed: bool
    #: Whether a withdrawal can be taken back.
    returnable: bool


# Whether there is an interview is the panel's to say; its table is only joined for the time.
_APPLICATION = """
SELECT a.id, v.id AS vacancy_id, v.title, a.name, a.email, a.phone, a.received_on, a.source, a.notes,
       a.adjustments, a.withdrawn_at, a.added_at, a.version,
       (SELECT i.starts_at FROM interview i WHERE i.application = a.id) AS starts_at,
       v.state, v.revealed_at IS NOT NULL AS revealed, v.signed_at IS NOT NULL AS signed,
       (a.withdrawn_at IS NOT NULL AND v.signed_at IS NULL AND v.state <> 'closed'
        AND (v.revealed_at IS NULL OR a.withdrawn_at >= v.revealed_at)) AS returnable
FROM application a JOIN vacancy v ON v.id = a.vacancy
WHERE a.id = {} AND (v.manager = {} OR {})
"""


async def managed_application(actor: Actor, reach: Reach, application_id: int) -> ApplicationRow:
    """Return an application to a vacancy that the actor manages; NotFound for everybody else."""
    found = reach and await Application.raw(_APPLICATION, application_id, actor.person_id, reach is Reach.ALL)
    if not found:
        raise NotFound(_("There is no such application, or you do not manage its vacancy."))
    return ApplicationRow(**found[0])


@dataclass(frozen=True, slots=True)
class ListRow:
    """An applicant in the list, by name: nothing here follows from a score."""

    id: int
    name: str
    received_on: date | None
    source: str
    withdrawn: bool
    interviewed: bool
    starts_at: datetime | None
    documents: int


_LIST = """
SELECT a.id, a.name, a.received_on, a.source, a.withdrawn_at IS NOT NULL AS withdrawn,
       i.id IS NOT NULL AS interviewed, i.starts_at,
       (SELECT count(*) FROM document d WHERE d.application = a.id) AS documents, count(*) OVER () AS total
FROM application a LEFT JOIN interview i ON i.application = a.id
WHERE a.vacancy = {} AND (a.name ILIKE {} OR a.email ILIKE {})
ORDER BY lower(a.name), a.id LIMIT {} OFFSET {}
"""


async def applications(vacancy_id: int, *, search: str = "", page: int = 1) -> Paged[ListRow]:
    """Return one page of a vacancy's applicants by name; past the last page, the first one.

    For callers that checked who asks.
    """
    like = containing(search)
    rows = await Application.raw(_LIST, vacancy_id, like, like, PAGE, (page - 1) * PAGE)
    if not rows and page > 1:
        return await applications(vacancy_id, search=search)
    total = rows[0]["total"] if rows else 0
    return Paged([ListRow(**{key: row[key] for key in row if key != "total"}) for row in rows], page, total)


async def export_rows(vacancy_id: int) -> tuple[list[str], list[list[Any]]]:
    """Return the applications of a vacancy as a table. For callers that checked who asks.

    Never a score, nor the adjustments: those are for the panel, not for a file that travels.
    """
    rows = await Application.raw(
        "SELECT name, email, phone, received_on, source, notes,"
        " CASE WHEN withdrawn_at IS NULL THEN '' ELSE 'withdrawn' END AS state"
        " FROM application WHERE vacancy = {} ORDER BY lower(name), id",
        vacancy_id,
    )
    header = ["name", "email", "phone", "received_on", "source", "notes", "state"]
    return header, [list(row.values()) for row in rows]
