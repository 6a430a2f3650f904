"""Totals for funders: no cell from which anything about one person follows."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from competences.care.rules.sharing import Subject
from competences.coverage.rules.suppression import FEWEST, shown

#: So many whole quarters before the current one, which would tell of single events as it fills.
QUARTERS = 4


@dataclass(frozen=True, slots=True)
class Line:
    """Counts that add up to `total`; None where it is not shown. `key` names the line in its section."""

    key: str
    cells: tuple[int | None, ...]
    total: int | None


@dataclass(frozen=True, slots=True)
class Section:
    """What is told about one subject; `columns` are the names of the cells, or keys of them."""

    subject: Subject
    columns: tuple[str, ...]
    lines: tuple[Line, ...]


def line(key: str, cells: Sequence[int]) -> Line:
    """Return counts as they may be told: small ones are not, nor those from which a small one follows.

    Args:
        cells: How many people or incidents are in each column; each is in exactly one.
    """
    total = sum(cells)
    if total < FEWEST:
        return Line(key, (None,) * len(cells), None)
    if len(cells) == 1:
        return Line(key, (total,), total)
    told = shown(cells)
    hidden = [true for count, true in zip(told, cells, strict=True) if count is None]
    if hidden and not sum(hidden):  # with the total they would be known to be zero
        told = (None,) * len(cells)
    return Line(key, told, total)


def split(key: str, flags: Sequence[bool]) -> Line:
    """Return how many people something is so of, and of how many not."""
    return line(key, (sum(flags), len(flags) - sum(flags)))


def quarters_before(today: date) -> tuple[tuple[int, int], ...]:
    """Return (year, quarter) of the last whole quarters, earliest first."""
    number = today.year * 4 + (today.month - 1) // 3
    return tuple((one // 4, one % 4 + 1) for one in range(number - QUARTERS, number))


def by_quarter(days: Iterable[date], quarters: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """Return how many of these days are in each quarter."""
    counted = Counter((day.year, (day.month - 1) // 3 + 1) for day in days)
    return tuple(counted[one] for one in quarters)
