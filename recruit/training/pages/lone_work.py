"""Who may work with clients alone, why not, and the exceptions that a line manager makes."""

from datetime import UTC, date, datetime
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.errors import Invalid, NotFound
from competences.people import queries as people
from competences.people.reach import Reach
from competences.text import _
from competences.training.commands import lone_work as commands
from competences.training.queries import lone_work as queries
from competences.training.rules.lone_work import LONGEST_DAYS, in_words
from recruit.access import Action, reach_of
from recruit.training.forms import lone_work as forms
from recruit.web.forms import YEARS, posted
from recruit.web.i18n import local, today
from recruit.web.render import page, see


def day_asked(request: HTMXRequest) -> date:
    """Return the day that the address names (?on=2027-01-31), else today."""
    try:
        day = date.fromisoformat(request.query_params.get("on", ""))
    except ValueError:
        return today()
    return day if day.year in YEARS else today()


@get("/people/{person_id:int}/lone-work", name="lone-work", action=Action.READ_TRAINING)
async def lone_work_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    person_id: FromPath[int],
) -> Response[Any]:
    return await _lone_work(request, actor, reach, person_id)


async def _lone_work(
    request: HTMXRequest, actor: Actor, reach: Reach, person_id: int, **context: Any
) -> Response[Any]:
    day, now = day_asked(request), local(datetime.now(UTC))
    person = await people.person(actor, reach, person_id)
    levels = reach_of(actor.roles, Action.READ_PEOPLE)
    found = await queries.lone_work_seen(actor, reach, levels, [person_id], day, now.tzinfo)
    if person_id not in found:
        raise NotFound(_("There is no such person, or you may not see them."))
    leads = (
        reach_of(actor.roles, Action.ALLOW_LONE_WORK) is Reach.TEAM and person.manager_id == actor.person_id
    )
    return page(
        request, "lone_work/person.html", fragment="lone_work/_standing.html",
        person=person, own=person.id == actor.person_id, standing=found[person_id], day=day, today=today(),
        exceptions=await queries.exceptions_of(actor, levels, person_id), leads=leads, in_words=in_words,
        changes=await queries.changes_of(actor, levels, person_id), longest=LONGEST_DAYS, **context,
    )  # fmt: skip


@post(
    "/people/{person_id:int}/lone-work-exceptions",
    name="lone-work.allow",
    action=Action.ALLOW_LONE_WORK,
    status_code=200,
)
async def allow_lone_work(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    person_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    try:
        typed = forms.exception(form)
        await commands.allow(
            actor, reach, person_id, typed.until_on, typed.reason, today(), local(datetime.now(UTC))
        )
    except Invalid as error:
        return await _lone_work(request, actor, reach, person_id, values=form, errors=error.fields)
    return see(f"/people/{person_id}/lone-work")


@post(
    "/lone-work-exceptions/{exception_id:int}/ending",
    name="lone-work.end-exception",
    action=Action.ALLOW_LONE_WORK,
    status_code=200,
)
async def end_exception(
    actor: NamedDependency[Actor], reach: NamedDependency[Reach], exception_id: FromPath[int]
) -> Response[Any]:
    row = await queries.exception(actor, reach, exception_id)
    await commands.end_exception(actor, reach, exception_id, today(), local(datetime.now(UTC)))
    return see(f"/people/{row.person_id}/lone-work")


@post(
    "/lone-work-changes/{change_id:int}/reading",
    name="lone-work.see",
    action=Action.READ_TRAINING,
    status_code=200,
)
async def see_change(
    actor: NamedDependency[Actor], reach: NamedDependency[Reach], change_id: FromPath[int]
) -> Response[Any]:
    """Of oneself or of those whom one leads, also for a trainer who sees everybody."""
    own = max(Reach.OWN, reach_of(actor.roles, Action.ALLOW_LONE_WORK))
    await commands.see_change(actor, min(own, reach), change_id, local(datetime.now(UTC)))
    return see("/")


@get("/team/lone-work", name="team.lone-work", action=Action.ALLOW_LONE_WORK)
async def team_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    day = day_asked(request)
    led = await people.led_people(actor, reach, day)
    zone = local(datetime.now(UTC)).tzinfo
    found = await queries.lone_work_of(actor, reach, [one.id for one in led], day, zone)
    rows = sorted(((one, found[one.id]) for one in led if one.id in found), key=lambda row: row[1].authorised)
    return page(request, "lone_work/team.html", rows=rows, day=day, today=today(), in_words=in_words)


router = Router("/", route_handlers=[lone_work_page, allow_lone_work, end_exception, see_change, team_page])
