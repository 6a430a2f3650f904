"""XLSX and old XLS workbooks: the first sheet that is not hidden, each cell as the text a reader sees."""

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from competences.text import _
from recruit.sheets.archive import check
from recruit.sheets.sheet import MAX_AREA, Kind, Notice, Record, Unreadable

#: The stream in which a workbook with a password lies, as the container's directory names it.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

Value = int | float | str | bool | time | date | datetime | timedelta


def parse(content: bytes, kind: Kind) -> tuple[list[Record], list[Notice]]:
    """Return the rows of the first visible sheet with text in it, numbered as in the sheet, and notes.

    Raises:
        Unreadable: damaged, protected, unreasonably large, or no sheet has any text.
    """
    notices = []
    if kind == "xlsx" and check(content):
        text = _(
            "Some formulas have no stored result; their cells count as empty. Open, save and send it again."
        )
        notices.append(Notice(None, "formulas without a result", text))
    if kind == "xls" and _ENCRYPTED in content:
        raise _protected()
    try:
        name, records, others = _first_sheet(content)
    except Unreadable:
        raise
    except PasswordError as error:
        raise _protected() from error
    except Exception as error:
        raise _damaged() from error
    except BaseException as error:
        # A panic in the parser comes as an exception that is deliberately no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged() from error
    if others:
        text = _("Only the sheet %(name)s was read, not: %(others)s.", name=name, others=", ".join(others))
        notices.append(Notice(None, "other sheets left out", text))
    return records, notices + _rounded(records)


def _first_sheet(content: bytes) -> tuple[str, list[Record], list[str]]:
    """Return the sheet's name, its rows and the names of the other sheets."""
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
        names = [meta.name for meta in workbook.sheets_metadata]
        for index, meta in enumerate(workbook.sheets_metadata):
            if meta.visible != SheetVisibleEnum.Visible or meta.typ != SheetTypeEnum.WorkSheet:
                continue
            records = list(_rows(workbook.get_sheet_by_index(index)))
            # A stray space far below the table is no reason to speak of blank lines.
            while records and not any(map(str.strip, records[-1].cells)):
                records.pop()
            if records:
                return meta.name, records, names[:index] + names[index + 1 :]
    raise Unreadable(_("The file is empty."))


def _rows(sheet: CalamineSheet) -> Iterator[Record]:
    end = sheet.end or (0, 0)
    if (end[0] + 1) * (end[1] + 1) > MAX_AREA:
        raise Unreadable(
            _("A sheet reaches too far. Delete stray cells far outside the table and try again.")
        )
    for line, values in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        yield Record(line, [as_text(value) for value in values])


def as_text(value: Value) -> str:
    """Return a cell's value as text: ids and phone numbers with all their digits, dates as ISO 8601."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        # Workbooks hold 15 digits; more would show how numbers are stored.
        return format(Decimal(format(value, ".15g")), "f")
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _rounded(records: Sequence[Record]) -> list[Notice]:
    """Return a warning for each row with a long number, of which the workbook has kept 15 digits only."""
    text = _("A number of 16 or more digits was cut by the spreadsheet program: keep such numbers as text.")
    return [
        Notice(record.line, "long number rounded", text)
        for record in records
        if any(
            len(cell) > 15 and cell.isdigit() and cell.endswith("0" * (len(cell) - 15))
            for cell in record.cells
        )
    ]


def _protected() -> Unreadable:
    return Unreadable(_("The file is protected with a password. Save it without one and try again."))


def _damaged() -> Unreadable:
    return Unreadable(_("The workbook is damaged and cannot be opened."))
