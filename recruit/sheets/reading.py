"""Any bytes that somebody calls a spreadsheet, read into a `Sheet`; what they are is seen from the bytes."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import PurePath

from competences.text import _
from recruit.sheets import cards, delimited, separators, strangers, table, webpage, workbook
from recruit.sheets.encodings import Decoded, decode
from recruit.sheets.sheet import Kind, Notice, Sheet, Unreadable

_MAX_BYTES = 100 * 1024 * 1024
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENDINGS: dict[Kind, tuple[str, ...]] = {
    "csv": (".csv", ".txt", ".tsv", ".tab"),
    "xlsx": (".xlsx", ".xlsm"),
    "xls": (".xls",),
    "html": (".html", ".htm"),
    "vcard": (".vcf", ".vcard"),
}


def read(
    content: bytes,
    filename: str,
    *,
    encoding: str | None = None,
    separator: str | None = None,
    header_line: int | None = None,
) -> Sheet:
    """Return the table in `content`.

    Args:
        filename: Only for a note when its ending says something else than the content.
        encoding: The reader's choice, one of `encodings.ENCODINGS`; None: found out.
        separator: The reader's choice for delimited text, one character; None: found out.
        header_line: The reader's choice, a physical line (row number in workbooks); None: found out.

    Raises:
        Unreadable: there is no table with rows in it. No other exception comes out of here.
    """
    if not content.strip(b" \t\r\n\0,;|"):
        raise Unreadable(_("The file is empty."))
    if len(content) > _MAX_BYTES:
        raise Unreadable(_("The file is larger than %(limit)d MB.", limit=_MAX_BYTES // 1024 // 1024))
    if content.startswith(_ZIP):
        sheet = _workbook(content, "xlsx", header_line)
    elif content.startswith(_OLE):
        sheet = _workbook(content, "xls", header_line)
    else:
        sheet = _text(content, encoding, separator, header_line)
    return _with_notes(sheet, filename)


def _workbook(content: bytes, kind: Kind, header_line: int | None) -> Sheet:
    records, notices = workbook.parse(content, kind)
    sheet = table.with_header_found(table.Origin(kind), records, header_line)
    return replace(sheet, warnings=(*notices, *sheet.warnings))


def _text(content: bytes, encoding: str | None, separator: str | None, header_line: int | None) -> Sheet:
    strangers.refuse_binary(content)
    found = decode(content, encoding)
    if webpage.is_page(found.text):
        return _page(content, found, chosen=bool(encoding), header_line=header_line)
    strangers.refuse_text(found.text)
    lines = delimited.split_lines(found.text)
    if cards.is_cards(found.text):
        return table.build(
            table.Origin("vcard", found.encoding, found.guessed), *cards.parse(lines, found.encoding)
        )
    return _delimited(lines, found, separator, header_line)


def _delimited(lines: list[str], found: Decoded, separator: str | None, header_line: int | None) -> Sheet:
    directive = delimited.directive(lines)
    start = 1 if directive else 0
    if separator is not None:
        separator = delimited.checked(separator)
    else:
        separator = directive or separators.guess(lines)
    origin = table.Origin("csv", found.encoding, found.guessed, separator)
    records = delimited.table_records(lines, separator, start=start)
    return table.with_header_found(origin, records, header_line)


def _page(content: bytes, found: Decoded, *, chosen: bool, header_line: int | None) -> Sheet:
    declared = webpage.declared_encoding(content)
    if found.guessed and declared and not chosen:
        # Else the guess is better than what the page says of itself.
        with suppress(Unreadable):
            found = decode(content, declared)
    origin = table.Origin("html", found.encoding, found.guessed)
    return table.with_header_found(origin, webpage.parse(found.text), header_line)


def _with_notes(sheet: Sheet, filename: str) -> Sheet:
    notes = []
    if sheet.guessed:
        text = _(
            "The encoding %(encoding)s is a guess. Check that all letters look right.",
            encoding=sheet.encoding,
        )
        notes.append(Notice(None, "encoding guessed", text))
    ending = PurePath(filename).suffix.lower()
    known = {end for ends in _ENDINGS.values() for end in ends}
    if ending in known and ending not in _ENDINGS[sheet.kind]:
        text = _(
            "The name ends in %(ending)s, but the file is %(kind)s.",
            ending=ending,
            kind=_kind_name(sheet.kind),
        )
        notes.append(Notice(None, "ending differs from content", text))
    return replace(sheet, warnings=(*notes, *sheet.warnings))


def _kind_name(kind: Kind) -> str:
    names: dict[Kind, Callable[[], str]] = {
        "csv": lambda: _("delimited text"),
        "xlsx": lambda: _("an Excel workbook (XLSX)"),
        "xls": lambda: _("an old Excel workbook (XLS)"),
        "html": lambda: _("a web page with a table"),
        "vcard": lambda: _("a set of address cards (vCard)"),
    }
    return names[kind]()
