"""Whether a ZIP file may be handed to the workbook reader: what it unpacks to, and how far it reaches."""

import io
import re
import zipfile
import zlib
from array import array
from collections.abc import Iterator
from itertools import pairwise

from competences.text import _
from recruit.sheets.sheet import MAX_AREA, Unreadable

MAX_UNZIPPED = 100 * 1024 * 1024

_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{0,3})(\d{1,9})[\"']")
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_CELL = re.compile(rb"<(?:\w+:)?c\b")
_SHARED = re.compile(rb"<(?:\w+:)?si\b")
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>\s*(?:<!\[CDATA\[)?(\d{1,9})\s*[<\]]")
_NO_RESULT = re.compile(rb"</f>\s*(?:<v\s*/>|<v></v>)?\s*</c>")


def check(content: bytes) -> bool:
    """Return whether the workbook has formulas without a stored result.

    Raises:
        Unreadable: not a workbook, protected, or it would take more memory than any honest one.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_directory(archive)
            return _check_parts(_parts(archive))
    except Unreadable:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
        raise Unreadable(_("The workbook is damaged and cannot be opened.")) from error


def _check_directory(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable(_("The file is protected with a password. Save it without one and try again."))
    if sum(entry.file_size for entry in entries) > MAX_UNZIPPED:
        raise _too_large()
    names = {entry.filename for entry in entries}
    if "xl/workbook.bin" in names or "mimetype" in names:
        raise Unreadable(_("This kind of workbook cannot be read. Save it as XLSX or CSV and try again."))
    if not any(name.startswith("xl/") for name in names):
        raise Unreadable(_("The file is a ZIP archive or another document, not a workbook."))
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise Unreadable(_("The workbook is damaged and cannot be opened."))


def _parts(archive: zipfile.ZipFile) -> Iterator[bytes]:
    """Yield each part, unpacked; sizes are counted again, as the directory holds but the sender's word."""
    left = MAX_UNZIPPED
    for entry in archive.infolist():
        # Else zipfile stops reading at the size that the directory claims.
        entry.file_size = 2 * MAX_UNZIPPED
        with archive.open(entry) as part:
            unpacked = part.read(left + 1)
        left -= len(unpacked)
        if left < 0:
            raise _too_large()
        yield unpacked


def _check_parts(parts: Iterator[bytes]) -> bool:
    without_result = False
    lengths, used = array("Q"), array("Q")
    for part in parts:
        if _area(part) > MAX_AREA:
            raise Unreadable(
                _("A sheet reaches too far. Delete stray cells far outside the table and try again.")
            )
        starts = [match.start() for match in _SHARED.finditer(part)]
        lengths.extend(end - begin for begin, end in pairwise([*starts, len(part)]))
        used.extend(int(match[1]) for match in _VALUE.finditer(part))
        without_result = without_result or bool(_NO_RESULT.search(part))
    # A text that is stored once and shown in a million cells takes its length a million times.
    if sum(lengths[index] for index in used if index < len(lengths)) > 2 * MAX_UNZIPPED:
        raise _too_large()
    return without_result


def _area(part: bytes) -> int:
    """Return rows times columns of a worksheet: the reader fills the whole rectangle; 0 for other parts."""
    rows = _ROW.split(part)
    if len(rows) == 1:
        return 0
    width, height = max(len(_CELL.findall(row)) for row in rows[1:]), len(rows) - 1
    for match in _REFERENCE.finditer(part):
        width, height = max(width, _column(match[1])), max(height, int(match[2]))
    return width * height


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _too_large() -> Unreadable:
    limit = MAX_UNZIPPED // 1024 // 1024
    return Unreadable(
        _("The workbook unpacks to more than %(limit)d MB. Split it into several.", limit=limit)
    )
