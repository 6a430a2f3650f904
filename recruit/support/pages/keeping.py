"""What the worker and the support lead keep together beside measures: words, days, signs, cases, who keeps it, its end."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.errors import Conflict, Invalid
from competences.sealing.rules import KeyRing
from competences.support.commands.plans import (
    change_plan,
    change_words,
    declare_cases,
)
from competences.support.commands.reading import open_plan
from recruit.access import Action
from recruit.support import forms
from recruit.support.pages.plans import frame
from recruit.web.forms import Post, posted
from recruit.web.render import page, see

Write = Callable[[Post], Awaitable[object]]


async def show(
    request: HTMXRequest, actor: Actor, ring: KeyRing, plan_id: int, template: str, **context: Any
) -> Response[Any]:
    """Return a page of a plan; it is opened for it, which the log notes."""
    view = await open_plan(actor, ring, plan_id, datetime.now(UTC))
    if view.plan.agreed_at is None:
        return see(f"/support-plans/{plan_id}")
    return page(request, f"support/{template}.html", **frame(view), **context)


async def write(
    request: HTMXRequest, actor: Actor, ring: KeyRing, plan_id: int, template: str, change: Write, **context: Any
) -> Response[Any]:  # fmt: skip
    """Write what was posted and go back to the plan, or show the form again with what was wrong."""
    form = await posted(request)
    try:
        await change(form)
    except Invalid as error:
        return await show(
            request, actor, ring, plan_id, template, values=form, errors=error.fields, **context
        )
    except Conflict as error:
        return await show(
            request, actor, ring, plan_id, template, values=form, status=409, conflict=str(error), **context
        )
    return see(f"/support-plans/{plan_id}")


@get("/support-plans/{plan_id:int}/words", name="support-words", action=Action.EDIT_SUPPORT)
async def words_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    ring: NamedDependency[KeyRing],
    plan_id: FromPath[int],
) -> Response[Any]:
    return await show(request, actor, ring, plan_id, "words")


@post(
    "/support-plans/{plan_id:int}/words",
    name="support-words.save",
    action=Action.EDIT_SUPPORT,
    status_code=200,
)
async def save_words(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    ring: NamedDependency[KeyRing],
    plan_id: FromPath[int],
) -> Response[Any]:
    return await write(request, actor, ring, plan_id, "words", lambda form: change_words(
        actor, ring, plan_id, forms.words(form), forms.edition(form), datetime.now(UTC)
    ))  # fmt: skip


@get("/support-plans/{plan_id:int}/days", name="support-days", action=Action.EDIT_SUPPORT)
async def days_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    ring: NamedDependency[KeyRing],
    plan_id: FromPath[int],
) -> Response[Any]:
    return await show(request, actor, ring, plan_id, "days")


@post(
    "/support-plans/{plan_id:int}/days", name="support-days.save", action=Action.EDIT_SUPPORT, status_code=200
)
async def save_days(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    ring: NamedDependency[KeyRing],
    plan_id: FromPath[int],
) -> Response[Any]:
    return await write(request, actor, ring, plan_id, "days", lambda form: change_plan(
        actor, ring, plan_id, forms.agreement(form), datetime.now(UTC)
    ))  # fmt: skip


@get("/support-plans/{plan_id:int}/cases", name="support-cases", action=Action.EDIT_SUPPORT)
async def cases_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    ring: NamedDependency[KeyRing],
    plan_id: FromPath[int],
) -> Response[Any]:
    return await show(request, actor, ring, plan_id, "cases")


@post(
    "/support-plans/{plan_id:int}/cases",
    name="support-cases.save",
    action=Action.EDIT_SUPPORT,
    status_code=200,
)
async def save_cases(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    ring: NamedDependency[KeyRing],
    plan_id: FromPath[int],
) -> Response[Any]:
    return await write(request, actor, ring, plan_id, "cases", lambda form: declare_cases(
        actor, ring, plan_id, forms.references(form), datetime.now(UTC)
    ))  # fmt: skip


router = Router(
    "/",
    route_handlers=[words_page, save_words, days_page, save_days, cases_page, save_cases],
)
