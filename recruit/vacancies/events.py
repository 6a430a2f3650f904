"""What the log says of vacancies."""

from dataclasses import dataclass

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyCreated(Event):
    """A vacancy was made from a role profile."""

    name = "vacancy.created"
    subject = "vacancy"
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyChanged(Event):
    """Title, unit, posts, closing date or text changed."""

    name = "vacancy.changed"
    subject = "vacancy"
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CriteriaChanged(Event):
    """What the vacancy asks for changed, before scoring opened."""

    name = "vacancy.criteria-changed"
    subject = "vacancy"
    criteria: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyOpened(Event):
    """Applications may come in."""

    name = "vacancy.opened"
    subject = "vacancy"


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyClosed(Event):
    """Nothing more happens with it."""

    name = "vacancy.closed"
    subject = "vacancy"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyHandedOver(Event):
    """Another hiring manager took over."""

    name = "vacancy.handed-over"
    subject = "vacancy"
    manager: int
