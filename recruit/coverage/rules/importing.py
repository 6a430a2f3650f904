"""What a spreadsheet of levels would bring, row by row, before anything is stored."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from competences.assessments.rules.imported import BroughtLevel
from competences.scoring.scale import LEVELS, level_name
from competences.text import _
from recruit.applications.rules.columns import LeftOut, folded
from recruit.applications.rules.values import DateOrder, canonical_address, read_date
from recruit.coverage.rules.columns import Known, meant
from recruit.sheets.sheet import Rejection, Row, Sheet

MAX_EVIDENCE = 4000
_NOTHING = {"", "-", "–", "—", ".", "n/a", "na"}


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person whose levels may be imported."""

    id: int
    name: str
    email: str | None


class Accepted(NamedTuple):
    """A row that can be stored: whose levels, and which."""

    line: int
    name: str
    levels: tuple[BroughtLevel, ...]


@dataclass(frozen=True, slots=True)
class LevelPlan:
    """What would be stored. Each row is accepted, rejected, or brings nothing (`idle`)."""

    columns: tuple[str, ...]
    accepted: tuple[Accepted, ...]
    rejected: tuple[Rejection, ...]
    idle: int
    left_out: tuple[LeftOut, ...]
    problem: str = ""

    @property
    def levels(self) -> int:
        """How many levels would be stored."""
        return sum(len(row.levels) for row in self.accepted)

    @property
    def mark(self) -> str:
        """A text that changes with anything that the import would do."""
        whole = (self.columns, self.accepted, self.rejected)
        return sha256(repr(whole).encode("utf-8", errors="backslashreplace")).hexdigest()[:32]


#: Person, framework, code and day of a level that is stored.
Stored = tuple[int, int, str, date]


class RowRefused(Exception):
    """The row cannot be stored; `str()` is the reason in words."""


@dataclass(frozen=True)
class Reader:
    """Reads rows of one sheet against who works here and what is known."""

    columns: tuple[str, ...]
    people: Sequence[Somebody]
    known: Sequence[Known]
    today: date
    day: date
    order: DateOrder | None

    def row(self, row: Row) -> tuple[Somebody, list[BroughtLevel]]:
        """Return whose levels a row gives, and which; RowRefused when it cannot be used."""
        cells: dict[str, str] = {}
        for column, cell in zip(self.columns, row.cells, strict=True):
            if column and not cells.get(column):
                cells[column] = cell.strip()
        person = self._person(cells.get("email", ""), cells.get("name", ""))
        on = self._day(cells.get("date", ""))
        evidence = cells.get("evidence", "")[:MAX_EVIDENCE]
        return person, [
            BroughtLevel(person.id, one.version_id, one.competence_id, level, on, evidence)
            for one, level in self._levels(cells)
        ]

    def _person(self, email: str, name: str) -> Somebody:
        address = canonical_address(email) if email else None
        if email:
            found = [one for one in self.people if one.email and one.email.lower() == address]
            if found and name and folded(found[0].name) != folded(name):
                raise RowRefused(
                    _("The address belongs to %(name)s, not to %(other)s.", name=found[0].name, other=name)
                )
        elif name:
            found = [one for one in self.people if folded(one.name) == folded(name)]
        else:
            raise RowRefused(_("It names nobody."))
        if len(found) > 1:
            raise RowRefused(_("Several people are called %(name)s. Give the work address.", name=name))
        if not found:
            raise RowRefused(
                _("There is nobody called %(name)s, or you do not lead them.", name=name or email)
            )
        return found[0]

    def _day(self, text: str) -> date:
        if not text:
            return self.day
        found = read_date(text, self.order)
        if found.ways:
            raise RowRefused(_("The date %(text)s can mean two days: choose the order.", text=text[:40]))
        if found.value is None:
            raise RowRefused(_("Not a date: %(text)s", text=text[:40]))
        if found.value > self.today:
            raise RowRefused(_("The date %(text)s is in the future.", text=text[:40]))
        return found.value

    def _levels(self, cells: dict[str, str]) -> Iterator[tuple[Known, int]]:
        for one in self.known:
            if one.field in cells and (level := _level(cells[one.field], one.code)):
                yield one, level
        if "competence" in cells and "level" in cells:
            named = meant(cells["competence"], self.known)
            if named is None:
                raise RowRefused(
                    _("No one competence is meant by %(text)s.", text=cells["competence"][:60] or "–")
                )
            if level := _level(cells["level"], named.code):
                yield named, level


def _level(text: str, code: str) -> int | None:
    """Return a level written as number, as its name or as both; None for an empty cell. Zero is no level."""
    if text.casefold() in _NOTHING:
        return None
    for level in LEVELS:
        name = folded(level_name(level))
        if folded(text) in (str(level), name, f"{level}{name}") or text in (f"{level}.0", f"{level},0"):
            return level
    raise RowRefused(_("%(text)s is no level of 1 to 5 (%(code)s).", text=text[:40], code=code))


def plan(sheet: Sheet, reader: Reader, stored: Collection[Stored]) -> LevelPlan:
    """Return what would be stored of a sheet. What is stored already is rejected, as is a second time in the file."""
    accepted, rejected, idle = [], list(sheet.rejected), 0
    seen: dict[Stored, int] = {}
    codes = {one.competence_id: (one.framework_id, one.code) for one in reader.known}
    problem = _problem(reader.columns)
    for row in () if problem else sheet.rows:
        try:
            person, levels = reader.row(row)
            keys = [(person.id, *codes[one.competence_id], one.given_on) for one in levels]
            _refuse_again(keys, seen, stored)
        except RowRefused as refusal:
            rejected.append(Rejection(row.line, str(refusal)))
            continue
        seen |= dict.fromkeys(keys, row.line)
        if levels:
            accepted.append(Accepted(row.line, person.name, tuple(levels)))
        idle += not levels
    pairs = zip(sheet.header, reader.columns, strict=True)
    left_out = tuple(LeftOut(name, _("no competence is known by this name")) for name, to in pairs if not to)
    return LevelPlan(reader.columns, tuple(accepted), tuple(sorted(rejected)), idle, left_out, problem)


def _refuse_again(keys: Sequence[Stored], seen: dict[Stored, int], stored: Collection[Stored]) -> None:
    again = [key for key in keys if key in stored]
    if again:
        raise RowRefused(
            _(
                "Levels of that day were imported already: %(codes)s",
                codes=", ".join(key[2] for key in again[:5]),
            )
        )
    lines = [seen[key] for key in keys if key in seen]
    if lines:
        raise RowRefused(_("Line %(line)d gives the same levels on the same day.", line=lines[0]))


def _problem(columns: Collection[str]) -> str:
    if {"name", "email"}.isdisjoint(columns):
        return _("No column says whose levels these are. Choose one for the name or the work address.")
    if any(column.startswith("competence-") for column in columns) or {"competence", "level"} <= set(columns):
        return ""
    return _(
        "No column gives levels. Choose a competence for each, or one column for the competence and one for the level."
    )
