"""Who comes on the list of a session and who goes off it: oneself, or by a trainer."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, Router, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.errors import Invalid, NotFound
from competences.people.reach import Reach
from competences.text import _
from competences.training.commands import sessions as commands
from competences.training.queries import sessions as queries
from recruit.access import Action
from recruit.training.pages.sessions.reading import session_view
from recruit.web.forms import Post, posted
from recruit.web.render import see


@post(
    "/training/sessions/{session_id:int}/booking",
    name="booking.make",
    action=Action.ASK_TRAINING,
    status_code=200,
)
async def book(
    actor: NamedDependency[Actor], reach: NamedDependency[Reach], session_id: FromPath[int]
) -> Response[Any]:
    await commands.enrol(actor, reach, session_id, _self(actor), datetime.now(UTC))
    return see(f"/training/sessions/{session_id}")


@post(
    "/training/sessions/{session_id:int}/booking/withdrawal",
    name="booking.withdraw", action=Action.ASK_TRAINING, status_code=200,
)  # fmt: skip
async def give_back(
    actor: NamedDependency[Actor], reach: NamedDependency[Reach], session_id: FromPath[int]
) -> Response[Any]:
    row = await queries.session(actor, reach, session_id)
    await commands.withdraw(actor, reach, session_id, row.own_enrolment or 0, datetime.now(UTC))
    return see(f"/training/sessions/{session_id}")


def _self(actor: Actor) -> int:
    if actor.person_id is None:
        raise NotFound(_("There is no such session, or you may not see it."))
    return actor.person_id


@post(
    "/training/sessions/{session_id:int}/enrolments",
    name="enrolment.make", action=Action.LEAD_SESSIONS, status_code=200,
)  # fmt: skip
async def add_to_list(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach], session_id: FromPath[int]
) -> Response[Any]:  # fmt: skip
    """Add a colleague or a guest. Who lacks a course that comes first is added once the trainer has read so."""
    form, now = await posted(request), datetime.now(UTC)
    try:
        if form.has("guest"):
            guest, organisation = form.text("guest", limit=160), form.text("organisation", limit=160)
            form.check()
            await commands.enrol_guest(actor, reach, session_id, guest, organisation, now)
        elif unready := await _unready(actor, reach, session_id, form):
            words = _("%(codes)s comes first and is not in date.", codes=", ".join(unready))
            return await session_view(
                request, actor, session_id, values=form, errors={"person": words}, unready=unready
            )
        else:
            await commands.enrol(actor, reach, session_id, form.row("person") or 0, now)
    except Invalid as error:
        return await session_view(request, actor, session_id, values=form, errors=error.fields)
    return see(f"/training/sessions/{session_id}")


async def _unready(actor: Actor, reach: Reach, session_id: int, form: Post) -> list[str]:
    """Return what comes first for whom the trainer chose, unless they saw it and add them all the same."""
    person_id = form.row("person")
    if person_id is None:
        raise Invalid({"person": _("Choose somebody.")})
    if form.ticked("anyway"):
        return []
    row = await queries.leading(actor, reach, session_id)
    found = await queries.missing_first(actor, reach, row.version_id, [person_id], row.days[0].day)
    return found.get(person_id, [])


@post(
    "/training/sessions/{session_id:int}/enrolments/{enrolment_id:int}/withdrawal",
    name="enrolment.withdraw", action=Action.LEAD_SESSIONS, status_code=200,
)  # fmt: skip
async def take_off_list(
    actor: NamedDependency[Actor], reach: NamedDependency[Reach], session_id: FromPath[int], enrolment_id: FromPath[int]
) -> Response[Any]:  # fmt: skip
    await commands.withdraw(actor, reach, session_id, enrolment_id, datetime.now(UTC))
    return see(f"/training/sessions/{session_id}")


router = Router("/", route_handlers=[book, give_back, add_to_list, take_off_list])
