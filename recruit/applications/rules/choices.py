"""How somebody wants a spreadsheet read, and what they saw before they imported it."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from recruit.applications.rules.columns import FIELDS, Mapping, is_personal, propose_mapping
from recruit.applications.rules.importing import ImportPlan


@dataclass(frozen=True, slots=True)
class ImportChoices:
    """How somebody wants their spreadsheet read; None is "as found"."""

    encoding: str | None = None
    separator: str | None = None
    header_line: int | None = None
    date_order: Literal["dmy", "mdy"] | None = None
    columns: tuple[str, ...] | None = None
    #: For rows without a date, where the import asks for one: 2026-11-25.
    day: str | None = None

    def reads_like(self, other: "ImportChoices") -> bool:
        """Return whether the file falls into the same columns either way."""
        mine = (self.encoding, self.separator, self.header_line)
        return mine == (other.encoding, other.separator, other.header_line)


def locked_columns(header: Sequence[str]) -> tuple[bool, ...]:
    """Return for each column whether it can only be left out: it tells of a person's life."""
    proposed = propose_mapping(header).columns
    return tuple(field is None and is_personal(name) for name, field in zip(header, proposed, strict=True))


def mapping_for(header: Sequence[str], columns: Sequence[str] | None) -> Mapping:
    """Return what each column becomes: as chosen, where these choices fit the header, else as proposed."""
    if columns is None or len(columns) != len(header):
        return propose_mapping(header)
    names = {str(field): field for field in FIELDS}
    chosen = zip(columns, locked_columns(header), strict=True)
    return Mapping(tuple(None if locked else names.get(column) for column, locked in chosen))


def mark_of(plan: ImportPlan) -> str:
    """Return a text that changes with anything that an import would do."""
    whole = (plan.mapping.columns, plan.accepted, plan.rejected, plan.duplicates)
    return sha256(repr(whole).encode("utf-8", errors="backslashreplace")).hexdigest()[:32]
