"""Delimited text: physical lines, and the records they hold."""

import csv
import io
import re
from collections.abc import Generator, Iterator, Sequence

from competences.text import _
from recruit.sheets.sheet import (
    MAX_COLUMNS,
    MAX_LINES,
    MAX_ROWS,
    Record,
    Unreadable,
    too_many_columns,
    too_many_rows,
)

MAX_CHARACTERS = 25_000_000
#: Stands in for a separator where there is one column, so that a comma in a sentence splits nothing.
_NO_SEPARATOR = "\x1f"
#: Excel's first line "sep=;", also after another program has padded it with empty cells.
_DIRECTIVE = re.compile(r'"?sep=([^\w\s"]|\t)"?[,;\t|]*\s*', re.IGNORECASE)

#: A row that is too long is refused alone, but this one would be no row of anything.
_MOST_CELLS = 50 * MAX_COLUMNS
#: Lines with text that are no rows: titles, repeated headers, totals.
_MOST_OTHER_LINES = 10_000
#: Shared by all blank lines, of which there can be a million.
_NO_CELLS: list[str] = []

# The limit belongs to the whole process: only ever raised, and once, as parsers may run in other threads.
csv.field_size_limit(max(csv.field_size_limit(), MAX_CHARACTERS + 1))


def split_lines(text: str) -> list[str]:
    """Return the physical lines with their ends: CR, LF or CRLF; U+2028 and vertical tabs are text.

    Raises:
        Unreadable: the text is too long.
    """
    if len(text) > MAX_CHARACTERS:
        limit = MAX_CHARACTERS // 1_000_000
        raise Unreadable(_("The file has more than %(limit)d million characters.", limit=limit))
    if max(text.count("\n"), text.count("\r")) > MAX_LINES:
        raise too_many_rows()
    return list(io.StringIO(text, newline=""))


def directive(lines: Sequence[str]) -> str | None:
    """Return the separator that a first line "sep=" names; that line is then no row."""
    found = _DIRECTIVE.fullmatch(lines[0]) if lines else None
    return found[1] if found else None


def checked(separator: str) -> str:
    """Return `separator`, which the reader chose.

    Raises:
        Unreadable: it cannot be one.
    """
    if len(separator) != 1 or separator.isalnum() or separator in '"\r\n\0 ':
        raise Unreadable(_("The separator must be one character: no letter, digit, space or quotation mark."))
    return separator


def table_records(lines: Sequence[str], separator: str | None, *, start: int) -> list[Record]:
    """Return the records as `records` yields them, all of them held in memory.

    Raises:
        Unreadable: more rows or cells than any table here may have.
    """
    found: list[Record] = []
    filled = 0
    for record in records(lines, separator, start=start):
        if len(record.cells) > _MOST_CELLS:
            raise too_many_columns()
        blank = not any(map(str.strip, record.cells))
        filled += not blank
        if filled > MAX_ROWS + _MOST_OTHER_LINES:
            raise too_many_rows()
        found.append(Record(record.line, _NO_CELLS) if blank else record)
    return found


def records(lines: Sequence[str], separator: str | None, *, start: int = 0) -> Iterator[Record]:
    """Yield the records of `lines` from index `start` on; None as separator means one column.

    After a record that cannot be parsed it goes on with the next physical line.
    """
    while start < len(lines):
        start = yield from _until_error(lines, separator or _NO_SEPARATOR, start)


def _until_error(lines: Sequence[str], separator: str, start: int) -> Generator[Record, None, int]:
    """Yield records; return the index to go on from."""
    feed = (lines[index] for index in range(start, len(lines)))
    # Strict, or a mark that is never closed would swallow the rest of the file without a word.
    reader = csv.reader(feed, delimiter=separator, strict=True, skipinitialspace=True)
    while True:
        begin = start + reader.line_num
        try:
            yield Record(begin + 1, next(reader))
        except StopIteration:
            return len(lines)
        except csv.Error:
            within_one_line = start + reader.line_num == begin + 1
            yield _malformed(lines[begin], separator, begin + 1, usable=within_one_line)
            return begin + 1


def _malformed(text: str, separator: str, line: int, *, usable: bool) -> Record:
    """Return the record of a line whose quotation marks are wrong, read as well as can be."""
    asked_for_more: list[bool] = []

    def feed() -> Iterator[str]:
        yield text
        asked_for_more.append(True)

    cells = next(csv.reader(feed(), delimiter=separator, skipinitialspace=True), [])
    if usable and not asked_for_more:
        return Record(line, cells, doubt=_("There are quotation marks inside a quoted cell."))
    return Record(line, cells, problem=_("a quotation mark is never closed"))
