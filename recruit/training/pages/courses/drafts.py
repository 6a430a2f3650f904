"""Writing a version of a course, and publishing it."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.errors import Conflict, Invalid
from competences.people.reach import Reach
from competences.text import _
from competences.training.commands import courses as commands
from competences.training.queries import courses as queries
from competences.training.rules.courses import ASSESSED_BY, CourseDraft, missing, way_name
from recruit.access import Action
from recruit.training.forms import courses as forms
from recruit.training.pages.courses.reading import changes_of
from recruit.web.forms import posted
from recruit.web.i18n import today
from recruit.web.render import page, see


async def _draft(actor: Actor, reach: Reach, course_id: int, number: int) -> queries.VersionRow:
    version = await queries.version(actor, reach, course_id, number, drafts=reach)
    if version.published_at is not None:
        raise Conflict(_("A published version never changes. Make a new version and edit that one."))
    return version


async def _form(
    request: HTMXRequest, version: queries.VersionRow | None, draft: CourseDraft | None, **context: Any
) -> Response[Any]:
    competences = [
        (row.id, f"{row.code} {row.name} ({row.framework})") for row in await queries.competence_choices()
    ]
    others = [row for row in await queries.offered() if version is None or row.id != version.course_id]
    rows = range(1, max(forms.ROWS, len(draft.levels) + 2 if draft else 0) + 1)
    return page(
        request, "courses/form.html", version=version, draft=draft, competences=competences, courses=others,
        rows=rows, ways=ASSESSED_BY, way_name=way_name, hours=forms.hours_typed(draft.hours) if draft else "",
        **context,
    )  # fmt: skip


@get("/training/courses/new", name="course.new", action=Action.EDIT_COURSES)
async def new_course_page(request: HTMXRequest) -> Response[Any]:
    return await _form(request, None, None)


@post("/training/courses", name="course.create", action=Action.EDIT_COURSES, status_code=200)
async def create_course(request: HTMXRequest, actor: NamedDependency[Actor]) -> Response[Any]:
    form = await posted(request)
    try:
        made = await commands.create_course(actor, form.text("code", limit=40), forms.course(form))
    except Invalid as error:
        return await _form(request, None, None, values=form, errors=error.fields)
    return see(f"/training/courses/{made.subject_id}/versions/{made.number}/edit")


@post(
    "/training/courses/{course_id:int}/versions",
    name="course-version.create", action=Action.EDIT_COURSES, status_code=200,
)  # fmt: skip
async def create_version(actor: NamedDependency[Actor], course_id: FromPath[int]) -> Response[Any]:
    made = await commands.create_version(actor, course_id)
    return see(f"/training/courses/{course_id}/versions/{made.number}/edit")


@get(
    "/training/courses/{course_id:int}/versions/{number:int}/edit",
    name="course-version.edit", action=Action.EDIT_COURSES,
)  # fmt: skip
async def edit_version_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    course_id: FromPath[int], number: FromPath[int],
) -> Response[Any]:  # fmt: skip
    version = await _draft(actor, reach, course_id, number)
    return await _form(request, version, await queries.draft_of(version.id))


@post(
    "/training/courses/{course_id:int}/versions/{number:int}/edit",
    name="course-version.save", action=Action.EDIT_COURSES, status_code=200,
)  # fmt: skip
async def save_version(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    course_id: FromPath[int], number: FromPath[int],
) -> Response[Any]:  # fmt: skip
    version, form = await _draft(actor, reach, course_id, number), await posted(request)
    again: dict[str, Any] = {"values": form}
    try:
        await commands.save_draft(actor, version.id, forms.course(form))
        return see(f"/training/courses/{course_id}/versions/{number}")
    except Invalid as error:
        again["errors"] = error.fields
    except Conflict as error:  # what was typed is never lost, not even to a conflict
        again |= {"errors": {"title": str(error)}, "status": 409}
    return await _form(request, version, await queries.draft_of(version.id), **again)


@get(
    "/training/courses/{course_id:int}/versions/{number:int}/publication",
    name="course-version.publication", action=Action.EDIT_COURSES,
)  # fmt: skip
async def publication_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    course_id: FromPath[int], number: FromPath[int],
) -> Response[Any]:  # fmt: skip
    version = await _draft(actor, reach, course_id, number)
    versions = await queries.versions_of(actor, reach, course_id) if number > 1 else []
    gaps = missing(await queries.draft_of(version.id), today())
    return page(
        request, "courses/publication.html", version=version, gaps=list(gaps.values()),
        changes=await changes_of(versions, version),
    )  # fmt: skip


@post(
    "/training/courses/{course_id:int}/versions/{number:int}/publication",
    name="course-version.publish", action=Action.EDIT_COURSES, status_code=200,
)  # fmt: skip
async def publish_version(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    course_id: FromPath[int], number: FromPath[int],
) -> Response[Any]:  # fmt: skip
    version, form = await _draft(actor, reach, course_id, number), await posted(request)
    try:
        edition = form.whole("edition", low=1, high=10**6, empty=0)
        await commands.publish(actor, version.id, edition, datetime.now(UTC), today())
    except Invalid as error:
        draft = await queries.draft_of(version.id)
        return await _form(request, version, draft, errors=error.fields)
    return see(f"/training/courses/{course_id}")


@post(
    "/training/courses/{course_id:int}/versions/{number:int}/deletion",
    name="course-version.delete", action=Action.EDIT_COURSES, status_code=200,
)  # fmt: skip
async def delete_version(
    actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    course_id: FromPath[int], number: FromPath[int],
) -> Response[Any]:  # fmt: skip
    version = await _draft(actor, reach, course_id, number)
    await commands.delete_draft(actor, version.id)
    return see("/training/courses" if number == 1 else f"/training/courses/{course_id}")


router = Router(
    "/",
    route_handlers=[
        new_course_page, create_course, create_version, edit_version_page, save_version, publication_page,
        publish_version, delete_version,
    ],
)  # fmt: skip
