"""The consensus meeting: evidence first, then a level, live for everybody in the room."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest
from litestar.response import ServerSentEvent

from competences.actor import Actor
from competences.errors import Invalid
from competences.people.reach import Reach
from recruit.access import Action, reach_of
from recruit.accounts.queries import still_signed_in
from recruit.consensus import commands, forms, queries
from recruit.consensus.rules import SHOW, shown
from recruit.scorecards.queries.sealed import open_seat
from recruit.web.forms import Post, posted
from recruit.web.lists import page_number, part_of
from recruit.web.live import Channel, stream
from recruit.web.render import page, see
from recruit.web.session import COOKIE, fingerprint

PAGE = 20
LIVE = Channel("consensus")


def _where(asked: Post) -> dict[str, Any]:
    """Return the page of the list that an address or a form names; anything strange is the first."""
    show = asked.get("show")
    return {
        "show": show if show in SHOW else "all",
        "applicant": asked.row("applicant") or 0,
        "page": page_number(asked.get("page")),
    }


@get("/vacancies/{vacancy_id:int}/consensus", name="consensus", action=Action.AGREE)
async def consensus_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    vacancy_id: FromPath[int],
) -> Response[Any]:
    meeting = await queries.meeting(actor, reach, vacancy_id)
    where = _where(Post({key: [value] for key, value in request.query_params.items()}))
    rows, where["page"], pages = part_of(
        shown(meeting.items, where["show"], where["applicant"]), str(where["page"]), PAGE
    )
    return page(
        request,
        "consensus/consensus.html",
        fragment="consensus/_live.html",
        meeting=meeting,
        here=meeting.here,
        voters=meeting.picture.voters,
        items=rows,
        pages=pages,
        where=where,
        address=urlencode(where),
        people=[(row.application_id, row.name) for row in meeting.picture.standings],
        acceptable=sum(item.acceptable is not None for item in meeting.items),
        change=False,
        conflict=None,
        dissent_conflict="",
        own=False,
    )


async def _item(
    request: HTMXRequest, actor: Actor, reach: Reach, vacancy_id: int, item: tuple[int, int],
    asked: Post, **context: Any,
) -> Response[Any]:  # fmt: skip
    meeting = await queries.meeting(actor, reach, vacancy_id)
    context.setdefault("conflict", None)
    context.setdefault("dissent_conflict", "")
    context.setdefault("change", False)
    return page(
        request,
        "consensus/item.html",
        fragment="consensus/_own.html",
        meeting=meeting,
        here=meeting.here,
        voters=meeting.picture.voters,
        item=meeting.item(*item),
        where=_where(asked),
        address=urlencode(_where(asked)),
        own=True,
        **context,
    )


@get(
    "/vacancies/{vacancy_id:int}/consensus/{application_id:int}/{criterion_id:int}",
    name="consensus.item", action=Action.AGREE,
)  # fmt: skip
async def item_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    vacancy_id: FromPath[int], application_id: FromPath[int], criterion_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    asked = Post({key: [value] for key, value in request.query_params.items()})
    item = (application_id, criterion_id)
    return await _item(request, actor, reach, vacancy_id, item, asked, change=asked.ticked("change"))


def _back(request: HTMXRequest, vacancy_id: int, item: tuple[int, int], form: Post) -> Response[Any]:
    """After a write: with htmx the item alone, else the list where it was."""
    base = f"/vacancies/{vacancy_id}/consensus"
    where = urlencode(_where(form))
    if request.htmx:
        return see(f"{base}/{item[0]}/{item[1]}?{where}")
    return see(f"{base}?{where}#i-{item[0]}-{item[1]}")


@post(
    "/vacancies/{vacancy_id:int}/consensus/{application_id:int}/{criterion_id:int}",
    name="consensus.agree", action=Action.AGREE, status_code=200,
)  # fmt: skip
async def agree(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    vacancy_id: FromPath[int], application_id: FromPath[int], criterion_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    form = await posted(request)
    item = (application_id, criterion_id)
    again = partial(_item, request, actor, reach, vacancy_id, item, form, values=form, change=True)
    try:
        said = forms.agreement(form, f"{application_id}-{criterion_id}")
        await commands.agree(actor, reach, vacancy_id, *item, said)
    except Invalid as error:
        return await again(errors=error.fields)
    except commands.Stale as error:
        return await again(conflict=error.stored, status=409)
    return _back(request, vacancy_id, item, form)


@post(
    "/vacancies/{vacancy_id:int}/consensus/{application_id:int}/{criterion_id:int}/dissent",
    name="consensus.dissent", action=Action.AGREE, status_code=200,
)  # fmt: skip
async def write_dissent(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    vacancy_id: FromPath[int], application_id: FromPath[int], criterion_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    form = await posted(request)
    item = (application_id, criterion_id)
    again = partial(_item, request, actor, reach, vacancy_id, item, form, values=form)
    try:
        text = forms.dissent(form, f"{application_id}-{criterion_id}")
        await commands.dissent(actor, reach, vacancy_id, *item, text, form.get("was"))
    except Invalid as error:
        return await again(errors=error.fields)
    except commands.StaleDissent as error:
        return await again(status=409, dissent_conflict=error.stored)
    return _back(request, vacancy_id, item, form)


@post(
    "/vacancies/{vacancy_id:int}/consensus/unanimous",
    name="consensus.accept",
    action=Action.AGREE,
    status_code=200,
)
async def accept_unanimous(
    actor: NamedDependency[Actor], reach: NamedDependency[Reach], vacancy_id: FromPath[int]
) -> Response[Any]:
    await commands.accept_unanimous(actor, reach, vacancy_id)
    return see(f"/vacancies/{vacancy_id}/consensus")


@get("/vacancies/{vacancy_id:int}/consensus/events", name="consensus.events", action=Action.AGREE)
async def consensus_events(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    vacancy_id: FromPath[int],
) -> ServerSentEvent:
    await open_seat(actor, reach, vacancy_id)
    return stream(LIVE, vacancy_id, partial(may_listen, request.cookies.get(COOKIE, ""), vacancy_id))


async def may_listen(secret: str, vacancy_id: int) -> None:
    """Raise Refused once whoever listens is signed out, has left the panel or lost the role."""
    actor = await still_signed_in(fingerprint(secret))
    await open_seat(actor, reach_of(actor.roles, Action.AGREE), vacancy_id)


router = Router(
    "/",
    route_handlers=[
        consensus_page, item_page, agree, write_dissent, accept_unanimous, consensus_events,
    ],
)  # fmt: skip
