"""Completions from another system: uploaded, looked at, read otherwise, and imported or thrown away."""

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
from recruit.sheets.encodings import ENCODINGS
from recruit.sheets.sheet import Unreadable
from recruit.training.commands import imports as commands
from recruit.training.queries import imports as queries
from recruit.training.rules.columns import FIELDS
from recruit.web.forms import Post, posted
from recruit.web.i18n import local, today
from recruit.web.render import page, see


@get("/training/imports", name="completions-imports", action=Action.RECORD_COMPLETIONS)
async def new_import_page(request: HTMXRequest) -> Response[Any]:
    done = request.query_params.get("imported", "")
    count = int(done) if done.isascii() and done.isdigit() and len(done) < 7 else 0
    return page(request, "completions/import.html", imported=count)


@post(
    "/training/imports",
    name="completions-import.prepare",
    action=Action.RECORD_COMPLETIONS,
    status_code=200,
)
async def prepare(request: HTMXRequest, actor: NamedDependency[Actor]) -> Response[Any]:
    form = await posted(request)
    try:
        file = form.file("file", required=_("Choose a file."))
        content = await file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise Invalid({"file": _("The file has more than 10 MB. Choose a smaller one.")})
        made = await commands.prepare_completions(actor, file.filename, content, datetime.now(UTC))
    except Unreadable as error:
        return page(request, "completions/import.html", imported=0, errors={"file": str(error)})
    except Invalid as error:
        return page(request, "completions/import.html", imported=0, errors=error.fields)
    return see(f"/training/imports/{made.subject_id}")


@get("/training/imports/{upload_id:int}", name="completions-import", action=Action.RECORD_COMPLETIONS)
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
    signs = {sign: name for name, sign in SEPARATORS.items()}
    return page(
        request, "completions/preview.html", row=row, sheet=sheet, plan=plan, options=_options(),
        encodings=[(name, name) for name in ENCODINGS], separator=signs.get(row.choices.separator or "", ""),
        changed="changed" in request.query_params, **context,
    )  # fmt: skip


def _options() -> list[tuple[str, str]]:
    """Return what a column can become, in words."""
    words = {
        "name": _("Name"), "email": _("Work address"), "course": _("Which course"),
        "object": _("Address of the course"), "date": _("Completed on"), "expiry": _("In date until"),
        "issuer": _("Who gave it"), "result": _("Result"), "statement": _("Id of the statement"),
    }  # fmt: skip
    return [(field, words[field]) for field in FIELDS]


async def _choose(actor: Actor, reach: Reach, upload_id: int, form: Post) -> bool:
    """Keep the choices of the preview page; return whether the file is read otherwise from now on."""
    row = await queries.upload(actor, reach, upload_id)
    sheet, plan = await queries.plan_of(actor, reach, row, today())
    choices = import_choices(form, row.choices, len(sheet.header), FIELDS)
    if choices.columns == plan.columns and choices.date_order == row.choices.date_order:
        return False
    await commands.choose_completions(actor, reach, upload_id, choices)
    return True


@post(
    "/training/imports/{upload_id:int}",
    name="completions-import.choose", action=Action.RECORD_COMPLETIONS, status_code=200,
)  # fmt: skip
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
    return see(f"/training/imports/{upload_id}")


@post(
    "/training/imports/{upload_id:int}/completion",
    name="completions-import.finish", action=Action.RECORD_COMPLETIONS, status_code=200,
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
            return see(
                f"/training/imports/{upload_id}?changed=1"
            )  # first look at what that makes of the file
        done = await commands.finish_completions(
            actor, reach, upload_id, form.get("mark"), local(datetime.now(UTC)), today(),
            skip_rejected=form.ticked("skip_rejected"),
        )  # fmt: skip
    except Unreadable as error:
        return await _preview(request, actor, reach, upload_id, errors={"encoding": str(error)})
    except Invalid as error:
        return await _preview(request, actor, reach, upload_id, values=form, errors=error.fields)
    return see(f"/training/imports?imported={done.rows}")


@post(
    "/training/imports/{upload_id:int}/cancellation",
    name="completions-import.cancel", action=Action.RECORD_COMPLETIONS, status_code=200,
)  # fmt: skip
async def cancel(
    actor: NamedDependency[Actor], reach: NamedDependency[Reach], upload_id: FromPath[int]
) -> Response[Any]:
    await commands.cancel_completions(actor, reach, upload_id)
    return see("/training/imports")


router = Router("/", route_handlers=[new_import_page, prepare, preview_page, choose, finish, cancel])
