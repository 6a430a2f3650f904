"""Which characters the bytes of a text file mean."""

import codecs
import re
from typing import NamedTuple

from competences.text import _
from recruit.sheets.sheet import Unreadable

#: What the page may offer; Python's other codecs (idna, unicode_escape, ...) are no file encodings.
ENCODINGS = (
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "cp1250", "cp1251",
    "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "iso8859-1", "iso8859-2", "iso8859-5", "iso8859-7",
    "iso8859-9", "iso8859-15", "koi8-r", "koi8-u", "mac-roman", "cp437", "cp850", "cp852", "shift_jis", "euc_jp",
    "euc_kr", "gb18030", "big5",
)  # fmt: skip

# The longer marks first: UTF-32's begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b\x7f]")


class Decoded(NamedTuple):
    """Text without its byte order mark, the encoding's Python name, and whether that was a guess."""

    text: str
    encoding: str
    guessed: bool


def decode(content: bytes, encoding: str | None = None) -> Decoded:
    """Return `content` as text; `encoding` is the reader's own choice and then overrides what is found.

    Raises:
        Unreadable: the choice is unknown or does not fit, or the bytes are no text at all.
    """
    found = _chosen(content, encoding) if encoding else _detected(content)
    start = found.text[:100_000]
    # Sound UTF-8 hardly comes about by chance, so it may hold more oddities than a guess.
    if len(_CONTROL.findall(start)) > len(start) * (0.05 if found.guessed or encoding else 0.3):
        raise Unreadable(_("The file is neither text nor a workbook that can be read."))
    return found._replace(text=found.text.removeprefix("\ufeff"))


def _chosen(content: bytes, encoding: str) -> Decoded:
    try:
        name = codecs.lookup(encoding).name
    except (LookupError, ValueError):
        name = ""
    if name not in ENCODINGS:
        raise Unreadable(_("The encoding %(encoding)s is not known here.", encoding=encoding[:40]))
    text = content.decode(name, errors="replace")
    # A stray byte costs a character and is warned about; more than that means another encoding.
    if text.count("\ufffd") * 10 > len(text):
        raise Unreadable(
            _("The file cannot be read as %(encoding)s. Choose another encoding.", encoding=name)
        )
    return Decoded(text, name, guessed=False)


def _detected(content: bytes) -> Decoded:
    for mark, name in _MARKS:
        if content.startswith(mark):
            text = content.decode(name, errors="replace")
            return Decoded(text, name, guessed="\ufffd" in text)
    # UTF-16 of western text is also valid UTF-8 (with NULs), so its pattern must be looked for first.
    if wide := _utf_16_without_mark(content):
        return Decoded(content.decode(wide, errors="replace"), wide, guessed=False)
    try:
        return Decoded(content.decode("utf-8"), "utf-8", guessed=False)
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.start:
            return Decoded(content.decode("utf-8", errors="replace"), "utf-8", guessed=True)
    return Decoded(content.decode("cp1252", errors="replace"), "cp1252", guessed=True)


def _utf_16_without_mark(content: bytes) -> str | None:
    """Name the byte order in which the NULs are the upper halves of separators, digits and line ends."""
    even, odd = content[::2].count(0), content[1::2].count(0)
    if even + odd < max(2, len(content) // 50) or min(even, odd) * 10 > max(even, odd):
        return None
    name = "utf-16-le" if odd > even else "utf-16-be"
    text = content.decode(name, errors="replace")
    damaged = text.count("\ufffd") > 1 or len(_CONTROL.findall(text)) * 20 > len(text)
    # Bytes paired wrongly make rare characters only; a table has ASCII for its separators at least.
    plain = sum(character < "\x80" for character in text)
    return None if damaged or plain * 20 < len(text) else name
