"""The first visible sheet of a workbook by python-calamine, each cell as the text that a reader sees."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Literal, NamedTuple

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from recruit.sheets.sheet import MAX_AREA

Problem = Literal["protected", "damaged", "empty", "too far"]
Value = int | float | str | bool | time | date | datetime | timedelta


class Unusable(Exception):
    """The workbook cannot be used; `problem` says why, in a word that another process can send."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem: Problem = problem


class FirstSheet(NamedTuple):
    """A sheet's name, its rows from the sheet's first line on, and the names of the other sheets."""

    name: str
    rows: list[list[str]]
    others: list[str]


def first_sheet(content: bytes) -> FirstSheet:
    """Return the first visible sheet with text in it.

    Raises:
        Unusable: and nothing else, whatever the bytes; but see `isolated` for old workbooks.
    """
    try:
        return _first_sheet(content)
    except Unusable:
        raise
    except PasswordError as error:
        raise Unusable("protected") from error
    except Exception as error:
        raise Unusable("damaged") from error
    except BaseException as error:
        # A panic in the parser comes as an exception that is deliberately no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise Unusable("damaged") from error


def _first_sheet(content: bytes) -> FirstSheet:
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
        names = [meta.name for meta in workbook.sheets_metadata]
        for index, meta in enumerate(workbook.sheets_metadata):
            if meta.visible != SheetVisibleEnum.Visible or meta.typ != SheetTypeEnum.WorkSheet:
                continue
            rows = list(_rows(workbook.get_sheet_by_index(index)))
            # A stray space far below the table is no reason to speak of blank lines.
            while rows and not any(map(str.strip, rows[-1])):
                rows.pop()
            if rows:
                return FirstSheet(meta.name, rows, names[:index] + names[index + 1 :])
    raise Unusable("empty")


def _rows(sheet: CalamineSheet) -> Iterator[list[str]]:
    end = sheet.end or (0, 0)
    if (end[0] + 1) * (end[1] + 1) > MAX_AREA:
        raise Unusable("too far")
    for values in sheet.to_python(skip_empty_area=False):
        yield [as_text(value) for value in values]


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
