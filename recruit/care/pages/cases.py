"""What is considered before somebody is taken on: a reference, hazards, measures, who takes it on, when again."""

from datetime import UTC, date, datetime
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.care.commands import cases as commands
from competences.care.queries import cases as queries
from competences.care.queries.arrangements import ArrangementRow, arrangements_of
from competences.care.queries.lone_work import authorised
from competences.care.rules import labels
from competences.care.rules.cases import Decision, Hazard, Precaution
from competences.errors import Invalid
from competences.gaps.rules.standing import months_from
from competences.people.queries import present, units
from competences.people.reach import Reach
from recruit.access import Action, reach_of
from recruit.care import forms
from recruit.web.forms import Post, posted
from recruit.web.i18n import today
from recruit.web.lists import PAGE, page_number
from recruit.web.render import page, see

#: It is looked at again after three months, unless somebody says otherwise.
REVIEW_MONTHS = 3


@get("/cases", name="cases", action=Action.READ_CASES)
async def cases_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    number = page_number(request.query_params.get("page"))
    rows = await queries.cases(actor, reach, limit=PAGE + 1, offset=(number - 1) * PAGE)
    return page(
        request, "care/cases.html", rows=rows[:PAGE], number=number, pages=number + (len(rows) > PAGE),
        w=labels, today=today(),
    )  # fmt: skip


@get("/cases/new", name="case.new", action=Action.EDIT_CASES)
async def new_case_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    """A review is another discussion of the same reference, with what was considered before ticked."""
    again = Post({"again": [request.query_params.get("again", "")]}).row("again")
    before = await queries.case(actor, reach, again) if again else None
    took_part = await queries.took_part(actor, reach, again) if again else []
    ticked = frozenset(one.person_id for one in took_part)
    return await _form(request, actor, reach, before, ticked)


async def _form(
    request: HTMXRequest,
    actor: Actor,
    reach: Reach,
    row: queries.CaseRow | None,
    ticked: frozenset[int] = frozenset(),
    **context: Any,
) -> Response[Any]:
    return page(
        request, "care/case_form.html", row=row, ticked=ticked, w=labels, hazards=list(Hazard), measures=list(Precaution),
        people=await present(actor, reach, today()), units=[(one.id, one.name) for one in await units()],
        today=today(), review_on=months_from(today(), REVIEW_MONTHS), **{"change": False, **context},
    )  # fmt: skip


@post("/cases", name="case.record", action=Action.EDIT_CASES, status_code=200)
async def record_case(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    form = await posted(request)
    try:
        event = await commands.record_case(actor, reach, forms.case(form), datetime.now(UTC), today())
    except Invalid as error:
        ticked = forms.people(form)
        return await _form(request, actor, reach, None, ticked, values=form, errors=error.fields)
    return see(f"/cases/{event.subject_id}")


@get("/cases/{discussion_id:int}", name="case", action=Action.READ_CASES)
async def case_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    discussion_id: FromPath[int],
) -> Response[Any]:
    return await _case(request, actor, reach, discussion_id)


async def _case(
    request: HTMXRequest, actor: Actor, reach: Reach, discussion_id: int, **context: Any
) -> Response[Any]:
    row = await queries.case(actor, reach, discussion_id)
    people = await queries.took_part(actor, reach, discussion_id)
    ids = [one.person_id for one in people]
    decides = reach_of(actor.roles, Action.EDIT_CASES) is Reach.ALL and not row.decision
    told: list[ArrangementRow] = []
    able: frozenset[int] = frozenset()
    if decides:
        told = await arrangements_of(actor, reach, ids, today(), about_cases=True)
        able = await authorised(ids, today())
    return page(
        request, "care/case.html", row=row, people=people, decides=decides, able=able,
        told={one: [row.words for row in told if row.person_id == one] for one in ids},
        history=[one for one in await queries.history_of(actor, reach, row.reference) if one.id != row.id],
        decisions=list(Decision), w=labels, today=today(), review_on=_later(row.review_on), **context,
    )  # fmt: skip


def _later(planned: date) -> date:
    return planned if planned > today() else months_from(today(), REVIEW_MONTHS)


@get("/cases/{discussion_id:int}/correction", name="case.correction", action=Action.EDIT_CASES)
async def correction_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    discussion_id: FromPath[int],
) -> Response[Any]:
    row = await queries.case(actor, reach, discussion_id)
    took_part = await queries.took_part(actor, reach, discussion_id)
    ticked = frozenset(one.person_id for one in took_part)
    return await _form(request, actor, reach, row, ticked, change=True)


@post(
    "/cases/{discussion_id:int}/correction",
    name="case.change", action=Action.EDIT_CASES, status_code=200,
)  # fmt: skip
async def change_case(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    discussion_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    try:
        await commands.change_case(actor, reach, discussion_id, forms.case(form), today())
    except Invalid as error:
        row = await queries.case(actor, reach, discussion_id)
        ticked = forms.people(form)
        return await _form(request, actor, reach, row, ticked, change=True, values=form, errors=error.fields)
    return see(f"/cases/{discussion_id}")


@post(
    "/cases/{discussion_id:int}/decision",
    name="case.decide", action=Action.EDIT_CASES, status_code=200,
)  # fmt: skip
async def decide_case(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    discussion_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    try:
        draft = forms.decision(form)
        await commands.decide_case(actor, reach, discussion_id, draft, datetime.now(UTC), today())
    except Invalid as error:
        return await _case(request, actor, reach, discussion_id, values=form, errors=error.fields)
    return see(f"/cases/{discussion_id}")


router = Router(
    "/",
    route_handlers=[
        cases_page, new_case_page, record_case, case_page, correction_page, change_case, decide_case,
    ],
)  # fmt: skip
