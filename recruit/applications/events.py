"""What the log says of applications. No names: the log outlives them."""

from dataclasses import dataclass

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationAdded(Event):
    """Somebody's application was added by hand."""

    name = "application.added"
    subject = "application"
    vacancy: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationChanged(Event):
    """An application's details changed."""

    name = "application.changed"
    subject = "application"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationWithdrawn(Event):
    """The applicant withdrew, or that was taken back."""

    name = "application.withdrawn"
    subject = "application"
    withdrawn: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationsImported(Event):
    """A spreadsheet was imported."""

    name = "applications.imported"
    subject = "vacancy"
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPrepared(Event):
    """A spreadsheet was uploaded to look at, or its choices changed."""

    name = "import.prepared"
    subject = "import_draft"
    vacancy: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportCancelled(Event):
    """An uploaded spreadsheet was thrown away."""

    name = "import.cancelled"
    subject = "import_draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentAdded(Event):
    """A file was added to an application."""

    name = "document.added"
    subject = "application"
    document: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentDeleted(Event):
    """A file of an application was deleted."""

    name = "document.deleted"
    subject = "application"
    document: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportDraftsSwept(Event):
    """Uploaded spreadsheets were thrown away after a day; the subject is the first of them."""

    name = "import.swept"
    subject = "import_draft"
    count: int
