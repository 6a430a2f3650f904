"""What the log says of files of completions."""

from dataclasses import dataclass

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionsImportPrepared(Event):
    """A file of completions was uploaded, or is read otherwise; nothing is imported yet."""

    name = "completions-import.prepared"
    subject = "import_draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionsImportCancelled(Event):
    """A file of completions was thrown away."""

    name = "completions-import.cancelled"
    subject = "import_draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionsImportFinished(Event):
    """A file of completions was imported; the completions have an entry of their own."""

    name = "completions-import.finished"
    subject = "import_draft"
    rows: int
