"""What may be shared with whom, and the totals for funders, which obey it."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.care.commands import sharing as commands
from competences.care.queries.funder import funder_report
from competences.care.queries.sharing import policy
from competences.care.rules import labels
from competences.care.rules.funder import Section
from competences.care.rules.sharing import Partner, Subject
from competences.people.reach import Reach
from competences.text import _
from recruit.access import Action
from recruit.care import forms
from recruit.care.pages.register import XLSX
from recruit.sheets.writing import Cell, to_xlsx
from recruit.web.forms import posted
from recruit.web.i18n import local, today
from recruit.web.render import page, see


@get("/sharing", name="sharing", action=Action.READ_SHARING)
async def sharing_page(request: HTMXRequest) -> Response[Any]:
    return page(
        request, "care/sharing.html", policy=await policy(), partners=list(Partner), subjects=list(Subject),
        w=labels,
    )  # fmt: skip


@post("/sharing", name="sharing.set", action=Action.EDIT_SHARING, status_code=200)
async def set_sharing(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    form = await posted(request)
    await commands.set_sharing(actor, reach, forms.sharing(form), form.get("stamp"), datetime.now(UTC))
    return see("/sharing")


@get("/funder-report", name="funder-report", action=Action.READ_FUNDER_REPORT)
async def report_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    now = local(datetime.now(UTC))
    open_ = {subject for partner, subject in (await policy()).open if partner is Partner.FUNDER}
    sections: list[Section] = []
    if open_ - {Subject.NAMES}:  # a page can be printed and passed on as well as a sheet
        await commands.draw_report(actor, reach)
        sections = await funder_report(reach, now.date(), now.tzinfo)
    return page(
        request, "care/funder_report.html", sections=sections, w=labels, today=now.date(), column=_column,
        title=_line,
    )  # fmt: skip


@get("/funder-report/totals.xlsx", name="funder-report.xlsx", action=Action.READ_FUNDER_REPORT)
async def report_xlsx(actor: NamedDependency[Actor], reach: NamedDependency[Reach]) -> Response[Any]:
    await commands.draw_report(actor, reach)
    sections = await funder_report(reach, today(), local(datetime.now(UTC)).tzinfo)
    rows: list[list[Cell]] = []
    for section in sections:
        for line in section.lines:
            name = f"{labels.subject_name(section.subject)}: {_line(section, line.key)}"
            for column, cell in zip(section.columns, line.cells, strict=True):
                rows.append([name, _column(section, column), _told(cell)])
            rows.append([name, _("Total"), _told(line.total)])
    header = [_("Subject"), _("Which"), _("Count")]
    return Response(
        to_xlsx(header, rows, _("Totals")), media_type=XLSX,
        headers={"Content-Disposition": 'attachment; filename="totals.xlsx"'},
    )  # fmt: skip


def _told(count: int | None) -> Cell:
    return _("not shown") if count is None else count


def _column(section: Section, key: str) -> str:
    """Return the head of a column."""
    if section.subject is Subject.STAFFING:
        return key or _("No unit")
    if section.subject is Subject.INCIDENTS:
        year, quarter = key.split("-")
        return _("Quarter %(quarter)s of %(year)s", quarter=quarter, year=year)
    return _("Yes") if key == "yes" else _("No")


def _line(section: Section, key: str) -> str:
    """Return the head of a line."""
    if section.subject is Subject.INCIDENTS:
        return labels.incident_name(key)
    return {
        "staff": _("People who work here"),
        "in-date": _("In date with every required course"),
        "booked": _("Booked on a course"),
        "supervision": _("Supervision in the last six weeks"),
    }[key]


router = Router("/", route_handlers=[sharing_page, set_sharing, report_page, report_xlsx])
