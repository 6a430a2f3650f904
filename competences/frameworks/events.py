"""What the log says of frameworks."""

from dataclasses import dataclass

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkPublished(Event):
    """A version became fixed and can be used."""

    name = "framework.published"
    subject = "framework_version"
    framework: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkDrafted(Event):
    """A version was copied to a draft with the next number."""

    name = "framework.drafted"
    subject = "framework_version"
    number: int
    copied_from: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkRetired(Event):
    """A version is no longer offered for new role profiles and vacancies."""

    name = "framework.retired"
    subject = "framework_version"
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftDeleted(Event):
    """A draft that was never published is gone."""

    name = "framework.draft-deleted"
    subject = "framework_version"
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftChanged(Event):
    """A draft has other words; `part` says which domain or competence by its code, "" for the note."""

    name = "framework.draft-changed"
    subject = "framework_version"
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPartRemoved(Event):
    """A domain or competence was taken out of a draft."""

    name = "framework.draft-part-removed"
    subject = "framework_version"
    part: str
