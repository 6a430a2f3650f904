"""What the log says of development plans."""

from dataclasses import dataclass

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionAdded(Event):
    """Somebody's plan has one action more."""

    name = "plan-action.added"
    subject = "plan_action"
    person_id: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionChanged(Event):
    """An action of a plan was changed."""

    name = "plan-action.changed"
    subject = "plan_action"
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionEnded(Event):
    """An action of a plan ended with what came of it, or was dropped."""

    name = "plan-action.ended"
    subject = "plan_action"
    person_id: int
    dropped: bool
