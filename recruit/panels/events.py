"""What the log says of panels."""

from dataclasses import dataclass

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberInvited(Event):
    """Somebody was asked onto a panel."""

    name = "panel-member.invited"
    subject = "panel_member"
    vacancy: int
    person: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRemoved(Event):
    """The manager took a member off."""

    name = "panel-member.removed"
    subject = "panel_member"
    vacancy: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChairNamed(Event):
    """A member became chair."""

    name = "panel-member.named-chair"
    subject = "panel_member"
    vacancy: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberDeclared(Event):
    """A member accepted confidentiality and declared a conflict, or none."""

    name = "panel-member.declared"
    subject = "panel_member"
    vacancy: int
    conflict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewSet(Event):
    """An application was put on the panel's list, or its time changed."""

    name = "interview.set"
    subject = "application"
    starts_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewCancelled(Event):
    """An application was taken off the panel's list."""

    name = "interview.cancelled"
    subject = "application"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoringOpened(Event):
    """Criteria are fixed from here on."""

    name = "vacancy.scoring-opened"
    subject = "vacancy"
    members: int
    interviews: int
    criteria: int
