"""Staff records and units, for the administrator."""

from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.errors import Conflict, Invalid
from competences.people import commands, queries
from competences.people.reach import Reach
from recruit.access import Action
from recruit.people import forms
from recruit.people.pages.persons import paged
from recruit.web.forms import posted
from recruit.web.lists import search_words
from recruit.web.render import page, see


@get("/staff", name="staff", action=Action.EDIT_PEOPLE)
async def staff_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    search = search_words(request.query_params.get("search"))
    people = await paged(request, actor, reach, search, everybody=True)
    return page(request, "people/staff.html", people=people, search=search)


async def _form(request: HTMXRequest, person: queries.PersonView | None, **context: Any) -> Response[Any]:
    return page(
        request, "people/form.html", person=person,
        units=[(unit.id, unit.name) for unit in await queries.units()],
        managers=await queries.managers(without=person.id if person else 0), **context,
    )  # fmt: skip


@get("/people/new", name="person.new", action=Action.EDIT_PEOPLE)
async def new_person_page(request: HTMXRequest) -> Response[Any]:
    return await _form(request, None)


@post("/people", name="person.create", action=Action.EDIT_PEOPLE, status_code=200)
async def create_person(request: HTMXRequest, actor: NamedDependency[Actor]) -> Response[Any]:
    form = await posted(request)
    try:
        await commands.create_person(actor, forms.person(form))
    except Invalid as error:
        return await _form(request, None, values=form, errors=error.fields)
    return see("/staff")


@get("/people/{person_id:int}/edit", name="person.edit", action=Action.EDIT_PEOPLE)
async def edit_person_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    person_id: FromPath[int],
) -> Response[Any]:
    return await _form(request, await queries.person(actor, reach, person_id))


@post("/people/{person_id:int}", name="person.save", action=Action.EDIT_PEOPLE, status_code=200)
async def save_person(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    person_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    person = await queries.person(actor, reach, person_id)
    try:
        await commands.edit_person(actor, person_id, forms.person(form))
    except Invalid as error:
        return await _form(request, person, values=form, errors=error.fields)
    return see("/staff")


@get("/units", name="units", action=Action.EDIT_PEOPLE)
async def units_page(request: HTMXRequest) -> Response[Any]:
    return await _units(request)


async def _units(request: HTMXRequest, **context: Any) -> Response[Any]:
    return page(request, "people/units.html", units=await queries.units(), **context)


@post("/units", name="unit.create", action=Action.EDIT_PEOPLE, status_code=200)
async def create_unit(request: HTMXRequest, actor: NamedDependency[Actor]) -> Response[Any]:
    form = await posted(request)
    try:
        await commands.create_unit(actor, forms.unit(form))
    except Invalid as error:
        return await _units(request, values=form, errors=error.fields)
    return see("/units")


@get("/units/{unit_id:int}", name="unit", action=Action.EDIT_PEOPLE)
async def unit_page(request: HTMXRequest, unit_id: FromPath[int]) -> Response[Any]:
    return page(request, "people/unit.html", unit=await queries.unit(unit_id))


@post("/units/{unit_id:int}", name="unit.save", action=Action.EDIT_PEOPLE, status_code=200)
async def save_unit(
    request: HTMXRequest, actor: NamedDependency[Actor], unit_id: FromPath[int]
) -> Response[Any]:
    form = await posted(request)
    unit = await queries.unit(unit_id)
    try:
        await commands.rename_unit(actor, unit_id, forms.unit(form))
    except Invalid as error:
        return page(request, "people/unit.html", unit=unit, values=form, errors=error.fields)
    return see("/units")


@post("/units/{unit_id:int}/removal", name="unit.remove", action=Action.EDIT_PEOPLE, status_code=200)
async def remove_unit(
    request: HTMXRequest, actor: NamedDependency[Actor], unit_id: FromPath[int]
) -> Response[Any]:
    unit = await queries.unit(unit_id)
    try:
        await commands.remove_unit(actor, unit_id)
    except Conflict as error:
        return page(request, "people/unit.html", unit=unit, errors={"name": str(error)}, status=409)
    return see("/units")


router = Router(
    "/",
    route_handlers=[
        staff_page, new_person_page, create_person, edit_person_page, save_person, units_page, create_unit,
        unit_page, save_unit, remove_unit,
    ],
)  # fmt: skip
