"""HTML tables, which many systems send as "Excel" files."""

import re
from html.parser import HTMLParser

from competences.text import _
from recruit.sheets.sheet import MAX_AREA, MAX_ROWS, Record, Unreadable, too_many_rows

MAX_CHARACTERS = 5_000_000
_START = re.compile(
    r"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|meta|table|style)\b",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
_HIDDEN = frozenset({"script", "style", "title", "template"})


def is_page(text: str) -> bool:
    return bool(_START.match(text[:5000]))


def declared_encoding(content: bytes) -> str | None:
    """Return the encoding that the page names in its first bytes."""
    found = _CHARSET.search(content[:5000])
    return found[1].decode("ascii") if found else None


def parse(text: str) -> list[Record]:
    """Return the first table of more than one row, else the first; lines are numbers of rows in it.

    Raises:
        Unreadable: no table, or one that is too large.
    """
    if len(text) > MAX_CHARACTERS:
        raise Unreadable(_("The file is a web page and too large. Save it as XLSX or CSV and try again."))
    reader = _Tables()
    try:
        # Not ended with `close`, which looks to the end again and again for what was never finished.
        reader.feed(text + "</table>")
    except AssertionError as error:  # the parser's answer to an unknown "<![...]"
        raise Unreadable(
            _("The file is a damaged web page. Save it as XLSX or CSV and try again.")
        ) from error
    tables = [table for table in reader.tables if table]
    if not tables:
        raise Unreadable(_("The file is a web page without a table, whatever its name says."))
    chosen = next((table for table in tables if len(table) > 1), tables[0])
    return [Record(line, [_tidy(cell) for cell in row]) for line, row in enumerate(chosen, start=1)]


def _tidy(cell: str) -> str:
    lines = (" ".join(line.split()) for line in cell.split("\f"))
    return "\n".join(lines).strip()


class _Tables(HTMLParser):
    """Collects the text of outermost tables; a table inside a cell is part of that cell's text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._depth = 0
        self._hidden = 0
        #: Pieces of the open cell's text.
        self._text: list[str] | None = None
        self._area = 0
        #: Columns that the cell before also takes, and for each column the rows below that it takes.
        self._owed = 0
        self._reach: dict[int, int] = {}
        self._taken: set[int] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in _HIDDEN
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
                self._text, self._reach = None, {}
        elif self._depth == 1 and tag == "tr":
            self._open_row()
        elif self._depth == 1 and tag in ("td", "th"):
            spans = dict(attrs)
            self._open_cell(_span(spans.get("colspan")), _span(spans.get("rowspan")))
        elif tag in ("br", "p", "div", "td", "tr") and self._text is not None:
            # A form feed marks the line ends that are meant; those of the source are only spaces.
            self._text.append("\f")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag == "table":
            self._depth = max(0, self._depth - 1)
        if self._depth == 0 or (self._depth == 1 and tag in ("td", "th", "tr")):
            self._close_cell()

    def handle_data(self, data: str) -> None:
        if self._text is not None and not self._hidden:
            self._text.append(data.replace("\f", " "))

    def _open_row(self) -> None:
        self._close_cell()
        self.tables[-1].append([])
        if len(self.tables[-1]) > 2 * MAX_ROWS:
            raise too_many_rows()
        self._owed = 0
        self._taken = {column for column, rows in self._reach.items() if rows}
        self._reach = {column: rows - 1 for column, rows in self._reach.items() if rows > 1}

    def _open_cell(self, columns: int, rows: int) -> None:
        """Begin a cell; a merged one keeps its neighbours in place, its text is in the first of its cells."""
        if not self.tables[-1]:
            self._open_row()
        self._close_cell()
        row = self.tables[-1][-1]
        row += [""] * self._owed
        while len(row) in self._taken:
            row.append("")
        if rows > 1:
            self._reach |= dict.fromkeys(range(len(row), len(row) + columns), rows - 1)
        row.append("")
        self._owed, self._text = columns - 1, []
        self._area += columns * rows
        if self._area > MAX_AREA:
            raise Unreadable(_("The file is a web page and too large. Save it as XLSX or CSV and try again."))

    def _close_cell(self) -> None:
        if self._text is not None:
            self.tables[-1][-1][-1] = "".join(self._text)
        self._text = None


def _span(value: str | None) -> int:
    return max(1, int(value)) if value and re.fullmatch(r"[0-9]{1,3}", value) else 1
