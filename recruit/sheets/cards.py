"""vCard 2.1, 3.0 and 4.0 address cards, one row for each."""

import quopri
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from competences.text import _
from recruit.sheets.sheet import Record, Unreadable

_HEADER = ("First name", "Last name", "Name", "Email", "Phone", "Notes")
_COLUMN = {
    "FN": "Name",
    "EMAIL": "Email",
    "TEL": "Phone",
    "NOTE": "Notes",
    "ADR": "Address",
    "BDAY": "Birth date",
    "ORG": "Organization",
    "TITLE": "Job title",
    "URL": "Website",
}
_TECHNICAL = frozenset({"BEGIN", "END", "VERSION", "PRODID", "REV", "UID", "SORT-STRING", "CLASS", "MAILER"})
_PROPERTY = re.compile(r'(?:[\w-]+\.)?([\w-]+)((?:;(?:"[^"]*"|[^":;])*)*):(.*)', re.DOTALL)
_PART = re.compile(r'(?:"[^"]*"|[^";])+')
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


class _Property(NamedTuple):
    name: str
    #: Name in capitals to value in capitals; of what 2.1 writes without a name, the value is the name too.
    parameters: dict[str, str]
    value: str


class _Card(NamedTuple):
    line: int
    lines: list[str]
    version: str
    closed: bool


def is_cards(text: str) -> bool:
    return text[:200].lstrip().upper().startswith("BEGIN:VCARD")


def parse(lines: Sequence[str], encoding: str) -> tuple[Record, list[Record]]:
    """Return a header and a record for each card; lines are where cards begin.

    Columns that are no part of an application (address, birth date, photo, ...) are kept as well, so that the
    reader is told about them.
    """
    rows = [(card, _values(card, encoding)) for card in _cards(lines)]
    if not rows:
        raise Unreadable(_("The file is empty."))
    names = list(dict.fromkeys([*_HEADER, *(name for _card, values in rows for name in values)]))
    problem = _("the card is not closed")
    records = [
        Record(card.line, [values.get(name, "") for name in names], None if card.closed else problem)
        for card, values in rows
    ]
    return Record(0, names), records


def _cards(lines: Sequence[str]) -> Iterator[_Card]:
    begun, body = 0, list[str]()
    for number, line in enumerate(lines, start=1):
        bare = line.strip().upper()
        if bare == "BEGIN:VCARD":
            if begun:
                yield _Card(begun, body, _version(body), closed=False)
            begun, body = number, []
        elif bare == "END:VCARD" and begun:
            yield _Card(begun, body, _version(body), closed=True)
            begun = 0
        elif begun:
            body.append(line.rstrip("\r\n"))
    if begun:
        yield _Card(begun, body, _version(body), closed=False)


def _version(lines: Sequence[str]) -> str:
    return next((line[8:].strip() for line in lines if line.upper().startswith("VERSION:")), "3.0")


def _values(card: _Card, encoding: str) -> dict[str, str]:
    """Return the card's texts by column; several addresses or numbers share a cell, the preferred first."""
    texts: dict[str, list[str]] = {}
    for property_ in _properties(card, encoding):
        name = property_.name
        if name == "N":
            parts = [_plain(part, card.version) for part in _split(property_.value)]
            texts["Last name"], texts["First name"] = parts[:1], parts[1:2]
        elif name not in _TECHNICAL:
            text = "" if _is_binary(property_) else _text(property_, card.version)
            column = texts.setdefault(_COLUMN.get(name, name.replace("-", " ").capitalize()), [])
            column.insert(0 if _is_preferred(property_) else len(column), text)
    # The first formatted name is the name; others are in other scripts or languages.
    texts["Name"] = texts.get("Name", [])[:1]
    return {
        name: ("; " if name != "Notes" else "\n").join(filter(None, found)) for name, found in texts.items()
    }


def _properties(card: _Card, encoding: str) -> Iterator[_Property]:
    for line in _unfolded(card):
        if found := _PROPERTY.fullmatch(line):
            parameters = dict(_parameters(found[2]))
            value = _decoded(found[3], parameters, encoding)
            yield _Property(found[1].upper(), parameters, value)


def _unfolded(card: _Card) -> Iterator[str]:
    """Yield logical lines: 3.0 and 4.0 drop the space that marks a continuation, 2.1 keeps it."""
    keep = 0 if card.version == "2.1" else 1
    whole: list[str] = []
    for line in card.lines:
        if whole and _is_soft_broken(whole):
            whole[-1] = whole[-1][:-1]
            whole.append(line)
        elif whole and line[:1] in (" ", "\t"):
            whole.append(line[keep:])
        else:
            if whole:
                yield "".join(whole)
            whole = [line]
    yield "".join(whole)


def _is_soft_broken(whole: Sequence[str]) -> bool:
    return whole[-1].endswith("=") and "QUOTED-PRINTABLE" in whole[0].partition(":")[0].upper()


def _parameters(text: str) -> Iterator[tuple[str, str]]:
    for part in _PART.findall(text):
        name, _equals, value = part.upper().partition("=")
        yield name, value.strip('"') or name


def _decoded(value: str, parameters: dict[str, str], encoding: str) -> str:
    if "QUOTED-PRINTABLE" not in (parameters.get("ENCODING"), parameters.get("QUOTED-PRINTABLE")):
        return value
    raw = quopri.decodestring(value.encode("utf-8"))
    for name in (parameters.get("CHARSET", encoding), "utf-8"):
        try:
            return str(raw, name)
        except (LookupError, UnicodeError, ValueError):
            continue
    return raw.decode("cp1252", errors="replace")


def _split(value: str) -> list[str]:
    """Cut at semicolons that are not escaped."""
    return re.split(r"(?<!\\);", value)


def _plain(value: str, version: str) -> str:
    if version == "2.1":
        return value.replace("\\;", ";").strip()
    return _ESCAPE.sub(lambda match: "\n" if match[1] in "nN" else match[1], value).strip()


def _text(property_: _Property, version: str) -> str:
    value = property_.value
    if property_.name in ("ADR", "ORG"):
        value = ", ".join(filter(None, _split(value)))
    for scheme in ("tel:", "mailto:"):
        value = value[len(scheme) :] if value.lower().startswith(scheme) else value
    return _plain(value, version)


def _is_binary(property_: _Property) -> bool:
    """Photos, keys and sounds: their column is named, their bytes are not kept."""
    encodings = {"B", "BASE64"} & {property_.parameters.get("ENCODING"), property_.parameters.get("BASE64")}
    return (
        bool(encodings)
        or property_.value[:5].lower() == "data:"
        or property_.name in ("PHOTO", "LOGO", "SOUND")
    )


def _is_preferred(property_: _Property) -> bool:
    parameters = property_.parameters
    return "PREF" in parameters.get("TYPE", "").split(",") or parameters.get("PREF") in ("1", "PREF")
