"""The register: what is due to whom, by the days on record; and what is put on record."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.care.commands import register as commands
from competences.care.queries import register as queries
from competences.care.queries.register import RegisterRow, counted
from competences.care.rules import labels
from competences.care.rules.choices import Duty
from competences.care.rules.register import Basis, Happened, Stands
from competences.errors import Invalid, NotFound
from competences.people.queries import person, units_of
from competences.people.reach import Reach
from competences.text import _
from recruit.access import Action
from recruit.care import forms
from recruit.sheets.writing import Cell, to_xlsx
from recruit.web.forms import Post, posted
from recruit.web.i18n import today
from recruit.web.lists import PAGE, part_of, search_words
from recruit.web.render import page, see

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What the list can be narrowed to, besides single duties.
SHOW = ("open", "missed", *Duty)


@get("/care", name="care", action=Action.READ_CARE)
async def register_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    if reach < Reach.TEAM:
        if actor.person_id is None:
            raise NotFound(_("There is no such page, or it is not for you."))
        return see(f"/people/{actor.person_id}/care")
    everybody = await queries.register(actor, reach, today())
    asked = request.query_params
    show = asked.get("show", "") if asked.get("show", "") in SHOW else ""
    unit = Post({"unit": [asked.get("unit", "")]}).row("unit")
    words = search_words(asked.get("search"))
    found = [row for row in everybody if _wanted(row, show, unit, words)]
    rows, number, pages = part_of(found, asked.get("page"), PAGE)
    return page(
        request, "care/register.html", rows=rows, number=number, pages=pages,
        total=len(found), everybody=len(everybody), show=show, unit=unit, search=words, duties=list(Duty),
        units=units_of(row.person for row in everybody), w=labels,
        counts={duty.value: counted(everybody, duty)[0] for duty in Duty},
        missed=sum(bool(row.facts.missed) for row in everybody), today=today(), keeps_own=await _keeps_own(actor),
    )  # fmt: skip


async def _keeps_own(actor: Actor) -> bool:
    """Whether nobody leads the actor, who then keeps their own dates."""
    return (await person(actor, Reach.OWN, actor.person_id or 0)).manager_id is None


def _wanted(row: RegisterRow, show: str, unit: int | None, words: str) -> bool:
    if unit is not None and row.person.unit_id != unit:
        return False
    if words.casefold() not in row.person.name.casefold():
        return False
    if show == "missed":
        return bool(row.facts.missed)
    if show == "open":
        return row.open
    return not show or row.of(Duty(show)).stands in (Stands.LATE, Stands.SOON)


@get("/care/register.xlsx", name="care.xlsx", action=Action.EDIT_CARE)
async def register_xlsx(actor: NamedDependency[Actor], reach: NamedDependency[Reach]) -> Response[Any]:
    await commands.draw_register(actor, reach, today())
    rows = await queries.register(actor, reach, today())
    header = [_("Name"), _("Unit")]
    for duty in Duty:
        header += [labels.duty_name(duty), _("%(duty)s due by", duty=labels.duty_name(duty))]
    lines: list[list[Cell]] = [
        [
            row.person.name,
            row.person.unit,
            *(day for one in row.due for day in (one.held.done_on, one.due_on)),
        ]
        for row in rows
    ]
    return Response(
        to_xlsx(header, lines, _("Care")), media_type=XLSX,
        headers={"Content-Disposition": 'attachment; filename="care.xlsx"'},
    )  # fmt: skip


@get("/care-records/new", name="care-record.new", action=Action.EDIT_CARE)
async def new_record_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    return await _form(request, actor, reach)


async def _form(request: HTMXRequest, actor: Actor, reach: Reach, **context: Any) -> Response[Any]:
    asked = request.query_params
    everybody = await queries.in_care(actor, reach, today())
    own = await _keeps_own(actor)
    people = [one for one in everybody if own or one.id != actor.person_id]
    ticked = Post({"person": [asked.get("person", "")]}).row("person")
    return page(
        request, "care/record.html", people=people, w=labels, today=today(),
        duty=asked.get("duty", "") if asked.get("duty", "") in list(Duty) else Duty.SUPERVISION.value,
        ticked=[ticked] if ticked else [], duties=list(Duty), happenings=list(Happened), bases=list(Basis), **context,
    )  # fmt: skip


@post("/care-records", name="care-record.add", action=Action.EDIT_CARE, status_code=200)
async def record_entries(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    form = await posted(request)
    try:
        draft = forms.entry(form)
        people = forms.people(form)
        await commands.record_entries(actor, reach, people, draft, datetime.now(UTC), today())
    except Invalid as error:
        return await _form(request, actor, reach, values=form, errors=error.fields)
    return see(f"/people/{next(iter(people))}/care" if len(people) == 1 else "/care")


@post(
    "/care-records/{entry_id:int}/withdrawal",
    name="care-record.withdraw", action=Action.EDIT_CARE, status_code=200,
)  # fmt: skip
async def withdraw_entry(
    actor: NamedDependency[Actor], reach: NamedDependency[Reach], entry_id: FromPath[int]
) -> Response[Any]:
    event = await commands.withdraw_entry(actor, reach, entry_id, datetime.now(UTC))
    return see(f"/people/{event.person_id}/care")


router = Router(
    "/", route_handlers=[register_page, register_xlsx, new_record_page, record_entries, withdraw_entry]
)
