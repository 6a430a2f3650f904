"""What the log says of people and units."""

from dataclasses import dataclass

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCreated(Event):
    """A staff record was made by hand."""

    name = "person.created"
    subject = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChanged(Event):
    """A staff record was changed; `fields` names what."""

    name = "person.changed"
    subject = "person"
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAppointed(Event):
    """Somebody was appointed; `known` says that they had a record already."""

    name = "person.appointed"
    subject = "person"
    known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCreated(Event):
    """A unit was added."""

    name = "unit.created"
    subject = "unit"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRenamed(Event):
    """A unit has another name."""

    name = "unit.renamed"
    subject = "unit"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRemoved(Event):
    """A unit that nobody belonged to was removed."""

    name = "unit.removed"
    subject = "unit"
