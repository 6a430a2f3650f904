"""The due board: how many are due, course by course."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.people.reach import Reach
from competences.text import _
from competences.training.queries import due as queries
from competences.training.queries import requests
from competences.training.queries.courses import CourseRow
from competences.training.queries.sessions import SessionRow, upcoming
from competences.training.rules.due import Section, sections
from competences.training.rules.matrix import Show, State, Trainee, counted
from recruit.access import Action
from recruit.training.forms.due import Asked, asked
from recruit.training.pages.matrix.reading import own
from recruit.training.pages.matrix.selection import Everything, everything
from recruit.web.i18n import today
from recruit.web.kept import kept
from recruit.web.render import page, see


@dataclass(frozen=True, slots=True)
class Line:
    """A course on the board: how many are in each section, how many of these are booked, and what comes next."""

    course: CourseRow
    counts: dict[Section, int]
    booked: int
    next: SessionRow | None


@dataclass(frozen=True, slots=True)
class Board:
    """Who is in which section of each course, by name, and how many of these are booked."""

    here: Everything
    people: dict[int, Trainee]
    found: dict[int, dict[Section, list[int]]]
    booked: dict[int, int]


def section_name(section: Section) -> str:
    """Return a section in the reader's language."""
    return {
        Section.EXPIRED: _("Expired"),
        Section.OVERDUE: _("Never done, overdue"),
        Section.IN_30: _("Ends within 30 days"),
        Section.IN_60: _("Ends in 31 to 60 days"),
        Section.IN_90: _("Ends in 61 to 90 days"),
        Section.TO_DO: _("Never done, in time"),
        Section.WAITING: _("Waits for another course"),
        Section.ASKED: _("Asked for"),
    }[section]


async def board_of(actor: Actor, reach: Reach, view: Asked) -> Board:
    """Return the board of a unit, or of everybody, kept until anything is written."""
    here = await everything(actor, reach, view.on or today())

    async def made() -> Board:
        waiting = await queries.waiting(actor, reach, here.day)
        wanted = await requests.approved(actor, reach, here.day)
        ids = {one.id for one in here.overview.people if one.unit_id == view.unit} if view.unit else None
        keys = here.overview.course_ids | wanted.keys()
        found = {key: sections(here.overview, key, waiting, wanted, ids) for key in keys}
        return _by_name(here, found)

    return await kept(("due", here.key, view.unit), made)


def _by_name(here: Everything, found: dict[int, dict[Section, set[int]]]) -> Board:
    places = {one.id: place for place, one in enumerate(here.overview.people)}
    named = {
        key: {section: sorted(ids, key=places.__getitem__) for section, ids in by_section.items()}
        for key, by_section in found.items()
    }
    booked = {
        key: len(here.overview.among(key, (State.BOOKED,), set().union(*by_section.values())))
        for key, by_section in found.items()
    }
    return Board(here, {one.id: one for one in here.overview.people}, named, booked)


@get("/training/due", name="due", action=Action.READ_TRAINING)
async def due_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    if reach is Reach.OWN:
        return own(actor)
    view = wanted(request)
    board = await board_of(actor, reach, view)
    coming = await upcoming(actor, reach, datetime.now(UTC), limit=200)
    courses = [row for row in board.here.offered if any(board.found.get(row.id, {}).values())]
    totals = {one: sum(len(board.found[row.id][one]) for row in courses) for one in Section}
    lines = [
        _line(board, row, coming)
        for row in courses
        if view.section is None or board.found[row.id][view.section]
    ]
    return page(
        request, "training/due.html", lines=lines, totals=totals, asked=view, units=board.here.units,
        section_name=section_name, day=board.here.day, today=today(),
    )  # fmt: skip


def wanted(request: HTMXRequest) -> Asked:
    """Return what the address asks for; today needs no day in it."""
    view = asked(request.query_params.dict())
    return replace(view, on=None) if view.on == today() else view


def _line(board: Board, row: CourseRow, coming: list[SessionRow]) -> Line:
    counts = {section: len(ids) for section, ids in board.found[row.id].items()}
    next_ = next((one for one in coming if one.course_id == row.id and not one.cancelled), None)
    return Line(row, counts, board.booked[row.id], next_)


@get("/training/due/summary", name="due.summary", action=Action.READ_TRAINING)
async def summary_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    """What Today shows beside its tasks; on its own it is the board."""
    if reach is Reach.OWN or not request.htmx:
        return see("/training/due")
    here = await everything(actor, reach, today())
    count = counted(here.overview, here.overview.course_ids, None)
    return page(request, "training/_summary.html", count=count, Show=Show)


router = Router("/", route_handlers=[due_page, summary_page])
