"""Planning a session or a series, changing one, cancelling it or the rest of its series."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.errors import Conflict, Invalid
from competences.people.reach import Reach
from competences.training.commands import sessions as commands
from competences.training.queries import courses
from competences.training.queries import sessions as queries
from recruit.access import Action
from recruit.training.forms import sessions as forms
from recruit.training.pages.sessions.reading import session_view
from recruit.training.queries.trainers import teaching
from recruit.web.forms import Post, posted
from recruit.web.i18n import today, zone_name
from recruit.web.render import page, see

#: How many further days the form offers beyond those that are there.
FURTHER = 4


@get("/training/sessions/new", name="session.new", action=Action.LEAD_SESSIONS)
async def new_session_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    """Without a course, choose one first. `invite` names people who are to come on the list; with `day` the address
    suggests when, and who leads it, by the names of the form.
    """
    typed = Post({name: request.query_params.getall(name) for name in request.query_params})
    if not (course_id := typed.row("course")):
        offered = [(row.id, f"{row.code} {row.title}") for row in await courses.courses(actor)]
        return page(request, "sessions/course.html", courses=offered)
    suggested = {"values": typed} if typed.has("day") else {}
    return await _new(request, actor, reach, course_id, typed.rows("invite"), **suggested)


async def _new(
    request: HTMXRequest, actor: Actor, reach: Reach, course_id: int, invite: tuple[int, ...], **context: Any
) -> Response[Any]:
    course, day = await courses.course(course_id), today()
    can = await teaching(actor, reach, course_id, day)
    invited = await queries.named(actor, reach, invite, day)
    return page(
        request, "sessions/new.html", course=course, trainers=can, zone=zone_name(),
        leads={key for key, _name in can if key == actor.person_id or len(can) == 1}, further=range(2, FURTHER + 2),
        invited=invited, first=await queries.missing_first(actor, reach, course.version_id, invite, day), **context,
    )  # fmt: skip


@post("/training/sessions", name="session.create", action=Action.LEAD_SESSIONS, status_code=200)
async def create_session(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    form = await posted(request)
    course = await courses.course(form.row("course") or 0)
    invite, now = form.rows("invite"), datetime.now(UTC)
    try:
        read = forms.drafts(form, course.version_id)
        made = await (
            commands.plan_session(actor, read[0], now, invite)
            if len(read) == 1
            else commands.plan_series(actor, read, now, invite)
        )
    except Invalid as error:
        offered = form.rows("offered") or invite
        return await _new(request, actor, reach, course.id, offered, values=form, errors=error.fields)
    return see(f"/training/sessions/{made.subject_id}")


@get("/training/sessions/{session_id:int}/edit", name="session.edit", action=Action.LEAD_SESSIONS)
async def edit_session_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    session_id: FromPath[int],
) -> Response[Any]:
    return await _edit(request, actor, reach, session_id)


async def _edit(
    request: HTMXRequest, actor: Actor, reach: Reach, session_id: int, **context: Any
) -> Response[Any]:
    row = await queries.leading(actor, reach, session_id)
    can = await teaching(actor, reach, row.course_id, today())
    others = [one for one in row.trainers if one not in can]
    return page(
        request, "sessions/edit.html", row=row, trainers=[*can, *others],
        leads={key for key, _name in row.trainers}, further=range(2, len(row.days) + FURTHER + 1), **context,
    )  # fmt: skip


@post(
    "/training/sessions/{session_id:int}", name="session.save", action=Action.LEAD_SESSIONS, status_code=200
)
async def save_session(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    session_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    row = await queries.leading(actor, reach, session_id)
    again: dict[str, Any] = {"values": form}
    try:
        (draft,) = forms.drafts(form, row.version_id)[:1]
        await commands.change_session(actor, reach, session_id, draft, datetime.now(UTC))
        return see(f"/training/sessions/{session_id}")
    except Invalid as error:
        again["errors"] = error.fields
    except Conflict as error:  # what was typed is never lost, not even to a conflict
        again |= {"errors": {"day": str(error)}, "status": 409}
    return await _edit(request, actor, reach, session_id, **again)


@post(
    "/training/sessions/{session_id:int}/cancellation",
    name="session.cancel", action=Action.LEAD_SESSIONS, status_code=200,
)  # fmt: skip
async def cancel_session(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach], session_id: FromPath[int]
) -> Response[Any]:  # fmt: skip
    form = await posted(request)
    try:
        await commands.cancel_session(
            actor,
            reach,
            session_id,
            form.text("reason", limit=500),
            datetime.now(UTC),
            rest=form.ticked("rest"),
        )
    except Invalid as error:
        return await session_view(request, actor, session_id, values=form, errors=error.fields)
    return see(f"/training/sessions/{session_id}")


router = Router(
    "/", route_handlers=[new_session_page, create_session, edit_session_page, save_session, cancel_session]
)
