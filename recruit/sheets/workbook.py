"""XLSX and old XLS workbooks: their first visible sheet as records, with what the reader should know."""

from collections.abc import Sequence

from competences.text import _
from recruit.sheets import archive
from recruit.sheets.first_sheet import Problem, Unusable, first_sheet
from recruit.sheets.isolated import first_sheet_apart
from recruit.sheets.sheet import Kind, Notice, Record, Unreadable

#: The stream in which a workbook with a password lies, as the container's directory names it.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def parse(content: bytes, kind: Kind) -> tuple[list[Record], list[Notice]]:
    """Return the rows of the first visible sheet with text in it, numbered as in the sheet, and notes.

    Raises:
        Unreadable: damaged, protected, unreasonably large, or no sheet has any text.
    """
    notices = []
    if kind == "xlsx" and archive.check(content):
        text = _(
            "Some formulas have no stored result; their cells count as empty. Open, save and send it again."
        )
        notices.append(Notice(None, "formulas without a result", text))
    try:
        if kind == "xls" and _ENCRYPTED in content:
            raise Unusable("protected")
        sheet = first_sheet(content) if kind == "xlsx" else first_sheet_apart(content)
    except Unusable as refusal:
        raise Unreadable(_sentence(refusal.problem)) from refusal
    if sheet.others:
        others = ", ".join(sheet.others)
        text = _("Only the sheet %(name)s was read, not: %(others)s.", name=sheet.name, others=others)
        notices.append(Notice(None, "other sheets left out", text))
    records = [Record(line, cells) for line, cells in enumerate(sheet.rows, start=1)]
    return records, notices + _rounded(records)


def _sentence(problem: Problem) -> str:
    match problem:
        case "protected":
            return _("The file is protected with a password. Save it without one and try again.")
        case "empty":
            return _("The file is empty.")
        case "too far":
            return _("A sheet reaches too far. Delete stray cells far outside the table and try again.")
        case "damaged":
            return _("The workbook is damaged and cannot be opened.")


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
