"""The matrix as a workbook."""

from datetime import date
from typing import Any

from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.people.reach import Reach
from competences.text import _
from competences.training.queries import matrix as queries
from competences.training.rules.standing import CourseStanding
from recruit.access import Action
from recruit.sheets.writing import Cell, to_xlsx
from recruit.training.pages.matrix.reading import wanted
from recruit.training.pages.matrix.selection import everything, selected
from recruit.web.i18n import long_date, today

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@get("/training/matrix.xlsx", name="training.xlsx", action=Action.READ_TRAINING)
async def matrix_xlsx(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    """Everybody of a view, on all its pages. A date alone is the last day in date."""
    view = wanted(request)
    here = await everything(actor, reach, view.on or today())
    found = selected(here, view)
    held = await queries.cells(actor, reach, here.day, [one.id for one in found.people])
    header = [_("Name"), _("Post"), _("Unit"), *(f"{row.code} {row.title}" for row in found.courses)]
    keys = [row.id for row in found.courses]
    rows = (
        [one.name, one.post, one.unit, *(_cell(held.get(one.id, {}).get(key), here.day) for key in keys)]
        for one in found.people
    )
    title = _("Training on %(day)s", day=long_date(here.day))
    return Response(
        to_xlsx(header, rows, title), media_type=XLSX,
        headers={"Content-Disposition": 'attachment; filename="training.xlsx"'},
    )  # fmt: skip


def _cell(row: CourseStanding | None, day: date) -> Cell:
    if row is None:
        return None
    if row.in_date(day):
        return row.expires_on or _("No end")
    if row.required and row.done_on is not None:
        return _("Expired on %(day)s", day=(row.expires_on or day).isoformat())
    if row.booked_on is not None:
        return _("Booked for %(day)s", day=row.booked_on.isoformat())
    return _not_done(row, day) if row.required else row.expires_on


def _not_done(row: CourseStanding, day: date) -> str:
    if row.due_on is None:
        return _("Not done")
    due = row.due_on.isoformat()
    return (
        _("Not done, due %(day)s", day=due) if row.due_on >= day else _("Not done, was due %(day)s", day=due)
    )


router = Router("/", route_handlers=[matrix_xlsx])
