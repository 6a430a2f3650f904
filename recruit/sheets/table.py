"""From records to a `Sheet`: names for the columns, and each row kept, refused or skipped with a word."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from competences.text import _
from recruit.sheets import layout
from recruit.sheets.mojibake import repaired
from recruit.sheets.sheet import (
    MAX_CELL,
    MAX_COLUMNS,
    MAX_ROWS,
    Kind,
    Notice,
    Record,
    Rejection,
    Row,
    Sheet,
    Unreadable,
    too_many_columns,
    too_many_rows,
)


@dataclass(frozen=True, slots=True)
class Origin:
    """How the records were got; the fields are those of `Sheet`."""

    kind: Kind
    encoding: str | None = None
    guessed: bool = False
    separator: str | None = None


@dataclass(slots=True)
class _Sorting:
    """What has become of the records so far."""

    header: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    blank: list[int] = field(default_factory=list)


def with_header_found(origin: Origin, records: Sequence[Record], header_line: int | None = None) -> Sheet:
    """Return the sheet, its header looked for or at the physical line `header_line`.

    Raises:
        Unreadable: no text, no rows below the header, or too many rows or columns.
    """
    found = layout.find_header(records, header_line)
    return build(origin, records[found.position], records[found.position + 1 :], found)


def build(
    origin: Origin, header: Record, records: Sequence[Record], above: layout.Found | None = None
) -> Sheet:
    """Return the sheet made of `records` under `header`; raises as `with_header_found` does."""
    names, name_notices = _names(header)
    state = _Sorting(names, notices=name_notices)
    if above:
        state.notices += above.notices
        state.blank += above.blank
    same = layout.folded(header.cells)
    for record in records:
        _sort(state, record, same)
        if len(state.rows) + len(state.rejected) > MAX_ROWS:
            raise too_many_rows()
    if not state.rows and not state.rejected:
        raise Unreadable(_("The file has a header but no rows."))
    return _finished(origin, header, state)


def _finished(origin: Origin, header: Record, state: _Sorting) -> Sheet:
    if state.blank:
        count, first = len(state.blank), state.blank[0]
        text = _("Blank lines skipped: %(count)d, the first is line %(line)d.", count=count, line=first)
        state.notices.append(Notice(first, "blank lines skipped", text))
    return Sheet(
        kind=origin.kind,
        encoding=origin.encoding,
        guessed=origin.guessed,
        separator=origin.separator,
        header=state.header,
        header_line=header.line,
        rows=tuple(state.rows),
        rejected=tuple(state.rejected),
        warnings=tuple(sorted(state.notices, key=lambda notice: notice.line or 0)),
    )


def _names(header: Record) -> tuple[tuple[str, ...], list[Notice]]:
    """Return one unique name for each column; a second "Email" becomes "Email (2)"."""
    cells = header.cells[: layout.length(header.cells)]
    if len(cells) > MAX_COLUMNS:
        raise too_many_columns()
    names: list[str] = []
    taken: set[str] = set()
    notices: list[Notice] = []
    for number, cell in enumerate(cells, start=1):
        wanted = _short(" ".join(cell[:MAX_CELL].replace("\0", "").split())) or _(
            "Column %(number)d", number=number
        )
        name, count = wanted, 1
        while name.casefold() in taken:
            count += 1
            name = f"{wanted} ({count})"
        if count > 1:
            text = _("Another column %(name)s; it is kept apart as %(other)s.", name=wanted, other=name)
            notices.append(Notice(header.line, "duplicate header", text))
        taken.add(name.casefold())
        names.append(name)
    return tuple(names), [*notices, *_damage(header.line, names, names)]


def _short(name: str, limit: int = 200) -> str:
    return name if len(name) <= limit else name[: limit - 1] + "…"


def _sort(state: _Sorting, record: Record, same: list[str]) -> None:
    line, cells = record.line, record.cells
    width = layout.length(cells)
    if not width:
        state.blank.append(line)
    elif layout.folded(cells) == same:
        state.notices.append(
            Notice(line, "repeated header skipped", _("The column names are repeated here."))
        )
    elif not record.problem and layout.is_total(cells, len(state.header)):
        state.notices.append(Notice(line, "total line skipped", _("This line only counts the others.")))
    elif reason := _refusal(record, width, len(state.header)):
        state.rejected.append(Rejection(line, reason))
    else:
        state.notices += _row_notices(record, state.header)
        padded = [cell.replace("\0", "") for cell in cells[: len(state.header)]]
        padded += [""] * (len(state.header) - len(padded))
        state.rows.append(Row(line, tuple(padded)))


def _refusal(record: Record, width: int, columns: int) -> str | None:
    if record.problem:
        return record.problem
    if any(len(cell) > MAX_CELL for cell in record.cells):
        return _("field too long (limit %(limit)d)", limit=MAX_CELL)
    if width > columns:
        return _("more cells than headers (%(cells)d > %(headers)d)", cells=width, headers=columns)
    return None


def _row_notices(record: Record, header: Sequence[str]) -> list[Notice]:
    line, cells = record.line, record.cells
    notices = [Notice(line, "odd quotation marks", record.doubt)] if record.doubt else []
    if len(cells) < len(header):
        text = _("Fewer cells than headers (%(cells)d < %(headers)d).", cells=len(cells), headers=len(header))
        notices.append(Notice(line, "short row padded", text))
    if any("\0" in cell for cell in cells):
        notices.append(Notice(line, "NUL characters removed", _("Characters that are no text were removed.")))
    return [*notices, *_damage(line, header, cells)]


def _damage(line: int, header: Sequence[str], cells: Sequence[str]) -> list[Notice]:
    """Return what was done to the letters on the way here; the cells themselves stay as they are."""
    notices = []
    mended = [
        (name, *repaired(cell)) for name, cell in zip(header, cells, strict=False) if not cell.isascii()
    ]
    misread = [(name, text) for name, text, passes in mended if passes]
    if misread:
        double = max(passes for _name, _text, passes in mended) > 1
        kind = "probable (double) mojibake" if double else "probable mojibake"
        text = _("Letters look wrong. Probably meant: %(text)s", text=_joined(misread))
        notices.append(Notice(line, kind, text, _joined(misread)))
    if any("\ufffd" in cell for cell in cells):
        text = _("Letters were lost before the file came here (\ufffd). They cannot be restored.")
        notices.append(Notice(line, "replacement characters: data already lost", text))
    return notices


def _joined(misread: Sequence[tuple[str, str]]) -> str:
    """Return the texts with commas, but parts of a name as one name."""
    whole = ""
    named_before = False
    for name, text in misread:
        named = "name" in name.casefold()
        whole += (" " if named and named_before else ", " if whole else "") + text
        named_before = named
    return whole
