"""What one row of a file of completions brings, or why it brings nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha1
from typing import NamedTuple

from competences.text import _
from competences.training.rules.completions import LONGEST_ISSUER, BroughtCompletion, version_on
from recruit.applications.rules.columns import folded
from recruit.applications.rules.values import DateOrder, canonical_address, read_date
from recruit.sheets.sheet import Row
from recruit.training.rules.columns import KnownCourse, meant

#: What a column of results says of somebody who has finished; an empty cell says so too.
_FINISHED = {
    "", "completed", "complete", "passed", "pass", "finished", "done", "yes", "true", "1", "bestanden", "abgeschlossen",
    "ja", "termine", "reussi", "oui", "godkand", "slutford", "aprobado", "completado", "si",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person whose completions may be imported."""

    id: int
    name: str
    email: str | None


class Accepted(NamedTuple):
    """A row that can be stored: whose completion, of which course, and what is stored."""

    line: int
    name: str
    course: str
    brought: BroughtCompletion


class RowRefused(Exception):
    """The row cannot be stored; `str()` is the reason in words."""


class RowPassed(Exception):
    """The row brings nothing, and nothing is wrong with it; `str()` says why."""


@dataclass(frozen=True)
class Reader:
    """Reads rows of one file against who works here, which courses there are, and what is here already.

    `own` is who imports: nobody brings in their own. None for the command line.
    """

    columns: tuple[str, ...]
    people: Sequence[Somebody]
    known: Sequence[KnownCourse]
    today: date
    order: DateOrder | None
    own: int | None = None

    def row(self, row: Row) -> Accepted:
        """Return what a row brings; RowPassed where it brings nothing, RowRefused where it cannot be used."""
        cells = self.cells(row)
        _pass_unfinished(cells.get("result", ""))
        person = self._person(cells.get("email", ""), cells.get("name", ""))
        course = self._course(cells.get("course", ""), cells.get("object", ""))
        on = self._day(cells.get("date", ""))
        ends_on = self._end(cells.get("expiry", ""), on)
        brought = BroughtCompletion(
            person.id, version_on(course.versions, on).version_id, on, ends_on,
            cells.get("issuer", "")[:LONGEST_ISSUER], cells.get("statement", "")[:80].lower() or None,
        )  # fmt: skip
        return Accepted(row.line, person.name, f"{course.code} {course.title}", brought)

    def cells(self, row: Row) -> dict[str, str]:
        """Return what a row says of each field; of two columns for one field, the first that says something."""
        cells: dict[str, str] = {}
        for column, cell in zip(self.columns, row.cells, strict=True):
            if column and not cells.get(column):
                cells[column] = cell.strip()
        return cells

    @cached_property
    def _digests(self) -> dict[str, Somebody]:
        """People by what xAPI keeps of an address where it does not keep the address itself."""
        return {
            sha1(f"mailto:{one.email.lower()}".encode(), usedforsecurity=False).hexdigest(): one
            for one in self.people
            if one.email
        }

    def _person(self, email: str, name: str) -> Somebody:
        if email.startswith("sha1:"):
            found = list(filter(None, [self._digests.get(email.removeprefix("sha1:"))]))
        elif email:
            address = canonical_address(email)
            found = [one for one in self.people if one.email and one.email.lower() == address]
        elif name:
            found = [one for one in self.people if folded(one.name) == folded(name)]
        else:
            raise RowRefused(_("It names nobody."))
        if len(found) > 1:
            raise RowRefused(_("Several people are called %(name)s. Give the work address.", name=name))
        if not found:
            raise RowRefused(_("Nobody who works here is %(name)s.", name=(email or name)[:60]))
        return found[0]

    def _course(self, name: str, address: str) -> KnownCourse:
        course = meant(name, self.known) or meant(address, self.known)
        if course is None:
            raise RowRefused(_("No one course is meant by %(text)s.", text=(name or address)[:60] or "–"))
        return course

    def _day(self, text: str) -> date:
        found = self._date(text)
        if found > self.today:
            raise RowRefused(_("The date %(text)s is in the future.", text=text[:40]))
        return found

    def _end(self, text: str, on: date) -> date | None:
        if not text:
            return None
        found = self._date(text)
        if found < on:
            raise RowRefused(_("It ends on %(text)s, before it was completed.", text=text[:40]))
        return found

    def _date(self, text: str) -> date:
        found = read_date(text, self.order)
        if found.ways:
            raise RowRefused(_("The date %(text)s can mean two days: choose the order.", text=text[:40]))
        if found.value is None:
            raise RowRefused(_("Not a date: %(text)s", text=text[:40] or "–"))
        return found.value


def _pass_unfinished(result: str) -> None:
    """Leave a row out that says itself that nothing was completed."""
    if result == "voided":
        raise RowPassed(_("The statement was voided."))
    if folded(result) not in _FINISHED:
        raise RowPassed(_("It is not completed: %(text)s", text=result[:40]))
