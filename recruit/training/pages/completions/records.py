"""Recording what somebody completed, and handing in one's own certificate from elsewhere."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.errors import Invalid, NotFound
from competences.people.queries import present
from competences.people.reach import Reach
from competences.text import _
from competences.training.commands import completions as commands
from competences.training.queries import courses
from recruit.access import Action
from recruit.training.forms import completions as forms
from recruit.web.forms import posted
from recruit.web.i18n import local, today
from recruit.web.render import page, see


async def course_choices(actor: Actor) -> list[tuple[int, str]]:
    """Return the courses that a completion can be of; retired ones stay, for what was done before."""
    return [(row.id, f"{row.code} {row.title}") for row in await courses.courses(actor, retired=True)]


async def _form(request: HTMXRequest, actor: Actor, reach: Reach, **context: Any) -> Response[Any]:
    people = await present(actor, reach, today())
    asked = request.query_params
    return page(
        request, "completions/form.html", courses=await course_choices(actor), today=today(),
        people=[(one.id, one.name) for one in people if one.id != actor.person_id],
        person=asked.get("person", ""), course=asked.get("course", ""), **context,
    )  # fmt: skip


@get("/training/completions/new", name="completion.new", action=Action.RECORD_COMPLETIONS)
async def new_completion_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    return await _form(request, actor, reach)


@post("/training/completions", name="completion.record", action=Action.RECORD_COMPLETIONS, status_code=200)
async def record_completion(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    form, now = await posted(request), local(datetime.now(UTC))
    try:
        made = await commands.record_completion(
            actor, reach, forms.draft(form), await forms.paper(form), today(), now
        )
    except Invalid as error:
        return await _form(request, actor, reach, values=form, errors=error.fields)
    return see(f"/training/completions/{made.subject_id}")


@post(
    "/training/completions/{completion_id:int}/check",
    name="certificate.check", action=Action.RECORD_COMPLETIONS, status_code=200,
)  # fmt: skip
async def check_certificate(
    actor: NamedDependency[Actor], reach: NamedDependency[Reach], completion_id: FromPath[int]
) -> Response[Any]:
    await commands.check_certificate(actor, reach, completion_id, today(), local(datetime.now(UTC)))
    return see(f"/training/completions/{completion_id}")


async def _own_form(request: HTMXRequest, actor: Actor, person_id: int, **context: Any) -> Response[Any]:
    if person_id != actor.person_id:
        raise NotFound(_("There is no such page, or it is not for you."))
    return page(
        request, "completions/hand_in.html", courses=await course_choices(actor), today=today(),
        course=request.query_params.get("course", ""), **context,
    )  # fmt: skip


@get("/people/{person_id:int}/certificates/new", name="certificate.new", action=Action.ASK_TRAINING)
async def hand_in_page(
    request: HTMXRequest, actor: NamedDependency[Actor], person_id: FromPath[int]
) -> Response[Any]:
    return await _own_form(request, actor, person_id)


@post(
    "/people/{person_id:int}/certificates",
    name="certificate.hand-in",
    action=Action.ASK_TRAINING,
    status_code=200,
)
async def hand_in(
    request: HTMXRequest, actor: NamedDependency[Actor], person_id: FromPath[int]
) -> Response[Any]:
    form, now = await posted(request), local(datetime.now(UTC))
    try:
        typed = forms.draft(form, person_id=person_id, external=True)
        await commands.hand_in_certificate(actor, typed, await forms.paper(form), today(), now)
    except Invalid as error:
        return await _own_form(request, actor, person_id, values=form, errors=error.fields)
    return see(f"/people/{person_id}/training?handed-in")


router = Router(
    "/", route_handlers=[new_completion_page, record_completion, check_certificate, hand_in_page, hand_in]
)
