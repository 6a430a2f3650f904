"""What the log says of role profiles."""

from dataclasses import dataclass

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleProfileCreated(Event):
    """A role profile was added."""

    name = "role-profile.created"
    subject = "role_profile"
    title: str
