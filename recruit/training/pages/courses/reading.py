"""Reading courses: what is offered, what each version holds."""

from collections import defaultdict
from datetime import UTC, datetime
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.frameworks.rules.comparison import Change
from competences.people.reach import Reach
from competences.training.commands import courses as commands
from competences.training.queries import courses as queries
from competences.training.queries.sessions import upcoming
from competences.training.rules.comparison import changes
from competences.training.rules.courses import way_name
from recruit.access import Action, reach_of
from recruit.web.forms import posted
from recruit.web.i18n import today
from recruit.web.render import page, see

#: How many coming sessions a course shows; all of them are in the list of sessions.
NEXT = 3


def drafts(actor: Actor) -> Reach:
    """Return how far this person writes courses: who does not write them sees no draft."""
    return reach_of(actor.roles, Action.EDIT_COURSES)


@get("/training/courses", name="courses", action=Action.READ_COURSES)
async def courses_page(request: HTMXRequest, actor: NamedDependency[Actor]) -> Response[Any]:
    rows = await queries.courses(actor, retired=True)
    needed: dict[int, list[queries.RequirementRow]] = defaultdict(list)
    for row in await queries.requirements():
        needed[row.course_id].append(row)
    return page(
        request, "courses/list.html", courses=[row for row in rows if not row.retired], needed=needed,
        retired=[row for row in rows if row.retired], drafts=await queries.drafts(actor, drafts(actor)),
    )  # fmt: skip


@get("/training/courses/{course_id:int}", name="course", action=Action.READ_COURSES)
async def course_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    course_id: FromPath[int],
) -> Response[Any]:
    return await course(request, actor, reach, course_id)


@get(
    "/training/courses/{course_id:int}/versions/{number:int}",
    name="course-version", action=Action.READ_COURSES,
)  # fmt: skip
async def version_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    course_id: FromPath[int], number: FromPath[int],
) -> Response[Any]:  # fmt: skip
    return await course(request, actor, reach, course_id, number)


async def course(
    request: HTMXRequest, actor: Actor, reach: Reach, course_id: int, number: int = 0, **context: Any
) -> Response[Any]:
    """Render one version of a course; 0 for the newest that is published, else the draft."""
    versions = await queries.versions_of(actor, reach, course_id, drafts=drafts(actor))
    newest = next((row for row in versions if row.published_at), versions[0])
    version = newest
    if number:
        version = await queries.version(actor, reach, course_id, number, drafts=drafts(actor))
    return page(
        request, "courses/course.html", version=version, versions=versions, newest=version == newest,
        levels=await queries.levels_of_version(version.id),
        firsts=await queries.firsts_of_version(version.id), needed=await queries.requirements(course_id),
        trainers=await queries.trainers_of(course_id, today()),
        colleagues=await queries.possible_trainers(today()) if drafts(actor) else [],
        sessions=await upcoming(actor, reach, datetime.now(UTC), course_id=course_id, limit=NEXT),
        materials=await queries.materials_of(version.id), changes=await changes_of(versions, version),
        way_name=way_name, **context,
    )  # fmt: skip


async def changes_of(versions: list[queries.VersionRow], version: queries.VersionRow) -> list[Change]:
    """Return what a version says otherwise than the one before it; nothing for the first."""
    before = next((row for row in versions if row.number < version.number), None)
    if before is None:
        return []
    return changes(await queries.words_of(before), await queries.words_of(version))


@post(
    "/training/courses/{course_id:int}/retirement",
    name="course.retire", action=Action.EDIT_COURSES, status_code=200,
)  # fmt: skip
async def retire_course(
    request: HTMXRequest, actor: NamedDependency[Actor], course_id: FromPath[int]
) -> Response[Any]:
    form = await posted(request)
    await commands.set_retired(actor, course_id, not form.ticked("undo"))
    return see(f"/training/courses/{course_id}")


router = Router("/", route_handlers=[courses_page, course_page, version_page, retire_course])
