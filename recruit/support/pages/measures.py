"""What is done for somebody: added, changed, ended; and what the team is told of it."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.sealing.rules import KeyRing
from competences.support.commands.measures import (
    add_measure,
    agree_team_words,
    ask_team_words,
    change_measure,
    decline_team_words,
    end_measure,
)
from recruit.access import Action
from recruit.support import forms
from recruit.support.pages.keeping import show, write


@get("/support-plans/{plan_id:int}/measures/new", name="support-measure.new", action=Action.EDIT_SUPPORT)
async def new_measure_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    ring: NamedDependency[KeyRing],
    plan_id: FromPath[int],
) -> Response[Any]:
    asked = request.query_params
    return await show(
        request, actor, ring, plan_id, "measure", row=None, measure_id=0, begun=asked.get("title", "")[:120],
        kind=asked.get("kind", ""), need=asked.get("need", ""),
    )  # fmt: skip


@post(
    "/support-plans/{plan_id:int}/measures",
    name="support-measure.add", action=Action.EDIT_SUPPORT, status_code=200,
)  # fmt: skip
async def create_measure(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    ring: NamedDependency[KeyRing],
    plan_id: FromPath[int],
) -> Response[Any]:
    return await write(request, actor, ring, plan_id, "measure", lambda form: add_measure(
        actor, ring, plan_id, forms.measure(form), datetime.now(UTC)
    ), row=None, measure_id=0, begun="", kind="", need="")  # fmt: skip


@get(
    "/support-plans/{plan_id:int}/measures/{measure_id:int}",
    name="support-measure", action=Action.READ_SUPPORT,
)  # fmt: skip
async def measure_page(
    request: HTMXRequest, actor: NamedDependency[Actor], ring: NamedDependency[KeyRing],
    plan_id: FromPath[int], measure_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    return await show(request, actor, ring, plan_id, "measure", measure_id=measure_id)


@post(
    "/support-plans/{plan_id:int}/measures/{measure_id:int}",
    name="support-measure.save", action=Action.EDIT_SUPPORT, status_code=200,
)  # fmt: skip
async def save_measure(
    request: HTMXRequest, actor: NamedDependency[Actor], ring: NamedDependency[KeyRing],
    plan_id: FromPath[int], measure_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    return await write(request, actor, ring, plan_id, "measure", lambda form: change_measure(
        actor, ring, plan_id, measure_id, forms.measure(form), datetime.now(UTC)
    ), measure_id=measure_id)  # fmt: skip


@post(
    "/support-plans/{plan_id:int}/measures/{measure_id:int}/ending",
    name="support-measure.end", action=Action.EDIT_SUPPORT, status_code=200,
)  # fmt: skip
async def stop_measure(
    request: HTMXRequest, actor: NamedDependency[Actor], ring: NamedDependency[KeyRing],
    plan_id: FromPath[int], measure_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    return await write(request, actor, ring, plan_id, "measure", lambda form: end_measure(
        actor, ring, plan_id, measure_id, forms.answer(form, "result"), datetime.now(UTC),
        edition=forms.edition(form),
    ), measure_id=measure_id)  # fmt: skip


@post(
    "/support-plans/{plan_id:int}/measures/{measure_id:int}/team-words",
    name="support-team-words.save", action=Action.EDIT_SUPPORT, status_code=200,
)  # fmt: skip
async def save_team_words(
    request: HTMXRequest, actor: NamedDependency[Actor], ring: NamedDependency[KeyRing],
    plan_id: FromPath[int], measure_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    """Ask the worker, or hear their answer: the button says which."""
    return await write(request, actor, ring, plan_id, "measure", lambda form: (
        agree_team_words(
            actor, ring, plan_id, measure_id, forms.team_words(form), datetime.now(UTC), edition=forms.edition(form)
        ) if form.get("answer") == "yes" else decline_team_words(
            actor, ring, plan_id, measure_id, datetime.now(UTC), edition=forms.edition(form)
        ) if form.get("answer") == "no" else ask_team_words(
            actor, ring, plan_id, measure_id, forms.team_words(form), datetime.now(UTC),
            about_cases=form.ticked("about_cases"), edition=forms.edition(form),
        )
    ), measure_id=measure_id)  # fmt: skip


router = Router(
    "/",
    route_handlers=[
        new_measure_page, create_measure, measure_page, save_measure, stop_measure, save_team_words,
    ],
)  # fmt: skip
