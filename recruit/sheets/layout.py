"""Where in the records the header is, which lines are no data, and which rows do not fit the header."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from competences.text import _
from recruit.sheets.sheet import Notice, Record, Unreadable

_SAMPLE, _MAX_TITLES = 200, 30
_DATA_LIKE = re.compile(r"\S+@\S+|\w+://.*|[+\-(]*\d[\d\s.,:/()+\-]*%?")
_TOTAL = re.compile(
    r"(grand |sub)?-?(totals?|sum|summe|gesamt|gesamtsumme|gesamtzahl|anzahl|somme|totaux|totalt|summa|antal|"
    r"suma|count)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"[\d\s.,%()+\-]*")


class Found(NamedTuple):
    """The header's position among the records, and what the reader should know about it."""

    position: int
    notices: list[Notice]
    #: Physical lines above the header that hold nothing.
    blank: list[int]


def find_header(records: Sequence[Record], header_line: int | None) -> Found:
    """Return where the header is; `header_line` is the reader's own choice of a physical line.

    Raises:
        Unreadable: there are no records with text, or none at `header_line`.
    """
    if all(is_blank(record.cells) for record in records):
        raise Unreadable(_("The file is empty."))
    index = _likeliest(records) if header_line is None else _at(records, header_line)
    notices = [
        Notice(record.line, "title line skipped", _title(record))
        for record in records[:index]
        if not is_blank(record.cells)
    ]
    if header_line is None and not _is_label_like(records[index].cells):
        text = _("No line with column names was found, so line %(line)d was taken.", line=records[index].line)
        notices.append(Notice(records[index].line, "header looks like data", text))
    blank = [record.line for record in records[:index] if is_blank(record.cells)]
    return Found(index, notices, blank)


def _title(record: Record) -> str:
    text = " ".join(filter(None, map(str.strip, record.cells)))[:80]
    return _(
        "Line %(line)d stands above the column names and was skipped: %(text)s", line=record.line, text=text
    )


def _at(records: Sequence[Record], header_line: int) -> int:
    for index, record in enumerate(records):
        if record.line == header_line and not is_blank(record.cells):
            return index
    raise Unreadable(_("No row begins at line %(line)d.", line=header_line))


def _likeliest(records: Sequence[Record]) -> int:
    """Return the index of the first record of names that is as wide as the table, past narrower ones only."""
    lengths = [length(record.cells) for record in records[:_SAMPLE]]
    widths = Counter(filter(None, lengths))
    width = max(widths, key=lambda size: (widths[size], size))
    first = next(index for index, record in enumerate(records) if not is_blank(record.cells))
    fallback: int | None = None
    for index, record in enumerate(records[: first + _MAX_TITLES]):
        filled = sum(bool(cell.strip()) for cell in record.cells)
        named = filled * 2 > width and _is_label_like(record.cells)
        if named and length(record.cells) >= width:
            return index
        if filled and named and fallback is None:
            fallback = index
        if filled * 2 > width and length(record.cells) >= width:
            return index if fallback is None else fallback
    return first if fallback is None else fallback


def _is_label_like(cells: Sequence[str]) -> bool:
    """Whether these can be names of columns: short words; no address or link, and few figures."""
    texts = [cell.strip() for cell in cells if cell.strip()]
    if any(len(text) > 120 or "@" in text or "://" in text for text in texts):
        return False
    return sum(not _DATA_LIKE.fullmatch(text) for text in texts) * 4 >= len(texts) * 3


def length(cells: Sequence[str]) -> int:
    """Return how many cells there are up to the last one that is not blank."""
    return max((number for number, cell in enumerate(cells, start=1) if cell.strip()), default=0)


def is_blank(cells: Sequence[str]) -> bool:
    return not any(cell.strip() for cell in cells)


def folded(cells: Sequence[str]) -> list[str]:
    """Return the cells as compared with the header: trimmed, without case, no blank ones at the end."""
    return [" ".join(cell.split()).casefold() for cell in cells[: length(cells)]]


def is_total(cells: Sequence[str], columns: int) -> bool:
    """Whether the row only adds up the others: a word for it first, then nothing but figures."""
    texts = [cell.strip() for cell in cells if cell.strip()]
    if not _TOTAL.match(texts[0]) or not all(map(_FIGURE.fullmatch, texts[1:])):
        return False
    # Where there is one column, or but a word, it may be somebody's name.
    return len(texts) > 1 or columns > 1 or any(character.isdigit() for character in texts[0])
