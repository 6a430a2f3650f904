"""What is said to suggestions: taken up, set aside with a reason, put off; the worker says how they see it."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, Router, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.errors import Invalid
from competences.sealing.rules import KeyRing
from competences.support.commands.suggestions import answer_suggestion, comment_suggestion
from recruit.access import Action
from recruit.support import forms
from recruit.support.pages.plans import plan_again
from recruit.web.forms import posted
from recruit.web.render import see


@post(
    "/support-plans/{plan_id:int}/suggestions",
    name="support-suggestion.answer", action=Action.EDIT_SUPPORT, status_code=200,
)  # fmt: skip
async def answer(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    ring: NamedDependency[KeyRing],
    plan_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    try:
        await answer_suggestion(actor, ring, plan_id, forms.choice(form), datetime.now(UTC))
    except Invalid as error:
        return await plan_again(request, actor, ring, plan_id, form, error)
    return see(f"/support-plans/{plan_id}")


@post(
    "/support-plans/{plan_id:int}/suggestions/{flag_id:int}",
    name="support-suggestion.comment", action=Action.EDIT_SUPPORT, status_code=200,
)  # fmt: skip
async def comment(
    request: HTMXRequest, actor: NamedDependency[Actor], ring: NamedDependency[KeyRing],
    plan_id: FromPath[int], flag_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    form = await posted(request)
    try:
        await comment_suggestion(
            actor, ring, plan_id, flag_id, forms.answer(form), datetime.now(UTC), edition=forms.edition(form)
        )
    except Invalid as error:
        return await plan_again(request, actor, ring, plan_id, form, error)
    return see(f"/support-plans/{plan_id}")


router = Router("/", route_handlers=[answer, comment])
