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
