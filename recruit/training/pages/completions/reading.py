"""The list of completions, and one of them."""

from typing import Any
from urllib.parse import urlencode

from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.people.reach import Reach
from competences.training.queries import completions as queries
from competences.training.queries import courses
from competences.training.rules.completions import Counts
from recruit.access import Action, reach_of
from recruit.training.forms import completions as forms
from recruit.training.rules.exports import counts_name, origin_name
from recruit.web.files import attachment
from recruit.web.i18n import today
from recruit.web.lists import PAGE, Paged, page_number
from recruit.web.render import page


@get("/training/completions", name="completions", action=Action.RECORD_COMPLETIONS)
async def completions_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    asked, day = forms.asked(request.query_params), today()
    total = await queries.count_completions(actor, reach, asked, day)
    number = min(page_number(request.query_params.get("page")), max(1, -(-total // PAGE)))
    rows = await queries.completions(actor, reach, asked, day, limit=PAGE, offset=PAGE * (number - 1))
    chosen = {"search": asked.search, "course": asked.course_id, "state": asked.state}
    return page(
        request, "completions/list.html", completions=Paged(rows, number, total), asked=asked, today=day,
        chosen=urlencode({key: value for key, value in chosen.items() if value}), counts_name=counts_name,
        states=[(state, counts_name(Counts(state))) for state in forms.STATES],
        courses=[(row.id, f"{row.code} {row.title}") for row in await courses.courses(actor, retired=True)],
    )  # fmt: skip


@get("/training/completions/{completion_id:int}", name="completion", action=Action.READ_TRAINING)
async def completion_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    completion_id: FromPath[int],
) -> Response[Any]:
    return await completion_view(request, actor, completion_id)


async def completion_view(
    request: HTMXRequest, actor: Actor, completion_id: int, **context: Any
) -> Response[Any]:
    """Return the page of a completion as this reader sees it."""
    row = await queries.completion(actor, reach_of(actor.roles, Action.READ_TRAINING), completion_id)
    own = row.person_id == actor.person_id
    records = reach_of(actor.roles, Action.RECORD_COMPLETIONS) is Reach.ALL and not own
    return page(
        request, "completions/completion.html", row=row, own=own, records=records, today=today(),
        counts_name=counts_name, origin_name=origin_name, **context,
    )  # fmt: skip


@get(
    "/training/completions/{completion_id:int}/certificate-file",
    name="certificate-file", action=Action.READ_TRAINING,
)  # fmt: skip
async def certificate_file(
    actor: NamedDependency[Actor], reach: NamedDependency[Reach], completion_id: FromPath[int]
) -> Response[Any]:
    return attachment(*await queries.certificate_file(actor, reach, completion_id))


router = Router("/", route_handlers=[completions_page, completion_page, certificate_file])
