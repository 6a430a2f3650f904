"""What the log says of cover and delegations."""

from dataclasses import dataclass

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverNeedsSet(Event):
    """A unit needs so many people for other competences than before; `competences` says how many it set."""

    name = "cover-needs.set"
    subject = "unit"
    competences: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationRecorded(Event):
    """Somebody answers for a leader competence."""

    name = "delegation.recorded"
    subject = "delegation"
    person_id: int
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationReviewed(Event):
    """A delegation was looked at and goes on."""

    name = "delegation.reviewed"
    subject = "delegation"
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationEnded(Event):
    """Somebody does not answer for a leader competence any more."""

    name = "delegation.ended"
    subject = "delegation"
    person_id: int
