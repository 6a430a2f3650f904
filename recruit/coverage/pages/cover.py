"""What the team covers, what leaves with somebody, what an applicant would close; totals without sight of people."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.assessments.queries import current_levels, levels_held
from competences.coverage import queries as coverage
from competences.coverage.commands import set_needs, stamp_of
from competences.coverage.rules.cover import Named, Stands, leaving, shade
from competences.errors import Invalid
from competences.people.reach import Reach
from competences.text import _
from recruit.access import Action, reach_of
from recruit.coverage import forms, queries
from recruit.sheets.writing import Cell, to_csv, to_xlsx
from recruit.web.forms import Post, posted
from recruit.web.i18n import today
from recruit.web.render import page, see

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def asked(request: HTMXRequest, name: str) -> int | None:
    """Return the id of a row that the address asks for."""
    return Post({name: [request.query_params.get(name, "")]}).row(name)


@get("/team", name="team", action=Action.READ_COVERAGE)
async def team_page() -> Response[Any]:
    return see("/team/coverage")


@get("/team/coverage", name="coverage", action=Action.READ_COVERAGE)
async def coverage_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    cover = await coverage.team_cover(actor, reach, asked(request, "unit"), today())
    without = asked(request, "without")
    gone = without if without in cover.names else None
    left = await current_levels(actor, reach, [gone]) if gone else []
    vacancies = await queries.opened(actor, reach_of(actor.roles, Action.READ_COMPARISON))
    stands = [row.stands for row in cover.rows]
    return page(
        request, "coverage/coverage.html", cover=cover, gone=gone,
        changes=leaving(cover.rows, {(row.framework_id, row.code): row.level for row in left}), vacancies=vacancies, shade=shade, largest=_largest(row.cells for row in cover.rows),
        usual=_usual(row.named for row in cover.rows),
        short=stands.count(Stands.SHORT), alone=sum(row.alone is not None for row in cover.rows if row.need),
        spare=stands.count(Stands.NO_SPARE),
    )  # fmt: skip


def _largest(cells: Iterable[Sequence[int | None]]) -> int:
    """Return the largest count at a level; how many have none is not drawn."""
    return max((count or 0 for row in cells for count in row[1:]), default=0)


def _usual(named: Iterable[Named]) -> str:
    """Return the framework of most competences, which goes without saying."""
    counted = Counter(one.framework for one in named)
    return max(counted, key=lambda name: counted[name], default="")


@get("/team/applicants", name="coverage.applicants", action=Action.READ_COVERAGE)
async def applicants_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    compares = reach_of(actor.roles, Action.READ_COMPARISON)
    cover = await coverage.team_cover(actor, reach, asked(request, "unit"), today())
    vacancies = await queries.opened(actor, compares)
    chosen = asked(request, "vacancy") or (vacancies[0].id if len(vacancies) == 1 else None)
    found = await queries.applicants(actor, compares, chosen, cover) if chosen else []
    return page(
        request, "coverage/applicants.html", cover=cover, vacancies=vacancies, chosen=chosen, applicants=found
    )


@get("/team/needs/{unit_id:int}", name="coverage.needs", action=Action.EDIT_COVERAGE)
async def needs_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach], unit_id: FromPath[int]
) -> Response[Any]:
    return await _needs(request, actor, reach, unit_id)


async def _needs(
    request: HTMXRequest, actor: Actor, reach: Reach, unit_id: int, **context: Any
) -> Response[Any]:
    given = await coverage.needs_of(actor, reach, unit_id, today())
    cover = await coverage.team_cover(actor, reach, unit_id, today())
    rows = sorted(cover.rows, key=lambda row: (row.named.framework.casefold(), row.named.code))
    return page(
        request, "coverage/needs.html", cover=cover, rows=rows, given=given, stamp=stamp_of(given),
        unit=dict(cover.units)[unit_id], unit_id=unit_id, field_of=forms.field_of, **context,
    )  # fmt: skip


@post("/team/needs/{unit_id:int}", name="coverage.needs.set", action=Action.EDIT_COVERAGE, status_code=200)
async def save_needs(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach], unit_id: FromPath[int]
) -> Response[Any]:
    form = await posted(request)
    cover = await coverage.team_cover(actor, reach, unit_id, today())
    try:
        wanted = forms.needs(form, cover.rows)
        await set_needs(actor, reach, unit_id, wanted, form.get("stamp"), today())
    except Invalid as error:
        return await _needs(request, actor, reach, unit_id, values=form, errors=error.fields)
    return see(f"/team/coverage?unit={unit_id}")


@get("/organisation", name="totals", action=Action.READ_TOTALS)
async def totals_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    leads = reach_of(actor.roles, Action.READ_PEOPLE) >= Reach.TEAM
    found = await coverage.totals(actor, reach, today(), leads=leads)
    return page(
        request, "coverage/totals.html", totals=found, shade=shade,
        largest=_largest(row.cells for row in found.rows), usual=_usual(row.named for row in found.rows),
    )  # fmt: skip


async def _matrix(request: HTMXRequest, actor: Actor, reach: Reach) -> tuple[list[str], list[list[Cell]]]:
    """Return people by competences, with the current level or nothing."""
    cover = await coverage.team_cover(actor, reach, asked(request, "unit"), today())
    held: dict[tuple[int, str], dict[int, int | None]] = {}
    for row in await levels_held(actor, reach, list(cover.names)):
        held.setdefault((row.framework_id, row.code), {}).update(dict.fromkeys(row.person_ids, row.level))
    rows = sorted(cover.rows, key=lambda row: (row.named.framework.casefold(), row.named.code))
    header = [_("Name"), _("Work address"), _("Post"), _("Unit")]
    return [*header, *(f"{row.named.code} {row.named.name}" for row in rows)], [
        [one.name, one.email, one.post, one.unit, *(held.get(row.key, {}).get(one.id) for row in rows)]
        for one in cover.people
    ]


@get("/team/levels.csv", name="levels.csv", action=Action.READ_COVERAGE)
async def levels_csv(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    return download(to_csv(*await _matrix(request, actor, reach)), "text/csv; charset=utf-8", "levels.csv")


@get("/team/levels.xlsx", name="levels.xlsx", action=Action.READ_COVERAGE)
async def levels_xlsx(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    return download(to_xlsx(*await _matrix(request, actor, reach), _("Levels")), XLSX, "levels.xlsx")


def download(content: bytes, kind: str, name: str) -> Response[Any]:
    """Return a file to keep."""
    return Response(
        content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


router = Router(
    "/",
    route_handlers=[
        team_page, coverage_page, applicants_page, needs_page, save_needs, totals_page, levels_csv, levels_xlsx,
    ],
)  # fmt: skip
