"""Who has to have a course, and who may teach it."""

from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.errors import Invalid, NotFound
from competences.people.queries import units
from competences.people.reach import Reach
from competences.role_profiles.queries import profiles
from competences.text import _
from competences.training.commands import courses as commands
from competences.training.queries import courses as queries
from recruit.access import Action
from recruit.training.forms import courses as forms
from recruit.training.pages.courses.reading import course
from recruit.web.forms import posted
from recruit.web.i18n import today
from recruit.web.render import page, see


async def _row(course_id: int, requirement_id: int) -> queries.RequirementRow:
    for row in await queries.requirements(course_id):
        if row.id == requirement_id:
            return row
    raise NotFound(_("Nobody is said to need the course in this way."))


async def _form(
    request: HTMXRequest, course_id: int, row: queries.RequirementRow | None, **context: Any
) -> Response[Any]:
    roles = [(one.id, one.title) for one in await profiles() if not one.retired]
    if row and row.profile_id and row.profile_id not in dict(roles):
        roles.append((row.profile_id, row.profile or ""))
    return page(
        request, "courses/requirement.html", course=await queries.course(course_id), row=row, profiles=roles,
        units=[(one.id, one.name) for one in await units()], **context,
    )  # fmt: skip


@get(
    "/training/courses/{course_id:int}/requirements/new",
    name="course-requirement.new", action=Action.EDIT_COURSES,
)  # fmt: skip
async def new_requirement_page(request: HTMXRequest, course_id: FromPath[int]) -> Response[Any]:
    return await _form(request, course_id, None)


@get(
    "/training/courses/{course_id:int}/requirements/{requirement_id:int}",
    name="course-requirement", action=Action.EDIT_COURSES,
)  # fmt: skip
async def requirement_page(
    request: HTMXRequest, course_id: FromPath[int], requirement_id: FromPath[int]
) -> Response[Any]:
    return await _form(request, course_id, await _row(course_id, requirement_id))


async def _save(
    request: HTMXRequest, actor: Actor, course_id: int, row: queries.RequirementRow | None
) -> Response[Any]:
    form = await posted(request)
    try:
        draft = forms.requirement(form)
        await commands.require_course(actor, course_id, draft, row.id if row else None)
    except Invalid as error:
        return await _form(request, course_id, row, values=form, errors=error.fields)
    return see(f"/training/courses/{course_id}")


@post(
    "/training/courses/{course_id:int}/requirements",
    name="course-requirement.add", action=Action.EDIT_COURSES, status_code=200,
)  # fmt: skip
async def add_requirement(
    request: HTMXRequest, actor: NamedDependency[Actor], course_id: FromPath[int]
) -> Response[Any]:
    return await _save(request, actor, course_id, None)


@post(
    "/training/courses/{course_id:int}/requirements/{requirement_id:int}",
    name="course-requirement.save", action=Action.EDIT_COURSES, status_code=200,
)  # fmt: skip
async def save_requirement(
    request: HTMXRequest, actor: NamedDependency[Actor],
    course_id: FromPath[int], requirement_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    return await _save(request, actor, course_id, await _row(course_id, requirement_id))


@post(
    "/training/courses/{course_id:int}/requirements/{requirement_id:int}/removal",
    name="course-requirement.remove", action=Action.EDIT_COURSES, status_code=200,
)  # fmt: skip
async def remove_requirement(
    actor: NamedDependency[Actor], course_id: FromPath[int], requirement_id: FromPath[int]
) -> Response[Any]:
    await commands.remove_requirement(actor, course_id, requirement_id)
    return see(f"/training/courses/{course_id}")


@post(
    "/training/courses/{course_id:int}/trainers",
    name="course-trainer.add", action=Action.EDIT_COURSES, status_code=200,
)  # fmt: skip
async def add_trainer(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    course_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    form = await posted(request)
    try:
        await commands.add_trainer(actor, course_id, form.row("person"), today())
    except Invalid as error:
        return await course(request, actor, reach, course_id, values=form, errors=error.fields)
    return see(f"/training/courses/{course_id}")


@post(
    "/training/courses/{course_id:int}/trainers/{person_id:int}/removal",
    name="course-trainer.remove", action=Action.EDIT_COURSES, status_code=200,
)  # fmt: skip
async def remove_trainer(
    actor: NamedDependency[Actor], course_id: FromPath[int], person_id: FromPath[int]
) -> Response[Any]:
    await commands.remove_trainer(actor, course_id, person_id)
    return see(f"/training/courses/{course_id}")


router = Router(
    "/",
    route_handlers=[
        new_requirement_page, requirement_page, add_requirement, save_requirement, remove_requirement,
        add_trainer, remove_trainer,
    ],
)  # fmt: skip
