"""Who could lead together, and who answers for what."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.coverage import commands
from competences.coverage import queries as coverage
from competences.coverage.rules.leadership import suggested
from competences.errors import Invalid
from competences.gaps.rules.standing import months_from
from competences.people.queries import led_people, units_of
from competences.people.reach import Reach
from competences.scoring.cover import MAX_PEOPLE
from recruit.access import Action
from recruit.coverage import forms
from recruit.coverage.pages.cover import asked
from recruit.web.forms import posted
from recruit.web.i18n import today
from recruit.web.render import page, see

#: A delegation is looked at again after half a year, unless somebody says otherwise.
REVIEW_MONTHS = 6
FIRST = 6  # groups that are shown before the others are unfolded


@dataclass(frozen=True, slots=True)
class Picked:
    """People of the address, as it says them again."""

    ids: frozenset[int]
    query: str


def _picked(request: HTMXRequest) -> Picked:
    typed = [one for one in request.query_params.getall("person", []) if one.isascii() and one.isdigit()]
    ids = frozenset(int(one) for one in typed if len(one) < 10)
    return Picked(ids, "".join(f"person={one}&" for one in sorted(ids)))


@get("/team/leadership", name="leadership", action=Action.READ_COVERAGE)
async def leadership_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    picked = _picked(request)
    found = await coverage.leadership(actor, reach, picked.ids, today())
    number = min(asked(request, "group") or 0, len(found.covers.groups) - 1)
    return page(
        request, "coverage/leadership.html", found=found, picked=picked, number=number, first=FIRST,
        most=MAX_PEOPLE, suggested=suggested(found.covers.groups[number], found.leads),
        delegations=await coverage.delegations(actor, reach), today=today(),
    )  # fmt: skip


@get("/team/delegations/new", name="delegation.new", action=Action.EDIT_COVERAGE)
async def new_delegation_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    return await _form(request, actor, reach)


async def _form(request: HTMXRequest, actor: Actor, reach: Reach, **context: Any) -> Response[Any]:
    able = await led_people(actor, reach, today(), self_too=True)
    return page(
        request, "coverage/delegation_new.html", people=[(one.id, one.name) for one in able],
        units=units_of(able), person_id=asked(request, "person"),
        codes=[(one.code, one.name) for one in await coverage.leader_competences()],
        code=request.query_params.get("code", ""), today=today(), review_on=_later(today()), **context,
    )  # fmt: skip


def _later(day: date) -> date:
    return months_from(day, REVIEW_MONTHS)


@post("/team/delegations", name="delegation.record", action=Action.EDIT_COVERAGE, status_code=200)
async def record_delegation(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    form = await posted(request)
    try:
        await commands.delegate(actor, reach, forms.delegation(form), today())
    except Invalid as error:
        return await _form(request, actor, reach, values=form, errors=error.fields)
    return see("/team/leadership")


@get("/team/delegations/{delegation_id:int}", name="delegation", action=Action.EDIT_COVERAGE)
async def delegation_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    delegation_id: FromPath[int],
) -> Response[Any]:
    return await _delegation(request, actor, reach, delegation_id)


async def _delegation(
    request: HTMXRequest, actor: Actor, reach: Reach, delegation_id: int, **context: Any
) -> Response[Any]:
    row = await coverage.delegation(actor, reach, delegation_id)
    return page(request, "coverage/delegation.html", row=row, today=today(), later=_later(today()), **context)


@post(
    "/team/delegations/{delegation_id:int}/review",
    name="delegation.review", action=Action.EDIT_COVERAGE, status_code=200,
)  # fmt: skip
async def review_delegation(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    delegation_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    try:
        await commands.review_delegation(actor, reach, delegation_id, forms.next_review(form), today())
    except Invalid as error:
        return await _delegation(request, actor, reach, delegation_id, values=form, errors=error.fields)
    return see("/team/leadership")


@post(
    "/team/delegations/{delegation_id:int}/last-day",
    name="delegation.end", action=Action.EDIT_COVERAGE, status_code=200,
)  # fmt: skip
async def end_delegation(
    actor: NamedDependency[Actor], reach: NamedDependency[Reach], delegation_id: FromPath[int]
) -> Response[Any]:
    await commands.end_delegation(actor, reach, delegation_id, today())
    return see("/team/leadership")


router = Router(
    "/",
    route_handlers=[
        leadership_page, new_delegation_page, record_delegation, delegation_page, review_delegation, end_delegation,
    ],
)  # fmt: skip
