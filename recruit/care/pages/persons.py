"""What is on record of one person, for them and for whoever looks after them; work under another name."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.care.commands import names
from competences.care.commands.register import say_workload
from competences.care.queries.arrangements import arrangements_of
from competences.care.queries.incidents import concerned
from competences.care.queries.meetings import last_meetings_of
from competences.care.queries.names import name_exception, name_exceptions_of
from competences.care.queries.register import entries_of, facts_of
from competences.care.rules import labels
from competences.care.rules.choices import Load
from competences.care.rules.register import all_due
from competences.errors import Invalid, NotFound
from competences.people.queries import person
from competences.people.reach import Reach
from competences.sealing.rules import KeyRing
from competences.text import _
from recruit.access import Action, reach_of
from recruit.care import forms
from recruit.web.forms import posted
from recruit.web.i18n import local, today
from recruit.web.render import page, see


@get("/people/{person_id:int}/care", name="person.care", action=Action.READ_CARE)
async def person_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    person_id: FromPath[int],
) -> Response[Any]:
    return await _person(request, actor, reach, person_id)


async def _person(
    request: HTMXRequest, actor: Actor, reach: Reach, person_id: int, **context: Any
) -> Response[Any]:
    row = await person(actor, reach, person_id)
    if row.external:
        raise NotFound(_("There is no such page, or it is not for you."))
    facts = (await facts_of([row.id], today()))[row.id]
    own = row.id == actor.person_id
    zone = local(datetime.now(UTC)).tzinfo
    edits = reach_of(actor.roles, Action.EDIT_CARE) >= Reach.TEAM and not (own and row.manager_id)
    return page(
        request, "care/person.html", person=row, own=own, facts=facts, due=all_due(facts, today()),
        entries=await entries_of(actor, reach, row.id), meetings=await last_meetings_of(row.id),
        incidents=await concerned(actor, reach, zone, person_id=row.id, limit=20),
        names=await name_exceptions_of(actor, reach, row.id),
        arrangements=await arrangements_of(actor, reach, [row.id], today()), edits=edits,
        decides=reach_of(actor.roles, Action.EDIT_CARE) is Reach.ALL and not own,
        reads_why=own or reach is Reach.ALL, loads=list(Load), w=labels, today=today(), **context,
    )  # fmt: skip


@post("/workload", name="workload.say", action=Action.SAY_WORKLOAD, status_code=200)
async def say_load(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    form = await posted(request)
    try:
        await say_workload(actor, forms.load(form), today())
    except Invalid as error:
        return await _person(request, actor, reach, actor.person_id or 0, values=form, errors=error.fields)
    return see(f"/people/{actor.person_id}/care")


@get("/people/{person_id:int}/name-exceptions/new", name="name-exception.new", action=Action.EDIT_CARE)
async def new_exception_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    person_id: FromPath[int],
) -> Response[Any]:
    return await _exception(request, actor, reach, person_id)


async def _exception(
    request: HTMXRequest, actor: Actor, reach: Reach, person_id: int, **context: Any
) -> Response[Any]:
    row = await person(actor, reach, person_id)
    if reach is not Reach.ALL or row.id == actor.person_id or row.external:
        raise NotFound(_("There is no such page, or it is not for you."))
    return page(request, "care/name_exception.html", person=row, today=today(), **context)


@post(
    "/people/{person_id:int}/name-exceptions",
    name="name-exception.make", action=Action.EDIT_CARE, status_code=200,
)  # fmt: skip
async def make_exception(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    ring: NamedDependency[KeyRing],
    person_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    try:
        draft = forms.name_exception(form)
        await names.make_exception(actor, ring, reach, person_id, draft, local(datetime.now(UTC)))
    except Invalid as error:
        return await _exception(request, actor, reach, person_id, values=form, errors=error.fields)
    return see(f"/people/{person_id}/care")


@get("/name-exceptions/{exception_id:int}/reason", name="name-exception.reason", action=Action.READ_CARE)
async def reason_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    ring: NamedDependency[KeyRing],
    exception_id: FromPath[int],
) -> Response[Any]:
    reason = await names.open_reason(actor, ring, reach, exception_id)
    row = await name_exception(actor, reach, exception_id)
    return page(request, "care/reason.html", row=row, reason=reason)


@post(
    "/name-exceptions/{exception_id:int}/last-day",
    name="name-exception.end", action=Action.EDIT_CARE, status_code=200,
)  # fmt: skip
async def end_exception(
    actor: NamedDependency[Actor], reach: NamedDependency[Reach], exception_id: FromPath[int]
) -> Response[Any]:
    row = await name_exception(actor, reach, exception_id)
    await names.end_exception(actor, reach, exception_id, today())
    return see(f"/people/{row.person_id}/care")


router = Router(
    "/",
    route_handlers=[
        person_page, say_load, new_exception_page, make_exception, reason_page, end_exception,
    ],
)  # fmt: skip
