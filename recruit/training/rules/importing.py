"""What a file of completions would bring, row by row, before anything is stored."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha1, sha256
from typing import NamedTuple

from competences.text import _
from competences.training.rules.completions import LONGEST_ISSUER, BroughtCompletion, version_on
from recruit.applications.rules.columns import LeftOut, folded
from recruit.applications.rules.values import DateOrder, canonical_address, read_date
from recruit.sheets.sheet import Rejection, Row, Sheet
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


class Kept(NamedTuple):
    """A completion that is here already, or a statement that came before; `counts` unless it was withdrawn."""

    person_id: int
    course_id: int
    completed_on: date
    statement: str | None
    counts: bool = True


@dataclass(frozen=True, slots=True)
class CompletionPlan:
    """What would be stored. Each row is accepted, rejected (to be corrected), or passed over, with the reason."""

    columns: tuple[str, ...]
    accepted: tuple[Accepted, ...]
    rejected: tuple[Rejection, ...]
    passed: tuple[Rejection, ...]
    left_out: tuple[LeftOut, ...]
    problem: str = ""

    @property
    def mark(self) -> str:
        """A text that changes with anything that the import would do."""
        whole = (self.columns, self.accepted, self.rejected, self.passed)
        return sha256(repr(whole).encode("utf-8", errors="backslashreplace")).hexdigest()[:32]


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
        cells: dict[str, str] = {}
        for column, cell in zip(self.columns, row.cells, strict=True):
            if column and not cells.get(column):
                cells[column] = cell.strip()
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


def plan(sheet: Sheet, reader: Reader, kept: Collection[Kept]) -> CompletionPlan:
    """Return what would be stored of a file. What is here already, or comes twice, is passed over."""
    accepted, rejected, passed = [], list(sheet.rejected), []
    statements = {one.statement for one in kept if one.statement}
    seen = {(one.person_id, one.course_id, one.completed_on) for one in kept if one.counts}
    courses = {row.version_id: one.course_id for one in reader.known for row in one.versions}
    problem = _problem(reader.columns)
    for row in () if problem else sheet.rows:
        try:
            found = reader.row(row)
            one = found.brought
            key = (one.person_id, courses[one.version_id], one.completed_on)
            if one.statement in statements or key in seen:
                raise RowPassed(
                    _("It is here already: %(course)s, %(name)s.", course=found.course, name=found.name)
                )
            if one.person_id == reader.own:
                raise RowRefused(_("This is your own. Another trainer has to import it."))
        except RowRefused as refusal:
            rejected.append(Rejection(row.line, str(refusal)))
        except RowPassed as reason:
            passed.append(Rejection(row.line, str(reason)))
        else:
            seen.add(key)
            statements.update(filter(None, [one.statement]))
            accepted.append(found)
    pairs = zip(sheet.header, reader.columns, strict=True)
    left_out = tuple(LeftOut(name, _("it has no place here")) for name, to in pairs if not to)
    return CompletionPlan(
        reader.columns, tuple(accepted), tuple(sorted(rejected)), tuple(passed), left_out, problem
    )


def _problem(columns: Collection[str]) -> str:
    if {"name", "email"}.isdisjoint(columns):
        return _("No column says whose completions these are. Choose one for the work address or the name.")
    if {"course", "object"}.isdisjoint(columns):
        return _("No column says which course it is. Choose one.")
    return "" if "date" in columns else _("No column says when it was completed. Choose one.")
