"""Completions for other systems: as a table, and as xAPI statements."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from competences.text import _
from competences.training.rules.completions import Counts
from recruit.sheets.writing import Cell
from recruit.training.rules.statements import DONE

_COMPLETED = next(iter(DONE))


@dataclass(frozen=True, slots=True)
class ExportRow:
    """A completion with what another system knows people and courses by."""

    person: str
    email: str | None
    unit: str | None
    course_id: int
    course: str
    title: str
    number: int
    completed_on: date
    ends_on: date | None
    origin: str
    issuer: str
    counts: Counts
    code: str


def origin_name(origin: str) -> str:
    """Return how a completion came here, in the reader's language."""
    return {
        "session": _("Own session"),
        "recorded": _("With us, recorded by hand"),
        "external": _("Certificate from elsewhere"),
        "imported": _("Imported"),
    }[origin]


def counts_name(counts: Counts) -> str:
    """Return how a completion stands, in the reader's language."""
    return {
        Counts.WAITS: _("To be checked"),
        Counts.IN_DATE: _("In date"),
        Counts.EXPIRED: _("Expired"),
        Counts.WITHDRAWN: _("Withdrawn"),
    }[counts]


def table(rows: Iterable[ExportRow]) -> tuple[list[str], list[list[Cell]]]:
    """Return completions with a header; the import reads what this writes."""
    header = [
        _("Name"), _("Work address"), _("Unit"), _("Course"), _("Title"), _("Version"), _("Completed on"),
        _("Valid until"), _("Issuer"), _("Kind"), _("State"),
    ]  # fmt: skip
    return header, [
        [
            row.person, row.email, row.unit, row.course, row.title, row.number, row.completed_on, row.ends_on,
            row.issuer, origin_name(row.origin), counts_name(row.counts),
        ]
        for row in rows
    ]  # fmt: skip


def statements(rows: Iterable[ExportRow], address: str) -> list[dict[str, Any]]:
    """Return what counts as xAPI statements; the same completion has the same id whenever it is written.

    Noon in UTC is the same day in almost every place.
    """
    return [
        {
            "id": str(uuid5(NAMESPACE_URL, f"recruit:completion:{row.code}")),
            "actor": _agent(row, address),
            "verb": {"id": _COMPLETED, "display": {"en": "completed"}},
            "object": {
                "objectType": "Activity",
                "id": f"{address}/training/courses/{row.course_id}",
                "definition": {
                    "name": {"en": f"{row.course} {row.title}"},
                    "type": "http://adlnet.gov/expapi/activities/course",
                },
            },
            "result": {"completion": True, "success": True},
            "timestamp": f"{row.completed_on.isoformat()}T12:00:00Z",
        }
        for row in rows
        if row.counts in {Counts.IN_DATE, Counts.EXPIRED}
    ]


def _agent(row: ExportRow, address: str) -> dict[str, Any]:
    found: dict[str, Any] = {"objectType": "Agent", "name": row.person}
    if row.email:
        return {**found, "mbox": f"mailto:{row.email}"}
    return {**found, "account": {"homePage": address, "name": row.person}}
