"""Taking a completion back, alone or for the right one."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.errors import Invalid
from competences.people.reach import Reach
from competences.training.commands import completions as commands
from competences.training.queries import completions as queries
from recruit.access import Action
from recruit.training.forms import completions as forms
from recruit.training.pages.completions.reading import completion_view
from recruit.training.pages.completions.records import course_choices
from recruit.web.forms import posted
from recruit.web.i18n import local, today
from recruit.web.render import page, see


@post(
    "/training/completions/{completion_id:int}/withdrawal",
    name="completion.withdraw", action=Action.RECORD_COMPLETIONS, status_code=200,
)  # fmt: skip
async def withdraw(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    completion_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    form, now = await posted(request), local(datetime.now(UTC))
    try:
        reason = form.text("reason", limit=1000)
        form.check()
        await commands.withdraw_completion(actor, reach, completion_id, reason, today(), now)
    except Invalid as error:
        return await completion_view(request, actor, completion_id, values=form, errors=error.fields)
    return see(f"/training/completions/{completion_id}")


async def _form(
    request: HTMXRequest, actor: Actor, reach: Reach, completion_id: int, **context: Any
) -> Response[Any]:
    row = await queries.completion(actor, reach, completion_id)
    return page(
        request, "completions/correction.html", row=row, courses=await course_choices(actor), today=today(),
        **context,
    )  # fmt: skip


@get(
    "/training/completions/{completion_id:int}/correction",
    name="completion.correction", action=Action.RECORD_COMPLETIONS,
)  # fmt: skip
async def correction_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    completion_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    return await _form(request, actor, reach, completion_id)


@post(
    "/training/completions/{completion_id:int}/correction",
    name="completion.correct", action=Action.RECORD_COMPLETIONS, status_code=200,
)  # fmt: skip
async def correct(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    completion_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    form, now = await posted(request), local(datetime.now(UTC))
    try:
        row = await queries.completion(actor, reach, completion_id)
        typed = forms.draft(form, person_id=row.person_id, external=row.origin == "external")
        reason = form.text("reason", limit=1000)
        form.check()
        made = await commands.correct_completion(actor, reach, completion_id, typed, reason, today(), now)
    except Invalid as error:
        return await _form(request, actor, reach, completion_id, values=form, errors=error.fields)
    return see(f"/training/completions/{made.replaced_by}")


router = Router("/", route_handlers=[withdraw, correction_page, correct])
