"""xAPI statements as a table: who completed what, when, and what a statement takes back.

Source:
    IEEE 9274.1.1-2023 (xAPI 2.0) and xAPI 1.0.3, of which statements look alike.
"""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from competences.text import _
from recruit.sheets.sheet import MAX_ROWS, Rejection, Row, Sheet, Unreadable, too_many_rows

HEADER = ("statement", "email", "name", "course", "object", "date", "result")
_ADL = "http://adlnet.gov/expapi/verbs/"
VOIDED = _ADL + "voided"
#: Verbs that say that somebody has finished, and what the column of results says of them.
DONE = {
    _ADL + "completed": "completed",
    _ADL + "passed": "passed",
    "http://activitystrea.ms/schema/1.0/complete": "completed",
}
DayOf = Callable[[datetime], date]


def looks_like_statements(content: bytes, filename: str) -> bool:
    """Return whether a file is JSON rather than a table."""
    return filename.lower().endswith((".json", ".jsonl")) or content.lstrip()[:1] in {b"[", b"{"}


def sheet_of(content: bytes, day_of: DayOf) -> Sheet:
    """Return statements as a table with one row each; what is no statement is a rejected row.

    Args:
        content: A statement, a list of them, what a store answers (`statements`), or one statement a line.
        day_of: The day of the organisation that a moment falls on.

    Raises:
        Unreadable: it is no JSON, or holds more than a spreadsheet may.
    """
    found = _statements(content)
    if len(found) > MAX_ROWS:
        raise too_many_rows()
    voided = {
        _text(_part(one, "object", "id")).lower() for one in found if _part(one, "verb", "id") == VOIDED
    }
    rows, rejected = [], []
    for line, one in enumerate(found, 1):
        try:
            rows.append(Row(line, _cells(one, voided, day_of)))
        except ValueError as error:
            rejected.append(Rejection(line, str(error)))
    return Sheet("statements", "utf-8", False, None, HEADER, 0, tuple(rows), tuple(rejected), ())


def _statements(content: bytes) -> list[Any]:
    try:
        text = content.decode("utf-8-sig")
        try:
            found = json.loads(text)
        except json.JSONDecodeError:
            found = [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError) as error:
        raise Unreadable(_("This is no JSON, or not whole. Export the statements again.")) from error
    if isinstance(found, dict):
        found = found.get("statements", [found])
    if not isinstance(found, list):
        raise Unreadable(_("The file holds no statements."))
    return found


def _cells(one: Any, voided: set[str], day_of: DayOf) -> tuple[str, ...]:
    """Return a statement as the cells of HEADER; ValueError with the reason where it is none."""
    if not isinstance(one, dict):
        raise ValueError(_("This is no statement."))
    key = _text(one.get("id")).strip().lower()
    if len(key) > 80:
        raise ValueError(_("The id of the statement has more than 80 characters."))
    names = _part(one, "object", "definition", "name")
    course = next(_texts(names), "") if isinstance(names, dict) else ""
    return (
        key, _address(one.get("actor")), _text(_part(one, "actor", "name")), course,
        _text(_part(one, "object", "id")), _day(one, day_of), _result(one, key in voided),
    )  # fmt: skip


def _address(actor: Any) -> str:
    """Return the address of an agent; of one known by the digest of it, that digest as "sha1:…"."""
    if not isinstance(actor, dict):
        return ""
    if mbox := _text(actor.get("mbox")):
        return mbox.removeprefix("mailto:")
    if digest := _text(actor.get("mbox_sha1sum")):
        return f"sha1:{digest.lower()}"
    name = _text(_part(actor, "account", "name"))
    return name if "@" in name else ""


def _day(one: dict[str, Any], day_of: DayOf) -> str:
    """Return the day of a statement; what is no time stays as it is, for the reader to see."""
    typed = _text(one.get("timestamp") or one.get("stored"))
    try:
        moment = datetime.fromisoformat(typed)
        return (day_of(moment) if moment.tzinfo else moment.date()).isoformat()
    except (ValueError, OverflowError):
        return typed[:40]


def _result(one: dict[str, Any], voided: bool) -> str:
    """Return what became of it in one word; words other than those of DONE mean that nothing was completed."""
    if voided:
        return "voided"
    verb = _text(_part(one, "verb", "id"))
    if _part(one, "result", "success") is False:
        return "failed"
    if _part(one, "result", "completion") is False:
        return "incomplete"
    return DONE.get(verb) or verb.rstrip("/").rsplit("/", 1)[-1] or "no verb"


def _part(found: Any, *path: str) -> Any:
    for key in path:
        found = found.get(key) if isinstance(found, dict) else None
    return found


def _text(found: Any) -> str:
    """Return a text that can be stored: without NUL, and with a mark for half of a pair of UTF-16 (JSON can hold one)."""
    if not isinstance(found, str):
        return ""
    return found.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _texts(names: dict[str, Any]) -> Iterator[str]:
    """Return the texts of a language map, English first."""
    for language in sorted(names, key=lambda key: (not key.startswith("en"), key)):
        if text := _text(names[language]):
            yield text
