"""How somebody wants a spreadsheet read."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class ImportChoices:
    """How somebody wants their spreadsheet read; None is "as found"."""

    encoding: str | None = None
    separator: str | None = None
    header_line: int | None = None
    date_order: Literal["dmy", "mdy"] | None = None
    columns: tuple[str, ...] | None = None
