"""What the log says of spreadsheets of levels."""

from dataclasses import dataclass

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelsImportPrepared(Event):
    """A spreadsheet of levels was uploaded, or is read otherwise; nothing is imported yet."""

    name = "levels-import.prepared"
    subject = "import_draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelsImportCancelled(Event):
    """A spreadsheet of levels was thrown away."""

    name = "levels-import.cancelled"
    subject = "import_draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelsImportFinished(Event):
    """A spreadsheet of levels was imported; the levels have an entry of their own."""

    name = "levels-import.finished"
    subject = "import_draft"
    rows: int
