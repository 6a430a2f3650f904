"""Lists that are too long for one page."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Generic, TypeVar
from urllib.parse import urlencode

PAGE = 50
FURTHEST = 100_000
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Paged(Generic[T]):
    """One page of a list: its rows, its number, and how many rows there are in all."""

    rows: Sequence[T]
    number: int
    total: int

    @property
    def pages(self) -> int:
        """Return how many pages the list has; an empty one has one."""
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True, slots=True)
class View:
    """What an address asks of a list. Fields have the names of the address; what is usual is left out of it."""

    page: int = 1

    def query(self, **changes: object) -> str:
        """Return the address of this view with some changes; with any the list begins at its first page."""
        view = replace(self, **{"page": 1, **changes}) if changes else self  # type: ignore[arg-type]
        usual = type(self)()
        pairs = [(field.name, getattr(view, field.name)) for field in fields(view)]
        return urlencode([pair for pair in pairs if pair[1] != getattr(usual, pair[0])], doseq=True)


def page_number(typed: str | None) -> int:
    """Return the page that an address asks for; anything strange is the first."""
    text = (typed or "").strip()
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
    return min(max(number, 1), FURTHEST)


def containing(words: str) -> str:
    """Return the LIKE pattern for texts that contain `words`, whatever signs these have."""
    escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def search_words(typed: str | None) -> str:
    """Return what somebody searches for, as the database takes it."""
    return " ".join((typed or "").replace("\x00", "").split())[:100]


def part_of(rows: Sequence[T], typed: str | None, size: int = PAGE) -> tuple[Sequence[T], int, int]:
    """Return one page of rows that are all here already, its number and how many pages there are."""
    pages = max(1, -(-len(rows) // size))
    number = min(page_number(typed), pages)
    return rows[(number - 1) * size : number * size], number, pages
