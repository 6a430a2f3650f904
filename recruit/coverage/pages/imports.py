"""Levels of the team from a spreadsheet: uploaded, looked at, read otherwise, and imported or thrown away."""

from collections.abc import Iterable
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
from recruit.access import Action
from recruit.applications.forms import SEPARATORS, import_choices
from recruit.coverage import commands, queries
from recruit.coverage.rules.columns import FIELDS, Known
from recruit.sheets.encodings import ENCODINGS
from recruit.sheets.sheet import Unreadable
from recruit.web.forms import Post, posted
from recruit.web.i18n import today
from recruit.web.render import page, see


@get("/team/imports", name="levels-imports", action=Action.IMPORT_LEVELS)
async def new_import_page(request: HTMXRequest) -> Response[Any]:
    done = request.query_params.get("imported", "")
    return page(
        request, "coverage/import.html", imported=int(done) if done.isascii() and done.isdigit() and len(done) < 7 else 0
    )  # fmt: skip


@post("/team/imports", name="levels-import.prepare", action=Action.IMPORT_LEVELS, status_code=200)
async def prepare(request: HTMXRequest, actor: NamedDependency[Actor]) -> Response[Any]:
    form = await posted(request)
    try:
        file = form.file("file", required=_("Choose a file."))
        content = await file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise Invalid({"file": _("The file has more than 10 MB. Choose a smaller one.")})
        made = await commands.prepare_levels(actor, file.filename, content, datetime.now(UTC))
    except Unreadable as error:
        return page(request, "coverage/import.html", imported=0, errors={"file": str(error)})
    except Invalid as error:
        return page(request, "coverage/import.html", imported=0, errors=error.fields)
    return see(f"/team/imports/{made.subject_id}")


@get("/team/imports/{upload_id:int}", name="levels-import", action=Action.IMPORT_LEVELS)
async def preview_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    upload_id: FromPath[int],
) -> Response[Any]:
    return await _preview(request, actor, reach, upload_id)


async def _preview(
    request: HTMXRequest, actor: Actor, reach: Reach, upload_id: int, **context: Any
) -> Response[Any]:
    row = await queries.upload(actor, reach, upload_id)
    sheet, plan = await queries.plan_of(actor, reach, row, today())
    known = await queries.known_competences()
    signs = {sign: name for name, sign in SEPARATORS.items()}
    return page(
        request, "coverage/preview.html", row=row, sheet=sheet, plan=plan, options=_options(known), today=today(),
        codes={one.competence_id: one.code for one in known},
        encodings=[(name, name) for name in ENCODINGS], separator=signs.get(row.choices.separator or "", ""),
        changed="changed" in request.query_params, **context,
    )  # fmt: skip


def _options(known: Iterable[Known]) -> list[tuple[str, str]]:
    """Return what a column can become, in words."""
    words = {
        "name": _("Name"), "email": _("Work address"), "competence": _("Which competence"), "level": _("Its level"),
        "date": _("Day"), "evidence": _("What it rests on"),
    }  # fmt: skip
    return [(field, words[field]) for field in FIELDS] + [(one.field, _label(one)) for one in known]


def _label(one: Known) -> str:
    return _("Level in %(code)s %(name)s", code=one.code, name=one.name)


async def _choose(actor: Actor, reach: Reach, upload_id: int, form: Post) -> bool:
    """Keep the choices of the preview page; return whether the file is read otherwise from now on."""
    row = await queries.upload(actor, reach, upload_id)
    sheet, plan = await queries.plan_of(actor, reach, row, today())
    options = [field for field, _words in _options(await queries.known_competences())]
    choices = import_choices(form, row.choices, len(sheet.header), options)
    same = (choices.date_order, choices.day) == (row.choices.date_order, row.choices.day)
    if choices.columns == plan.columns and same:
        return False
    await commands.choose_levels(actor, reach, upload_id, choices)
    return True


@post(
    "/team/imports/{upload_id:int}", name="levels-import.choose", action=Action.IMPORT_LEVELS, status_code=200
)
async def choose(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    upload_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    try:
        await _choose(actor, reach, upload_id, form)
    except Unreadable as error:
        return await _preview(request, actor, reach, upload_id, errors={"encoding": str(error)})
    except Invalid as error:
        return await _preview(request, actor, reach, upload_id, errors=error.fields)
    return see(f"/team/imports/{upload_id}")


@post(
    "/team/imports/{upload_id:int}/completion",
    name="levels-import.finish", action=Action.IMPORT_LEVELS, status_code=200,
)  # fmt: skip
async def finish(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    upload_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    try:
        if form.has("choices") and await _choose(actor, reach, upload_id, form):
            return see(f"/team/imports/{upload_id}?changed=1")  # first look at what that makes of the file
        done = await commands.finish_levels(
            actor, reach, upload_id, form.get("mark"), datetime.now(UTC), today(),
            skip_rejected=form.ticked("skip_rejected"),
        )  # fmt: skip
    except Unreadable as error:
        return await _preview(request, actor, reach, upload_id, errors={"encoding": str(error)})
    except Invalid as error:
        return await _preview(request, actor, reach, upload_id, values=form, errors=error.fields)
    return see(f"/team/imports?imported={done.rows}")


@post(
    "/team/imports/{upload_id:int}/cancellation",
    name="levels-import.cancel", action=Action.IMPORT_LEVELS, status_code=200,
)  # fmt: skip
async def cancel(
    actor: NamedDependency[Actor], reach: NamedDependency[Reach], upload_id: FromPath[int]
) -> Response[Any]:
    await commands.cancel_levels(actor, reach, upload_id)
    return see("/team/imports")


router = Router("/", route_handlers=[new_import_page, prepare, preview_page, choose, finish, cancel])
