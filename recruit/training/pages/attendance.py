"""Attendance of one day of a session: tapped on a phone, in bulk, or written down later."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.people.reach import Reach
from competences.text import _
from competences.training.commands import attendance as commands
from competences.training.queries import attendance as queries
from competences.training.queries.sessions import DayRow, SessionView, leading
from competences.training.rules.expiry import day_of
from recruit.access import Action
from recruit.training.forms import attendance as forms
from recruit.web.forms import posted
from recruit.web.i18n import clock, zone_name
from recruit.web.render import page, see


@get("/training/sessions/{session_id:int}/attendance", name="attendance", action=Action.LEAD_SESSIONS)
async def attendance_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach], session_id: FromPath[int]
) -> Response[Any]:  # fmt: skip
    row, now = await leading(actor, reach, session_id), datetime.now(UTC)
    day = _chosen(row, request.query_params.get("day", ""), now)
    return page(
        request, "sessions/attendance.html", row=row, day=day, zone=zone_name(), now_=now,
        open=row.cancelled_at is None and day.day <= day_of(now, row.zone),
        people=await queries.sheet(actor, reach, session_id, day.id),
    )  # fmt: skip


def _chosen(row: SessionView, typed: str, now: datetime) -> DayRow:
    """Return the day that the address names, else the last one that has begun, else the first."""
    begun = [day for day in row.days if day.starts_at <= now]
    return next((day for day in row.days if str(day.id) == typed), begun[-1] if begun else row.days[0])


@post(
    "/training/sessions/{session_id:int}/attendance",
    name="attendance.take", action=Action.LEAD_SESSIONS, status_code=200,
)  # fmt: skip
async def take_attendance(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach], session_id: FromPath[int]
) -> Response[Any]:  # fmt: skip
    """Taps sent by the page are answered with what now holds for each, and without those of whom nothing does; without
    JavaScript the whole form is sent.
    """
    form, now = await posted(request), datetime.now(UTC)
    day_id, taps = form.row("day") or 0, forms.taps(form)
    taken = await commands.take_attendance(actor, reach, session_id, day_id, taps, now)
    if not request.htmx:
        if form.ticked("rest"):
            await commands.mark_rest_present(actor, reach, session_id, day_id, now)
        return see(f"/training/sessions/{session_id}/attendance?day={day_id}")
    holds = {tap.enrolment_id: tap.present for tap in taps}
    if taken is None or len(taken.enrolments) < len(holds):  # somebody tapped later on another device
        rows = await queries.sheet(actor, reach, session_id, day_id)
        holds = {
            row.enrolment_id: row.present
            for row in rows
            if row.enrolment_id in holds and row.present is not None
        }
    return Response({"saved": _("Saved %(time)s", time=clock(now)), "present": holds})


router = Router("/", route_handlers=[attendance_page, take_attendance])
