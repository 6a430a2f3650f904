"""Cells of the matrix as they are drawn: thousands a page, most of them like another."""

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

from markupsafe import Markup

from competences.text import _
from competences.training.rules.matrix import SOON
from competences.training.rules.standing import CourseStanding, Stands
from recruit.web.i18n import month, short_date
from recruit.web.render import ENVIRONMENT


class Cells:
    """Draws cells for one language and one day; what was drawn once is not worked out again."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.quiet: dict[date | None, str] = {}
        self.words: dict[date, str] = {}
        macros: Any = ENVIRONMENT.globals["m"]
        self.icons = {name: str(macros.icon(name)) for name in ("clock", "alert", "calendar")}
        self.none = (
            '<td class="is-none"><span><span aria-hidden="true">–</span>'
            f'<span class="vh">{escape(_("Not required"))}</span></span></td>'
        )

    def row(self, cells: Mapping[int, CourseStanding], course_ids: list[int]) -> Markup:
        """Return the cells of one person."""
        found = [self.cell(cells[key]) if key in cells else self.none for key in course_ids]
        return Markup("".join(found))  # noqa: S704  escaped below

    def cell(self, row: CourseStanding) -> str:
        """Return one cell: a link where there is something to do, else quiet words."""
        if row.in_date(self.today):
            left = row.days_left(self.today)
            if not row.required or left is None or left > SOON:
                return self._quiet(row.expires_on)
            assert row.expires_on is not None
            return self._link(row, "soon", "clock", _("Ends soon"), self._day(row.expires_on, row.booked_on))
        if row.required and row.done_on is not None:
            assert row.expires_on is not None
            return self._link(row, "late", "alert", _("Expired"), self._day(row.expires_on, row.booked_on))
        if row.booked_on is not None:
            return self._booked(row)
        if row.required:
            return self._link(row, "late", "alert", _("Not done"), self._due(row))
        return self.none if row.expires_on is None else self._lapsed(row.expires_on)

    def _quiet(self, until: date | None) -> str:
        if until not in self.quiet:
            words = escape(_("No end") if until is None else month(until))
            self.quiet[until] = f'<td class="is-ok"><span>{words}</span></td>'
        return self.quiet[until]

    def _lapsed(self, until: date) -> str:
        words = escape(_("until %(month)s", month=month(until)))
        return f'<td class="is-none"><span>{words}</span></td>'

    def _link(self, row: CourseStanding, kind: str, icon: str, words: str, more: str) -> str:
        url = f"/people/{row.person_id}/training#course-{row.course_id}"
        return (
            f'<td class="is-{kind}"><a href="{url}"><b>{self.icons[icon]}{escape(words)}</b>'
            f"<span>{escape(more)}</span></a></td>"
        )

    def _booked(self, row: CourseStanding) -> str:
        assert row.booked_on is not None
        return (
            f'<td class="is-booked"><a href="/training/sessions/{row.session_id}"><b>{self.icons["calendar"]}'
            f"{escape(_('Booked'))}</b><span>{escape(self._short(row.booked_on))}</span></a></td>"
        )

    def _due(self, row: CourseStanding) -> str:
        stands = row.stands(self.today)
        if stands is Stands.WAITING:
            return _("another comes first")
        if stands is Stands.OVERDUE:
            return _("overdue")
        return _("due %(day)s", day=self._short(row.due_on)) if row.due_on else _("no date")

    def _day(self, day: date, booked: date | None) -> str:
        if booked is None:
            return self._short(day)
        return _("%(day)s, booked %(booked)s", day=self._short(day), booked=self._short(booked))

    def _short(self, day: date) -> str:
        if day not in self.words:
            self.words[day] = short_date(day)
        return self.words[day]
