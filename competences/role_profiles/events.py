"""What the log says of role profiles."""

from dataclasses import dataclass

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleProfileCreated(Event):
    """A role profile was added."""

    name = "role-profile.created"
    subject = "role_profile"
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleProfileChanged(Event):
    """What a role asks for changed; vacancies made from it before stay as they are."""

    name = "role-profile.changed"
    subject = "role_profile"
    title: str
    criteria: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleProfileRetired(Event):
    """No vacancy starts from it any more, or it came back."""

    name = "role-profile.retired"
    subject = "role_profile"
    retired: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleAssigned(Event):
    """Somebody works in a role from a day on."""

    name = "role.assigned"
    subject = "role_holder"
    person_id: int
    profile_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleEnded(Event):
    """Somebody's time in a role has a last day."""

    name = "role.ended"
    subject = "role_holder"
    person_id: int
