"""One row of a sheet as the fields of an application."""

from collections.abc import Sequence
from datetime import date
from typing import TypedDict

from competences.text import _
from recruit.applications.rules.columns import Mapping
from recruit.applications.rules.values import DateOrder, addresses, phone, read_date
from recruit.applications.rules.words import Field
from recruit.sheets.sheet import Notice, Row

MAX_NAME, MAX_PHONE, MAX_SOURCE = 160, 60, 120


class Fields(TypedDict, total=False):
    """What is stored of a row. Only fields with a column are there, and always `name`; empty ones are ""."""

    first_name: str
    last_name: str
    name: str
    email: str
    other_emails: list[str]
    phone: str
    received_on: date | None
    source: str
    notes: str
    key_skills: str


class RowRefused(Exception):
    """The row cannot be stored; `str()` is the reason in words."""


def read_row(
    row: Row, mapping: Mapping, *, require_email: bool, date_order: DateOrder | None
) -> tuple[Fields, list[Notice]]:
    """Return the row's fields and what the reader should know about them.

    Raises:
        RowRefused: no name, an e-mail address that is none, or none where one is required.
    """
    cells: dict[Field, list[str]] = {}
    for field, cell in zip(mapping.columns, row.cells, strict=True):
        if field:
            cells.setdefault(field, []).append(cell.strip())
    notices: list[Notice] = []
    fields = _names(cells)
    _add_email(fields, notices, row.line, cells.get("email"), required=require_email)
    if "phone" in cells:
        fields["phone"] = _phone(cells["phone"], row.line, notices)
    if "received_on" in cells:
        fields["received_on"] = _received_on(_first(cells["received_on"]), row.line, date_order, notices)
    if "source" in cells:
        fields["source"] = _source(cells["source"], row.line, notices)
    if "notes" in cells:
        fields["notes"] = "\n".join(filter(None, cells["notes"]))
    if "key_skills" in cells:
        fields["key_skills"] = ", ".join(filter(None, cells["key_skills"]))
    return fields, notices


def _first(texts: Sequence[str]) -> str:
    return next(filter(None, texts), "")


def _names(cells: dict[Field, list[str]]) -> Fields:
    fields = Fields()
    if "first_name" in cells:
        fields["first_name"] = " ".join(" ".join(cells["first_name"]).split())
    if "last_name" in cells:
        fields["last_name"] = " ".join(" ".join(cells["last_name"]).split())
    apart = f"{fields.get('first_name', '')} {fields.get('last_name', '')}".strip()
    fields["name"] = apart or " ".join(_first(cells.get("name", [])).split())
    # Dashes and numbers stand where there is no name.
    if not any(map(str.isalpha, fields["name"])):
        raise RowRefused(_("no name"))
    if len(fields["name"]) > MAX_NAME:
        raise RowRefused(_("name too long (limit %(limit)d)", limit=MAX_NAME))
    return fields


def _add_email(
    fields: Fields, notices: list[Notice], line: int, texts: list[str] | None, *, required: bool
) -> None:
    """Add the first address, and all others apart; a cell of which nothing can be used refuses the row."""
    found = [addresses(text) for text in texts or [] if text]
    valid = list(dict.fromkeys(address for cell in found for address in cell.valid))
    invalid = [text for cell in found for text in cell.invalid]
    if invalid and not valid:
        raise RowRefused(_("not an e-mail address: %(text)s", text=invalid[0][:80]))
    if required and not valid:
        raise RowRefused(_("no e-mail address"))
    for text in invalid:
        sentence = _("Not an e-mail address and left out: %(text)s", text=text[:80])
        notices.append(Notice(line, "e-mail address left out", sentence))
    if texts is not None:
        fields["email"], fields["other_emails"] = _first(valid), valid[1:]
        if not valid:
            notices.append(Notice(line, "no e-mail address", _("There is no e-mail address.")))


def _phone(texts: list[str], line: int, notices: list[Notice]) -> str:
    numbers = [phone(text) for text in texts if text]
    if any(cut for _number, cut in numbers):
        sentence = _("A spreadsheet program has shortened the phone number; its digits are lost.")
        notices.append(Notice(line, "phone number damaged", sentence))
    return _within("; ".join(dict.fromkeys(number for number, _cut in numbers)), MAX_PHONE, line, notices)


def _source(texts: list[str], line: int, notices: list[Notice]) -> str:
    return _within("; ".join(filter(None, texts)), MAX_SOURCE, line, notices)


def _within(text: str, limit: int, line: int, notices: list[Notice]) -> str:
    """Return `text`, or nothing when it is too long: half a number is worse than none."""
    if len(text) <= limit:
        return text
    sentence = _("Too long and left out (limit %(limit)d): %(text)s", limit=limit, text=text[:40] + "…")
    notices.append(Notice(line, "field too long", sentence))
    return ""


def _received_on(text: str, line: int, order: DateOrder | None, notices: list[Notice]) -> date | None:
    if not text:
        return None
    found = read_date(text, order)
    if found.ways:
        ways = " / ".join(way.isoformat() for way in found.ways)
        sentence = _("The date %(text)s can mean two days and was left out: choose the order.", text=text)
        notices.append(Notice(line, "ambiguous date", sentence, ways))
    elif found.value is None:
        notices.append(Notice(line, "not a date", _("Not a date and left out: %(text)s", text=text[:40])))
    return found.value
