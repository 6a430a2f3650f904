"""Who acts. Every query and command takes one."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person, or the system itself.

    `person_id` is None for the system and for accounts of no person; such an actor owns no rows.
    """

    person_id: int | None
    name: str
    roles: frozenset[str] = field(default_factory=frozenset)
    account_id: int | None = None


SYSTEM = Actor(person_id=None, name="Recruit")
