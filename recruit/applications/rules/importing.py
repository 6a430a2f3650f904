"""What an import will do, row by row, before anything is stored."""

import unicodedata
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from competences.text import _
from recruit.applications.rules.columns import FIELDS, LeftOut, Mapping, left_out, propose_mapping
from recruit.applications.rules.fields import Fields, RowRefused, read_row
from recruit.applications.rules.values import DateOrder, safe_link
from recruit.applications.rules.words import Field
from recruit.sheets.sheet import Notice, Rejection, Sheet

__all__ = [
    "FIELDS",
    "Accepted",
    "DateOrder",
    "Duplicate",
    "Field",
    "Fields",
    "ImportPlan",
    "Key",
    "LeftOut",
    "Mapping",
    "key",
    "left_out",
    "plan",
    "propose_mapping",
    "report",
    "safe_link",
]

#: E-mail address and name as `key` folds them.
Key = tuple[str, str]


class Accepted(NamedTuple):
    """A row that can be stored."""

    line: int
    fields: Fields


class Duplicate(NamedTuple):
    """An accepted row that seems to be somebody already seen: in line `of`, or (None) among those stored."""

    line: int
    of: int | None
    sentence: str


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Each row is in exactly one of `accepted` and `rejected`; duplicates are accepted as well."""

    mapping: Mapping
    accepted: tuple[Accepted, ...]
    rejected: tuple[Rejection, ...]
    duplicates: tuple[Duplicate, ...]
    warnings: tuple[Notice, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Return how many there are of each, and `rows` in all."""
        kinds = ("accepted", "rejected", "duplicates", "warnings", "left_out")
        counts = {kind: len(getattr(self, kind)) for kind in kinds}
        return {"rows": counts["accepted"] + counts["rejected"], **counts}


def key(email: str, name: str) -> Key:
    """Return what two applications of one person have in common, whatever the case, spaces and width."""
    return _folded(email), _folded(name)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def plan(
    sheet: Sheet,
    mapping: Mapping,
    existing: Set[Key] = frozenset(),
    *,
    require_email: bool = False,
    date_order: DateOrder | None = None,
) -> ImportPlan:
    """Return what would be stored.

    Args:
        mapping: A field or None for each column of `sheet`.
        existing: `key(email, name)` of every application already stored.
        require_email: Reject rows without an address; else they are only warned about.
        date_order: How to read dates such as 3/4/2026; None: leave them out and warn.

    Raises:
        ValueError: the mapping is for another number of columns.
    """
    accepted: list[Accepted] = []
    rejected = list(sheet.rejected)
    warnings = _mapping_warnings(mapping)
    for row in sheet.rows:
        try:
            fields, notices = read_row(row, mapping, require_email=require_email, date_order=date_order)
        except RowRefused as refusal:
            rejected.append(Rejection(row.line, str(refusal)))
        else:
            accepted.append(Accepted(row.line, fields))
            warnings += notices
    return ImportPlan(
        mapping=mapping,
        accepted=tuple(accepted),
        rejected=tuple(sorted(rejected)),
        duplicates=tuple(_duplicates(accepted, existing)),
        warnings=tuple(warnings),
        left_out=left_out(sheet.header, mapping),
    )


def _mapping_warnings(mapping: Mapping) -> list[Notice]:
    if {"name", "first_name", "last_name"}.isdisjoint(mapping.columns):
        return [Notice(None, "no name column", _("No column gives the name. Choose one."))]
    if "email" not in mapping.columns:
        return [Notice(None, "no e-mail column", _("No column gives the e-mail address."))]
    return []


@dataclass(slots=True)
class _Seen:
    """Where each address and each name was first met; None: among the applications already stored."""

    emails: dict[str, int | None] = field(default_factory=dict)
    names: dict[str, int | None] = field(default_factory=dict)
    #: Names that were met without an address.
    bare_names: dict[str, int | None] = field(default_factory=dict)

    def add(self, emails: Sequence[str], name: str, line: int | None) -> None:
        for email in emails:
            self.emails.setdefault(email, line)
        self.names.setdefault(name, line)
        if not emails:
            self.bare_names.setdefault(name, line)


def _duplicates(accepted: Sequence[Accepted], existing: Set[Key]) -> list[Duplicate]:
    seen = _Seen()
    for email, name in existing:
        folded_email, folded_name = key(email, name)
        seen.add([folded_email] if folded_email else [], folded_name, None)
    duplicates: list[Duplicate] = []
    for line, fields in accepted:
        every = [fields.get("email", ""), *fields.get("other_emails", [])]
        emails, name = [_folded(email) for email in every if email], _folded(fields["name"])
        duplicates += _duplicate(line, emails, name, seen)
        seen.add(emails, name, line)
    return duplicates


def _duplicate(line: int, emails: Sequence[str], name: str, seen: _Seen) -> list[Duplicate]:
    """Return one duplicate or none: by address, or by name where one of the two has no address."""
    for email in emails:
        if email in seen.emails:
            of = seen.emails[email]
            if of is None:
                return [Duplicate(line, of, _("There is already an application with this e-mail address."))]
            return [Duplicate(line, of, _("The same e-mail address as in line %(line)d.", line=of))]
    names = seen.bare_names if emails else seen.names
    if name not in names:
        return []
    of = names[name]
    if of is None:
        return [Duplicate(line, of, _("There is already an application with this name; compare them."))]
    return [Duplicate(line, of, _("The same name as in line %(line)d; compare them.", line=of))]


def report(sheet: Sheet, plan: ImportPlan) -> dict[str, Any]:
    """Return the whole outcome as JSON can hold it: what was read, and what would become of each row."""
    mapped = zip(sheet.header, plan.mapping.columns, strict=True)
    return {
        "encoding": sheet.encoding,
        "separator": sheet.separator,
        "header": list(sheet.header),
        "mapping": {name: field for name, field in mapped if field},
        "rows": plan.counts["rows"],
        "accepted": [{"line": line, "fields": _plain(fields)} for line, fields in plan.accepted],
        "rejected": [refusal._asdict() for refusal in plan.rejected],
        "duplicates": [duplicate._asdict() for duplicate in plan.duplicates],
        "left_out": [column._asdict() for column in plan.left_out],
        "warnings": [
            {"line": notice.line, "kind": notice.kind, "text": notice.text, "suggest": notice.suggestion}
            for notice in (*sheet.warnings, *plan.warnings)
        ],
    }


def _plain(fields: Fields) -> dict[str, Any]:
    received = fields.get("received_on")
    return {
        **fields,
        **({"received_on": received and received.isoformat()} if "received_on" in fields else {}),
    }
