"""Files that are no tables at all, known by how they begin, so that the reader is told what was sent."""

import json
import re
from collections.abc import Callable

from competences.text import _
from recruit.sheets.sheet import Unreadable

_BINARY: tuple[tuple[bytes, Callable[[], str]], ...] = (
    (b"%PDF-", lambda: _("a PDF document")),
    (b"{\\rtf", lambda: _("a text document (RTF)")),
    (b"\x89PNG", lambda: _("a picture")),
    (b"\xff\xd8\xff", lambda: _("a picture")),
    (b"GIF8", lambda: _("a picture")),
    (b"II*\0", lambda: _("a picture")),
    (b"MM\0*", lambda: _("a picture")),
    (b"RIFF", lambda: _("a picture or a recording")),
    (b"\x1f\x8b", lambda: _("a compressed archive")),
    (b"7z\xbc\xaf\x27\x1c", lambda: _("a compressed archive")),
    (b"Rar!", lambda: _("a compressed archive")),
    (b"BZh", lambda: _("a compressed archive")),
    (b"\xfd7zXZ\0", lambda: _("a compressed archive")),
    (b"SQLite format 3\0", lambda: _("a database")),
    (b"MZ", lambda: _("a program")),
    (b"\x7fELF", lambda: _("a program")),
)
_XML = re.compile(r"\s*<\?xml\b", re.IGNORECASE)


def refuse_binary(content: bytes) -> None:
    """Raise `Unreadable` for documents, pictures, archives and programs."""
    for start, name in _BINARY:
        # Two letters alone may also begin a text.
        if content.startswith(start) and (len(start) > 3 or b"\0" in content[:4096] or content[0] > 0x7E):
            raise _refusal(name())


def refuse_text(text: str) -> None:
    """Raise `Unreadable` for texts that are made for programs, not lines of cells."""
    if "urn:schemas-microsoft-com:office:spreadsheet" in text[:5000]:
        raise Unreadable(
            _("The file is an XML workbook of Excel 2003. Save it as XLSX or CSV and try again.")
        )
    if text[:200].lstrip().upper().startswith("BEGIN:VCALENDAR"):
        raise _refusal(_("a calendar"))
    if _XML.match(text):
        raise _refusal(_("an XML document"))
    if text[:200].lstrip()[:1] in ("{", "[") and _is_json(text):
        raise _refusal(_("a JSON document"))


def _is_json(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict | list)
    except (ValueError, RecursionError):
        return False


def _refusal(what: str) -> Unreadable:
    return Unreadable(_("The file is %(what)s, not a table. Send a spreadsheet (XLSX) or CSV.", what=what))
