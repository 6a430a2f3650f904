"""Links and files of a version of a course."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.errors import Invalid
from competences.files import LARGEST
from competences.people.reach import Reach
from competences.text import _
from competences.training.commands import courses as commands
from competences.training.queries import courses as queries
from recruit.access import Action
from recruit.training.pages.courses.reading import course, drafts
from recruit.web.files import attachment
from recruit.web.forms import Post, posted
from recruit.web.render import see


@get(
    "/training/courses/{course_id:int}/versions/{number:int}/materials/{material_id:int}",
    name="course-material", action=Action.READ_COURSES,
)  # fmt: skip
async def material_download(
    actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    course_id: FromPath[int], number: FromPath[int], material_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    version = await queries.version(actor, reach, course_id, number, drafts=drafts(actor))
    return attachment(*await queries.material_file(version.id, material_id))


@post(
    "/training/courses/{course_id:int}/versions/{number:int}/materials",
    name="course-material.add", action=Action.EDIT_COURSES, status_code=200,
)  # fmt: skip
async def add_material(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    course_id: FromPath[int], number: FromPath[int],
) -> Response[Any]:  # fmt: skip
    version = await queries.version(actor, reach, course_id, number, drafts=reach)
    form = await posted(request)
    try:
        await _add(actor, version.id, form)
    except Invalid as error:
        return await course(request, actor, reach, course_id, number, values=form, errors=error.fields)
    return see(f"/training/courses/{course_id}/versions/{number}")


async def _add(actor: Actor, version_id: int, form: Post) -> None:
    """Add what was sent: the file if there is one, else the address."""
    title, now = form.get("title"), datetime.now(UTC)
    if "file" in form.files and form.get("url").strip():
        raise Invalid({"file": _("Send a link or a file, each for itself.")})
    if "file" in form.files:
        file = form.files["file"]
        await commands.add_file(actor, version_id, title, file.filename, await file.read(LARGEST + 1), now)
    else:
        await commands.add_link(actor, version_id, title, form.get("url"), now)


@post(
    "/training/courses/{course_id:int}/versions/{number:int}/materials/{material_id:int}/removal",
    name="course-material.remove", action=Action.EDIT_COURSES, status_code=200,
)  # fmt: skip
async def remove_material(
    actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    course_id: FromPath[int], number: FromPath[int], material_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    version = await queries.version(actor, reach, course_id, number, drafts=reach)
    await commands.remove_material(actor, version.id, material_id)
    return see(f"/training/courses/{course_id}/versions/{number}")


router = Router("/", route_handlers=[material_download, add_material, remove_material])
