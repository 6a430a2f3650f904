"""The matrix on screen and on paper."""

from dataclasses import replace
from datetime import date
from typing import Any

from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.plugins.htmx import HTMXRequest
from markupsafe import Markup

from competences.actor import Actor
from competences.errors import NotFound
from competences.people.reach import Reach
from competences.text import _
from competences.training.queries import matrix as queries
from competences.training.rules.matrix import Show
from recruit.access import Action
from recruit.training.forms.matrix import SIZES, Asked, asked
from recruit.training.pages.matrix.cells import Cells
from recruit.training.pages.matrix.selection import Everything, Selection, everything, selected
from recruit.web.i18n import locale, today
from recruit.web.kept import kept
from recruit.web.lists import part_of
from recruit.web.render import page, part, see

#: How many courses fit beside names on a sheet of A4.
ON_PAPER = 10


@get("/training", name="training", action=Action.READ_TRAINING)
async def matrix_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    if reach is Reach.OWN:
        return own(actor)
    view = wanted(request)
    here = await everything(actor, reach, view.on or today())
    key = ("matrix", here.key, view, locale.get())
    body = await kept(key, lambda: _body(actor, reach, here, view))
    return page(
        request, "training/matrix.html", body=body, asked=view, units=here.units, courses=here.courses,
        shows=shows(), sizes=SIZES, day=here.day, today=today(),
    )  # fmt: skip


def own(actor: Actor) -> Response[Any]:
    """Send whoever sees nobody else to their own page."""
    if actor.person_id is None:
        raise NotFound(_("There is no such page."))
    return see(f"/people/{actor.person_id}/training")


def wanted(request: HTMXRequest) -> Asked:
    """Return what the address asks for; today needs no day in it."""
    view = asked(request.query_params.dict())
    return replace(view, on=None) if view.on == today() else view


def shows() -> list[tuple[str, str]]:
    """Return what can be shown, and its name."""
    return [
        (Show.ALL, _("Everything")),
        (Show.ACTION, _("What needs action")),
        (Show.EXPIRED, _("Expired")),
        (Show.NOT_DONE, _("Not done yet")),
        (Show.ENDING, _("Ending within 60 days")),
        (Show.BOOKED, _("Booked")),
        (Show.IN_DATE, _("In date")),
    ]


async def _body(actor: Actor, reach: Reach, here: Everything, view: Asked) -> Markup:
    found = selected(here, view)
    people, number, pages = part_of(found.people, str(view.page), view.size)
    rows = await _rows(actor, reach, here.day, replace(found, people=people))
    return part(
        "training/_matrix.html", found=found, rows=rows, asked=view, number=number, pages=pages,
        total=len(found.people), Show=Show,
    )  # fmt: skip


async def _rows(actor: Actor, reach: Reach, day: date, found: Selection) -> list[tuple[Any, Markup]]:
    """Return the people of a page with their cells."""
    held = await queries.cells(actor, reach, day, [one.id for one in found.people])
    keys, cells = [row.id for row in found.courses], Cells(day)
    return [(one, cells.row(held.get(one.id, {}), keys)) for one in found.people]


@get("/training/print", name="training.print", action=Action.READ_TRAINING)
async def print_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    """Everybody of a view, so many courses to a table that they fit on a sheet."""
    if reach is Reach.OWN:
        return own(actor)
    view = wanted(request)
    here = await everything(actor, reach, view.on or today())
    found = selected(here, view)
    tables = []
    for first in range(0, len(found.courses), ON_PAPER):
        fit = slice(first, first + ON_PAPER)
        part_ = replace(found, courses=found.courses[fit], feet=found.feet[fit])
        tables.append((part_, await _rows(actor, reach, here.day, part_)))
    return page(request, "training/print.html", tables=tables, asked=view, found=found, day=here.day)


router = Router("/", route_handlers=[matrix_page, print_page])
