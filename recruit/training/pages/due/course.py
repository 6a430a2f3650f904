"""For whom one course is due, and inviting them."""

from dataclasses import dataclass
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
from competences.training.queries import matrix
from competences.training.queries.courses import course
from competences.training.queries.sessions import SessionRow, upcoming
from competences.training.rules.due import Section
from competences.training.rules.matrix import Trainee
from competences.training.rules.standing import CourseStanding
from recruit.access import Action, reach_of
from recruit.training.forms.due import invited
from recruit.training.pages.due.board import board_of, section_name, wanted
from recruit.training.pages.matrix.reading import own
from recruit.web.forms import posted
from recruit.web.i18n import today, weekday_date
from recruit.web.lists import PAGE, part_of
from recruit.web.render import page, see


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
    view, row = wanted(request), await course(course_id)
    board = await board_of(actor, reach, view)
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


router = Router("/", route_handlers=[due_course_page, invite_these])
