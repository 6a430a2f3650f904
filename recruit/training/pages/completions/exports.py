"""Completions of a list, all its pages, as files for other systems."""

import json
from typing import Any

from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.people.reach import Reach
from competences.text import _
from recruit.access import Action
from recruit.sheets.writing import to_csv, to_xlsx
from recruit.training.forms import completions as forms
from recruit.training.queries.exports import export_rows
from recruit.training.rules.exports import ExportRow, statements, table
from recruit.web.address import address_of
from recruit.web.i18n import today

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def _rows(request: HTMXRequest, actor: Actor, reach: Reach) -> list[ExportRow]:
    return await export_rows(actor, reach, forms.asked(request.query_params), today())


def _file(content: bytes, kind: str, name: str) -> Response[Any]:
    disposition = f'attachment; filename="{name}"'
    return Response(content, media_type=kind, headers={"Content-Disposition": disposition})


@get("/training/completions.csv", name="completions.csv", action=Action.RECORD_COMPLETIONS)
async def completions_csv(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    content = to_csv(*table(await _rows(request, actor, reach)))
    return _file(content, "text/csv; charset=utf-8", "completions.csv")


@get("/training/completions.xlsx", name="completions.xlsx", action=Action.RECORD_COMPLETIONS)
async def completions_xlsx(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    content = to_xlsx(*table(await _rows(request, actor, reach)), _("Completions"))
    return _file(content, XLSX, "completions.xlsx")


@get("/training/completions.json", name="completions.json", action=Action.RECORD_COMPLETIONS)
async def completions_json(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    found = statements(await _rows(request, actor, reach), address_of(request))
    return _file(json.dumps(found, ensure_ascii=False).encode(), "application/json", "statements.json")


router = Router("/", route_handlers=[completions_csv, completions_xlsx, completions_json])
