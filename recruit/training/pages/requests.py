"""Asking for a course, and answering who asked."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.errors import Conflict, Invalid, NotFound
from competences.people import queries as people
from competences.people.reach import Reach
from competences.text import _
from competences.training.commands import requests as commands
from competences.training.queries import requests as queries
from competences.training.queries.courses import courses
from recruit.access import Action
from recruit.web.forms import Post, posted
from recruit.web.render import page, see


@get("/training/requests", name="course-requests", action=Action.ANSWER_REQUESTS)
async def requests_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    return await _requests(request, actor, reach)


async def _requests(request: HTMXRequest, actor: Actor, reach: Reach, **context: Any) -> Response[Any]:
    return page(
        request, "requests/list.html", waiting=await queries.to_answer(actor, reach),
        answered=await queries.answered(actor, reach), **{"about": 0, **context},
    )  # fmt: skip


@post(
    "/training/requests/{request_id:int}/answer",
    name="course-request.answer", action=Action.ANSWER_REQUESTS, status_code=200,
)  # fmt: skip
async def answer_request(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach], request_id: FromPath[int]
) -> Response[Any]:  # fmt: skip
    form = await posted(request)
    try:
        said = form.one_of("say", ("yes", "no"), required=_("Choose an answer."))
        words = form.text("answer", limit=500)
        form.check()
        await commands.answer(actor, reach, request_id, words, datetime.now(UTC), approved=said == "yes")
    except Invalid as error:
        return await _requests(request, actor, reach, values=form, errors=error.fields, about=request_id)
    return see("/training/requests")


@get("/people/{person_id:int}/course-requests", name="person.course-requests", action=Action.READ_TRAINING)
async def own_requests_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach], person_id: FromPath[int]
) -> Response[Any]:  # fmt: skip
    typed = Post({"course": [request.query_params.get("course", "")]})
    return await _own(request, actor, reach, person_id, chosen=typed.row("course") or "")


async def _own(
    request: HTMXRequest, actor: Actor, reach: Reach, person_id: int, **context: Any
) -> Response[Any]:
    person = await people.person(actor, reach, person_id)
    offered = [(row.id, f"{row.code} {row.title}") for row in await courses(actor)]
    return page(
        request, "requests/own.html", person=person, requests=await queries.requests_of(actor, reach, person_id),
        courses=offered, own=person_id == actor.person_id, **{"chosen": "", **context},
    )  # fmt: skip


@post(
    "/people/{person_id:int}/course-requests",
    name="course-request.make", action=Action.ASK_TRAINING, status_code=200,
)  # fmt: skip
async def ask_for_course(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach], person_id: FromPath[int]
) -> Response[Any]:  # fmt: skip
    if person_id != actor.person_id:
        raise NotFound(_("There is no such person, or you may not see them."))
    form = await posted(request)
    again: dict[str, Any] = {"values": form}
    try:
        course_id, why = form.row("course"), form.text("why", limit=1000)
        if course_id is None:
            raise Invalid({"course": _("Choose a course.")})
        form.check()
        await commands.ask(actor, course_id, why, datetime.now(UTC))
        return see(f"/people/{person_id}/course-requests")
    except Invalid as error:
        again["errors"] = error.fields
    except Conflict as error:
        again |= {"errors": {"course": str(error)}, "status": 409}
    return await _own(request, actor, reach, person_id, **again)


router = Router("/", route_handlers=[requests_page, answer_request, own_requests_page, ask_for_course])
