"""Text that was UTF-8 and has been read as Windows-1252 on its way: found, and what it probably was."""

import re


def _byte_of() -> dict[str, int]:
    """Windows-1252 backwards; its five holes stand for the control characters that browsers take."""
    holes = {chr(byte): byte for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
    whole = {bytes([byte]).decode("cp1252"): byte for byte in range(0x80, 0x100) if chr(byte) not in holes}
    return whole | holes


_BYTE = _byte_of()
_CHARACTER = {byte: character for character, byte in _BYTE.items()}


def _class(*spans: tuple[int, int]) -> str:
    return "[" + re.escape("".join(_CHARACTER[b] for low, high in spans for b in range(low, high + 1))) + "]"


_LATER = _class((0x80, 0xBF))
_SEQUENCE = re.compile(
    f"{_class((0xC2, 0xDF))}{_LATER}|{_class((0xE0, 0xEF))}{_LATER}{{2}}|{_class((0xF0, 0xF4))}{_LATER}{{3}}"
)
#: First bytes that real words hardly have before such a sign: "Ã", "Â", "Ä", "Å", "â", "ï".
_STRONG = frozenset("\xc2\xc3\xc4\xc5\xe2\xef")
#: What may well follow a letter in honest text: quotation marks, dashes, dots, signs, no-break space.
_PUNCTUATION = frozenset(
    "\u2018\u2019\u201c\u201d\xab\xbb\u2013\u2014\u2026\xa0\u2122\xae\xb0\u20ac\xb2\xb3\xb9"
)
#: The no-break space of "Š" and "à" has often become a plain one.
_LOST_SPACE = re.compile("(?<![A-Z\xc0-\xde])[\xc3\xc5] ")


def repaired(text: str) -> tuple[str, int]:
    """Return what `text` probably was, and how often it had been misread (0: it looks sound)."""
    passes = 0
    while passes < 3 and not text.isascii():
        mended = _mended(text)
        if mended == text:
            break
        text, passes = mended, passes + 1
    return text, passes


def _mended(text: str) -> str:
    hits = [match for match in _SEQUENCE.finditer(text) if _suspicious(text, match)]
    strong = any(match.group()[0] in _STRONG or len(match.group()) == 4 for match in hits)
    # One odd pair may be honest in Greek or Danish; a misread word has several.
    if not strong and len(hits) < 2:
        return text
    spans = {match.span() for match in hits}
    mended = _SEQUENCE.sub(
        lambda match: _decoded(match.group()) if match.span() in spans else match.group(), text
    )
    return _LOST_SPACE.sub(lambda match: _decoded(match.group()[0] + "\xa0"), mended) if strong else mended


def _suspicious(text: str, match: re.Match[str]) -> bool:
    found = match.group()
    if _decoded(found) == found:
        return False
    honest = set(found[1:]) <= _PUNCTUATION
    if len(found) == 3 and found[0] not in _STRONG and honest:
        return False
    # "SKÅ”" and "CAFÉ…": capitals at a word's end.
    return not (honest and match.start() and text[match.start() - 1].isupper())


def _decoded(characters: str) -> str:
    try:
        return bytes(_BYTE[character] for character in characters).decode("utf-8")
    except UnicodeDecodeError:
        return characters
