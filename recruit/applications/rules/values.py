"""Single cells: e-mail addresses, dates, phone numbers, links."""

import re
from datetime import date
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email

DateOrder = Literal["dmy", "mdy"]

_MOST_ADDRESSES = 20
_ADDRESS_PART = re.compile(r'(?:"[^"]*"|<[^<>]*>|[^;,|\r\n"<>])+')
_WORD = re.compile(r'(?:"[^"]*"|[^\s"])+')
_TIME = r"(?:[T ,]+\d{1,2}[:.]\d{2}.*)?"
_YEAR_FIRST = re.compile(r"(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})" + _TIME)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.]) ?(\d{1,2})\2 ?(\d{4}|\d{2})" + _TIME)
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ .-]+([a-z]{3,9})\.?,?[ -]+(\d{4})", re.IGNORECASE)
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SCIENTIFIC = re.compile(r"\d([.,]\d+)?e\+?\d{1,2}", re.IGNORECASE)
_MARKED_AS_TEXT = re.compile(r"'(?=[=+\-@])")


class Addresses(NamedTuple):
    """E-mail addresses in their one canonical form, and what looked like some but is none."""

    valid: list[str]
    invalid: list[str]


class DateReading(NamedTuple):
    """The date; or None and, when the cell can be read in two ways, both: day first, then month first."""

    value: date | None
    ways: tuple[date, ...] = ()


def addresses(cell: str) -> Addresses:
    """Return the addresses in `cell`, parted by semicolons, commas, bars, spaces or line ends."""
    text = _MARKED_AS_TEXT.sub("", cell.strip(), count=1)
    if whole := canonical_address(text):
        return Addresses([whole], [])
    # dict: each once, in order
    valid: dict[str, None] = {}
    invalid: dict[str, None] = {}
    candidates = [word for part in _ADDRESS_PART.findall(text[:2000]) for word in _candidates(part.strip())]
    for candidate in candidates[:_MOST_ADDRESSES]:
        address = canonical_address(candidate)
        (valid if address else invalid)[address or candidate] = None
    # Nobody has so many: a mailing list in a cell would take minutes to check.
    invalid.update(dict.fromkeys(candidates[_MOST_ADDRESSES:][:1]))
    return Addresses(list(valid), list(invalid))


def _candidates(part: str) -> list[str]:
    """Return what could be an address: only the end of "Ann <ann@example.org>" or "Ann ann@example.org"."""
    if angled := re.search(r"<([^<>]*)>", part):
        return [angled[1].strip()]
    words: list[str] = _WORD.findall(part)
    return [word for word in words if "@" in word.strip("@")] or ([part] if part else [])


def canonical_address(text: str) -> str | None:
    """Return the address in lower case with a readable international domain, or None if it is none."""
    bare = re.sub(r"^mailto:", "", text.strip(), flags=re.IGNORECASE)
    if len(bare) > 400:
        return None
    try:
        found = validate_email(bare, check_deliverability=False, allow_quoted_local=True, strict=True)
    except (EmailNotValidError, ValueError):
        return None
    return found.normalized.lower()


def read_date(text: str, order: DateOrder | None = None) -> DateReading:
    """Return the date in `text`; `order` says how to read 3/4/2026, which is otherwise left to the reader."""
    text = " ".join(text.split())
    if found := _YEAR_FIRST.fullmatch(text):
        # Without signs between them there must be eight digits.
        whole = found[2] or len(found[3] + found[4]) == 4
        return DateReading(_date(found[1], found[3], found[4]) if whole else None)
    if found := _YEAR_LAST.fullmatch(text):
        return _year_last(found, order)
    if found := _DAY_MONTH.fullmatch(text):
        return DateReading(_date(found[3], _month(found[2]), found[1]))
    if found := _MONTH_DAY.fullmatch(text):
        return DateReading(_date(found[3], _month(found[1]), found[2]))
    return DateReading(None)


def _year_last(found: re.Match[str], order: DateOrder | None) -> DateReading:
    first, sign, second, year = found[1], found[2], found[3], found[4].rjust(4, "0")
    year = "20" + year[2:] if year.startswith("00") else year
    day_first, month_first = _date(year, second, first), _date(year, first, second)
    # With dots the day always comes first.
    if sign == "." or order == "dmy" or day_first == month_first:
        return DateReading(day_first)
    if order == "mdy":
        return DateReading(month_first)
    if day_first and month_first:
        return DateReading(None, (day_first, month_first))
    return DateReading(day_first or month_first)


def _month(word: str) -> str:
    start = word[:3].lower()
    return str(_MONTHS.index(start) + 1) if start in _MONTHS else "0"


def _date(year: str, month: str, day: str) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if 1900 <= found.year <= 2100 else None


def phone(cell: str) -> tuple[str, bool]:
    """Return the number as text with every digit it has, and whether a program has cut it (4.47E+11)."""
    text = _MARKED_AS_TEXT.sub("", " ".join(cell.split()), count=1)
    # Some exports write numbers with decimals; no phone number has them.
    text = re.sub(r"^(\d{5,})\.0$", r"\1", text)
    return text, bool(_SCIENTIFIC.fullmatch(text))


def safe_link(url: str) -> str | None:
    """Return `url` if it may become a link (http, https, mailto), else None: then it is shown as text."""
    text = url.strip()
    if not text.isprintable() or re.search(r'[\s\\<>"]', text):
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    if parts.scheme == "mailto":
        return text if canonical_address(parts.path) else None
    # A name before "@" only serves to look like another host.
    named = bool(parts.netloc) and "@" not in parts.netloc
    return text if parts.scheme in ("http", "https") and named else None
