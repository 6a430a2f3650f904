"""One's own calendar of sessions: a secret link, and single sessions to keep."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.errors import NotFound
from competences.people.reach import Reach
from competences.text import _
from competences.training.commands import calendar as commands
from competences.training.queries import calendar as queries
from recruit.access import Action
from recruit.training.queries.calendar import calendar_owner
from recruit.training.rules.calendars import calendar
from recruit.web.address import address_of
from recruit.web.i18n import local
from recruit.web.render import page, see
from recruit.web.session import fingerprint, new_secret

ENDING = ".ics"


@get("/calendars/{name:str}", name="calendar", action=Action.VISIT)
async def calendar_feed(request: HTMXRequest, name: FromPath[str]) -> Response[Any]:
    """The sessions of whoever made the link. Calendars sign in nowhere: the secret in the address opens it."""
    now = local(datetime.now(UTC))
    owner = await calendar_owner(fingerprint(name.removesuffix(ENDING)), now)
    if owner is None or not name.endswith(ENDING):
        raise NotFound(_("This link has ended, or was never made. Make a new one under My training."))
    rows = await queries.calendar_sessions(owner[0], now)
    title = _("Training at %(organisation)s", organisation=request.app.state.settings.organisation)
    return _ics(calendar(title, rows, now, address_of(request)), "training.ics")


@get("/training/sessions/{session_id:int}/session.ics", name="session.ics", action=Action.READ_COURSES)
async def session_ics(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    session_id: FromPath[int],
) -> Response[Any]:
    row = await queries.calendar_session(actor, reach, session_id)
    return _ics(calendar(row.title, [row], datetime.now(UTC), address_of(request)), f"session-{row.id}.ics")


def _ics(content: bytes, name: str) -> Response[Any]:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)


@post("/calendar-link", name="calendar-link.renew", action=Action.ASK_TRAINING, status_code=200)
async def renew_link(request: HTMXRequest, actor: NamedDependency[Actor]) -> Response[Any]:
    """Answer the post itself: the link is shown this once, and a redirect would carry it in an address."""
    secret = new_secret()
    await commands.renew_calendar_link(actor, fingerprint(secret), datetime.now(UTC))
    url = f"{address_of(request)}/calendars/{secret}{ENDING}"
    return page(request, "my_training/calendar.html", url=url, person_id=actor.person_id)


@post("/calendar-link/end", name="calendar-link.end", action=Action.ASK_TRAINING, status_code=200)
async def end_link(actor: NamedDependency[Actor]) -> Response[Any]:
    await commands.end_calendar_link(actor)
    return see(f"/people/{actor.person_id}/training")


router = Router("/", route_handlers=[calendar_feed, session_ics, renew_link, end_link])
