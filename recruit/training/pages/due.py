"""The due board: what is due, course by course, and inviting those for whom it is."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.errors import Invalid
from competences.people.reach import Reach
from competences.text import _, _n
from competences.training.commands.due import invite
from competences.training.queries import due as queries
from competences.training.queries import matrix, requests
from competences.training.queries.courses import CourseRow, course
from competences.training.queries.sessions import SessionRow, upcoming
from competences.training.rules.due import Section, sections
from competences.training.rules.matrix import Show, State, Trainee, counted
from competences.training.rules.standing import CourseStanding
from recruit.access import Action, reach_of
from recruit.training.forms.due import Asked, asked, invited
from recruit.training.pages.matrix.reading import own
from recruit.training.pages.matrix.selection import Everything, everything
from recruit.web.forms import posted
from recruit.web.i18n import today, weekday_date
from recruit.web.kept import kept
from recruit.web.lists import PAGE, part_of
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


async def _board(actor: Actor, reach: Reach, view: Asked) -> Board:
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
    view = _wanted(request)
    board = await _board(actor, reach, view)
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


def _wanted(request: HTMXRequest) -> Asked:
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


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody for whom the course is due; `stands` is None for who only asked for it."""

    person: Trainee
    section: Section
    stands: CourseStanding | None

    @property
    def day(self) -> date | None:
        """The last day in date, or the day by which it is to be done."""
        if self.stands is None:
            return None
        return self.stands.due_on if self.stands.done_on is None else self.stands.expires_on


@get("/training/due/courses/{course_id:int}", name="due.course", action=Action.READ_TRAINING)
async def due_course_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach], course_id: FromPath[int]
) -> Response[Any]:  # fmt: skip
    if reach is Reach.OWN:
        return own(actor)
    return await _course(request, actor, reach, course_id)


async def _course(
    request: HTMXRequest, actor: Actor, reach: Reach, course_id: int, **context: Any
) -> Response[Any]:
    view, row = _wanted(request), await course(course_id)
    board = await _board(actor, reach, view)
    found = board.found.get(course_id, {})
    listed = [
        (key, section)
        for section in Section
        for key in found.get(section, ())
        if view.section in (None, section)
    ]
    some, number, pages = part_of(listed, str(view.page), PAGE)
    held = await matrix.cells(actor, reach, board.here.day, [key for key, _section in some])
    coming = await upcoming(actor, reach, datetime.now(UTC), course_id=course_id)
    return page(
        request, "training/due_course.html", course=row, number=number, pages=pages, asked=view,
        rows=[Due(board.people[key], section, held.get(key, {}).get(course_id)) for key, section in some],
        counts={section: len(ids) for section, ids in found.items()}, total=len(listed),
        coming=[(one.id, _session_name(one)) for one in coming if not one.cancelled], units=board.here.units, section_name=section_name,
        invites=bool(reach_of(actor.roles, Action.LEAD_SESSIONS)), day=board.here.day, today=today(), **context,
    )  # fmt: skip


def _session_name(row: SessionRow) -> str:
    day, left = weekday_date(row.first_at), row.left
    return _n("%(day)s, %(left)s place left", "%(day)s, %(left)s places left", left, day=day, left=left)


@post(
    "/training/due/courses/{course_id:int}/invitations",
    name="due.invite", action=Action.LEAD_SESSIONS, status_code=200,
)  # fmt: skip
async def invite_these(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach], course_id: FromPath[int]
) -> Response[Any]:  # fmt: skip
    """Lead on to planning a session with those who are ticked, or put them on the list of one."""
    form = await posted(request)
    ids, session_id = invited(form), form.row("session")
    try:
        if not ids:
            raise Invalid({"person": _("Tick whom you invite.")})
        if form.get("do") != "add":
            ticked = [("course", course_id), *(("invite", key) for key in ids)]
            return see(f"/training/sessions/new?{urlencode(ticked)}")
        if session_id is None:
            raise Invalid({"session": _("Choose a session.")})
        await invite(actor, reach, session_id, ids, datetime.now(UTC))
    except Invalid as error:
        reads = reach_of(actor.roles, Action.READ_TRAINING)
        return await _course(request, actor, reads, course_id, values=form, errors=error.fields)
    return see(f"/training/sessions/{session_id}")


router = Router("/", route_handlers=[due_page, summary_page, due_course_page, invite_these])
