"""What a file of completions would bring as a whole, before anything is stored."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from competences.text import _
from recruit.applications.rules.columns import LeftOut
from recruit.sheets.sheet import Rejection, Sheet
from recruit.training.rules.columns import KnownCourse
from recruit.training.rules.importing.rows import Accepted, Reader, RowPassed, RowRefused


class Kept(NamedTuple):
    """A completion that is here already, or a statement that came before; `counts` unless it was withdrawn."""

    person_id: int
    course_id: int
    completed_on: date
    statement: str | None
    counts: bool = True
    name: str = ""


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


def plan(sheet: Sheet, reader: Reader, kept: Collection[Kept]) -> CompletionPlan:
    """Return what would be stored of a file. What is here already, or comes twice, is passed over."""
    accepted, rejected, passed = [], list(sheet.rejected), []
    statements = {one.statement for one in kept if one.statement}
    seen = {(one.person_id, one.course_id, one.completed_on) for one in kept if one.counts}
    courses = {row.version_id: one.course_id for one in reader.known for row in one.versions}
    here = {one.statement: one for one in kept if one.statement and one.counts}
    problem = _problem(reader.columns)
    for row in () if problem else sheet.rows:
        try:
            _refuse_voided(reader.cells(row), here, reader.known)
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


def _refuse_voided(cells: dict[str, str], here: dict[str, Kept], known: Collection[KnownCourse]) -> None:
    """Refuse a row by which a statement was voided whose completion is here; it leaves `here`, to be told once."""
    if cells.get("result") != "voided":
        return
    # the statement that was voided, or the one that voids it
    for key in (cells.get("statement", ""), cells.get("object", "")):
        if one := here.pop(key.lower(), None):
            code = next(course.code for course in known if course.course_id == one.course_id)
            raise RowRefused(
                _("The statement was voided after it was imported. The completion is here and has to be withdrawn by"
                  " hand: %(course)s, %(name)s.", course=code, name=one.name)
            )  # fmt: skip


def _problem(columns: Collection[str]) -> str:
    if {"name", "email"}.isdisjoint(columns):
        return _("No column says whose completions these are. Choose one for the work address or the name.")
    if {"course", "object"}.isdisjoint(columns):
        return _("No column says which course it is. Choose one.")
    return "" if "date" in columns else _("No column says when it was completed. Choose one.")
