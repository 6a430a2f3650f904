"""What every kind of file is read into, and the limits that hold for all of them."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from competences.errors import Refused
from competences.text import _

MAX_ROWS = 20_000
MAX_COLUMNS = 2_000
MAX_CELL = 200_000
#: Physical lines: what Excel can hold, and it does write the empty ones.
MAX_LINES = 1_100_000
#: Rows times columns: an empty cell costs memory as well.
MAX_AREA = 5_000_000

Kind = Literal["csv", "xlsx", "xls", "html", "vcard", "statements"]


class Unreadable(Refused):
    """The file as a whole cannot be used. `str()` is the sentence that the reader gets."""


class Record(NamedTuple):
    """One line of a table before anybody knows which line is the header."""

    line: int
    cells: list[str]
    #: Why a row made of this record must be refused.
    problem: str | None = None
    #: What the reader should look at, although the row can be used.
    doubt: str | None = None


class Row(NamedTuple):
    """One row of data: physical line (row number in workbooks), and a cell for each header."""

    line: int
    cells: tuple[str, ...]


class Rejection(NamedTuple):
    """A row that is not used, and the reason in words."""

    line: int
    reason: str


class Notice(NamedTuple):
    """A warning or note. `kind` is a fixed English phrase; `text` and `suggestion` are for the reader."""

    line: int | None
    kind: str
    text: str
    suggestion: str | None = None


def too_many_rows() -> Unreadable:
    return Unreadable(_("The file has more than %(limit)d rows. Split it into several.", limit=MAX_ROWS))


def too_many_columns() -> Unreadable:
    return Unreadable(_("The file has more than %(limit)d columns.", limit=MAX_COLUMNS))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it stood in the file: cells are its text, untrimmed and unrepaired.

    Args:
        encoding: Python's name for it; None for workbooks.
        guessed: The encoding is only the likeliest one, so the page should ask.
        separator: Between cells of a CSV file; None when it has one column, and for other kinds.
        header: One name for each column, unique and trimmed.
        header_line: Physical line of the header; 0 when the kind of file has none.
        rows: Each with exactly `len(header)` cells.
        rejected: Rows that fit no header; no line is both here and in `rows`.
    """

    kind: Kind
    encoding: str | None
    guessed: bool
    separator: str | None
    header: tuple[str, ...]
    header_line: int
    rows: tuple[Row, ...]
    rejected: tuple[Rejection, ...]
    warnings: tuple[Notice, ...]
