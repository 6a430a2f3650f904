"""What the log says of vacancies."""

from dataclasses import dataclass

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyCreated(Event):
    """A vacancy was made from a role profile."""

    name = "vacancy.created"
    subject = "vacancy"
    title: str
    profile: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyChanged(Event):
    """Title, unit, posts, closing date or text changed."""

    name = "vacancy.changed"
    subject = "vacancy"
    fields: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CriteriaChanged(Event):
    """What the vacancy asks for changed; competences by code."""

    name = "criteria.changed"
    subject = "vacancy"
    added: list[str]
    removed: list[str]
    changed: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyOpened(Event):
    """A draft is open for applications."""

    name = "vacancy.opened"
    subject = "vacancy"


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyClosed(Event):
    """A vacancy ended; `reason` says why when there was no decision."""

    name = "vacancy.closed"
    subject = "vacancy"
    before: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyHandedOver(Event):
    """Another hiring manager answers for it from now on."""

    name = "vacancy.handed-over"
    subject = "vacancy"
    before: int
    now: int
