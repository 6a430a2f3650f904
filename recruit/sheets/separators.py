"""Which character stands between the cells, when no one has said so."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from recruit.sheets.delimited import records

SEPARATORS = (",", ";", "\t", "|")
_SAMPLE_LINES, _SAMPLE_CHARACTERS = 500, 400_000


def guess(lines: Sequence[str]) -> str | None:
    """Return the separator that cuts most lines into equally many cells; None for a single column.

    Counting the characters themselves would fall for decimal commas and for commas in headers.
    """
    sizes = accumulate(map(len, lines[:_SAMPLE_LINES]))
    kept = sum(size <= _SAMPLE_CHARACTERS for size in sizes)
    sample = lines[:kept] or [line[:_SAMPLE_CHARACTERS] for line in lines[:1]]
    fits = {separator: fit for separator in SEPARATORS if (fit := _fit(sample, separator))}
    return max(fits, key=lambda separator: fits[separator], default=None)


def _fit(sample: Sequence[str], separator: str) -> tuple[float, bool, float, int] | None:
    """Return how well `separator` fits, to be compared; None when it makes no table."""
    counts = [len(record.cells) for record in records(sample, separator) if any(map(str.strip, record.cells))]
    widths = Counter(count for count in counts if count > 1)
    if not widths:
        return None
    # Of equally common widths the earliest: it is the header's.
    width = max(widths, key=lambda count: (widths[count], -counts.index(count)))
    equal, first = widths[width], counts.index(width)
    share = equal / (len(counts) - first)
    # Narrower lines may stand above a table, but then the table itself must be even.
    if share < (0.6 if first else 0.25) or (first and (equal < 2 or equal * 2 < first)):
        return None
    return equal / len(counts), not _is_prose("".join(sample), separator), share, width


def _is_prose(text: str, separator: str) -> bool:
    """Whether most of these characters are followed by a space or stand between digits."""
    mark = re.escape(separator)
    in_prose = len(re.findall(rf"{mark} |\d{mark}(?=\d)", text))
    return in_prose * 2 > text.count(separator)
