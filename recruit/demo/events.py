"""What the log says of invented people."""

from dataclasses import dataclass

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoFilled(Event):
    """The people of the demo organisation were added; what they did then stands in their names."""

    name = "demo.filled"
    subject = "demo"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoScaled(Event):
    """Invented applicants and staff were added in bulk for load tests."""

    name = "demo.scaled"
    subject = "demo"
    applicants: int
    staff: int
    vacancies: int
