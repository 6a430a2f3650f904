"""Which sessions there are, and one of them."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.people.reach import Reach
from competences.training.queries import courses
from competences.training.queries import sessions as queries
from recruit.access import Action, reach_of
from recruit.web.forms import row_id
from recruit.web.i18n import today, zone_name
from recruit.web.lists import PAGE, Paged, page_number
from recruit.web.render import page


@get("/training/sessions", name="sessions", action=Action.READ_COURSES)
async def sessions_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    asked, now = request.query_params, datetime.now(UTC)
    course, trainer = (row_id(asked.get(name)) or 0 for name in ("course", "trainer"))
    coming, chosen = "past" not in asked, {"course_id": course, "trainer_id": trainer}
    total = await queries.count_sessions(actor, reach, now, coming=coming, **chosen)
    number = min(page_number(asked.get("page")), max(1, -(-total // PAGE)))
    listing = queries.upcoming if coming else queries.past
    rows = await listing(actor, reach, now, **chosen, limit=PAGE, offset=PAGE * (number - 1))
    return page(
        request, "sessions/list.html", sessions=Paged(rows, number, total), coming=coming, course=course,
        trainer=trainer, today=today(), zone=zone_name(), trainers=await queries.leaders(actor, reach),
        courses=[(row.id, f"{row.code} {row.title}") for row in await courses.courses(actor, retired=True)],
    )  # fmt: skip


@get("/training/sessions/{session_id:int}", name="session", action=Action.READ_COURSES)
async def session_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    session_id: FromPath[int],
) -> Response[Any]:
    return await session_view(request, actor, session_id)


async def session_view(request: HTMXRequest, actor: Actor, session_id: int, **context: Any) -> Response[Any]:
    """Return the page of a session as this reader sees it."""
    reads = reach_of(actor.roles, Action.READ_COURSES)
    leads = reach_of(actor.roles, Action.LEAD_SESSIONS)
    row, day, now = await queries.session(actor, reads, session_id), today(), datetime.now(UTC)
    people = await queries.roster(actor, reach_of(actor.roles, Action.READ_TRAINING), session_id)
    ids = {one.person_id for one in people if one.person_id is not None and one.place != "withdrawn"}
    if actor.person_id is not None:
        ids.add(actor.person_id)
    first = await queries.missing_first(
        actor, reach_of(actor.roles, Action.READ_TRAINING), row.version_id, ids, row.days[0].day
    )
    context.setdefault("unready", [])
    return page(
        request, "sessions/session.html", row=row, people=people, first=first, leads=leads is Reach.ALL,
        open_to=await queries.open_to(actor, row.course_id, day), zone=zone_name(), now_=now,
        addable=await queries.addable(actor, leads, session_id, day), **context,
    )  # fmt: skip


router = Router("/", route_handlers=[sessions_page, session_page])
