"""What the log says of completions: whose and of which version, never how well."""

from dataclasses import dataclass

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionRecorded(Event):
    """A trainer recorded by hand that somebody completed a course."""

    name = "completion.recorded"
    subject = "completion"
    person_id: int
    version_id: int
    external: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateHandedIn(Event):
    """Somebody handed in a certificate from elsewhere; it counts once a trainer has checked it."""

    name = "certificate.handed-in"
    subject = "completion"
    person_id: int
    version_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateChecked(Event):
    """A trainer looked at a certificate from elsewhere; it counts from now on."""

    name = "certificate.checked"
    subject = "completion"
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionWithdrawn(Event):
    """A completion was wrong, or a certificate was not accepted. It is kept with the reason."""

    name = "completion.withdrawn"
    subject = "completion"
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionCorrected(Event):
    """A completion was wrong; the right one took its place. The wrong one is kept with the reason."""

    name = "completion.corrected"
    subject = "completion"
    person_id: int
    replaced_by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionsImported(Event):
    """Completions came from another system."""

    name = "completions.imported"
    subject = "completion"
    people: int
    completions: int
