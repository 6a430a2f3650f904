"""Tables for people's spreadsheet programs: CSV and XLSX in which a text stays a text."""

import csv
import io
import math
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

MAX_XLSX_CELL = 32_767
#: A spreadsheet program would take such a text for a formula, or the program's user for a command.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

#: The same rows give the same bytes, whenever they are written.
_CREATED = datetime(2026, 1, 1)  # the format knows no time zone

Cell = str | int | float | bool | Decimal | date | datetime | None


def to_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return UTF-8 with BOM and CRLF, as Excel wants it; a text like a formula gets an apostrophe."""
    text = io.StringIO(newline="")
    # Quoting every text keeps leading spaces, and tells texts from numbers.
    writer = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([_harmless(name) for name in header])
    writer.writerows([_csv_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig", errors="replace")


def _csv_cell(cell: Cell) -> str | int | float | Decimal:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    return cell if isinstance(cell, int | float | Decimal) else _harmless(cell or "")


def _harmless(text: str) -> str:
    # NUL is no text for spreadsheet programs nor for databases.
    text = text.replace("\0", "")
    return "'" + text if text.startswith(_FORMULA_STARTS) else text


def to_xlsx(header: Sequence[str], rows: Iterable[Sequence[Cell]], title: str) -> bytes:
    """Return a workbook of one sheet called `title`, its header bold and fixed.

    Rows are written as they come, so memory does not grow with them. Excel's limit of 32,767 characters to a
    cell holds: a longer text ends in "…".
    """
    content = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
        "remove_timezone": True,
    }
    with xlsxwriter.Workbook(content, options) as workbook:
        workbook.set_properties({"created": _CREATED})
        sheet = workbook.add_worksheet(_sheet_name(title))
        moment = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(header):
            sheet.write_string(0, column, _fitting(name), workbook.add_format({"bold": True}))
        for line, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                _write(sheet, line, column, cell, moment)
    return content.getvalue()


def _write(sheet: Any, line: int, column: int, cell: Cell, moment: Any) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        sheet.write_boolean(line, column, cell)
    elif isinstance(cell, datetime):
        sheet.write_datetime(line, column, cell, moment)
    elif isinstance(cell, date):
        sheet.write_datetime(line, column, cell)
    elif isinstance(cell, int | float | Decimal) and math.isfinite(cell) and -(10**15) < cell < 10**15:
        sheet.write_number(line, column, cell)
    else:
        sheet.write_string(line, column, _fitting(str(cell)))


def _fitting(text: str) -> str:
    text = text.encode("utf-8", errors="replace").decode("utf-8")
    return text if len(text) <= MAX_XLSX_CELL else text[: MAX_XLSX_CELL - 1] + "…"


def _sheet_name(title: str) -> str:
    """Return what Excel allows as a sheet's name: up to 31 characters, some signs excepted."""
    name = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", title)
    name = " ".join(name.split())[:31].strip("' ")
    return name if name and name.casefold() != "history" else "Sheet1"
