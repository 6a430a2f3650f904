"""Who works in which role, and since when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from competences.actor import Actor
from competences.people import queries as people
from competences.people.reach import Reach
from competences.role_profiles.tables import RoleHolder


@dataclass(frozen=True, slots=True)
class RoleRow:
    """Somebody in a role. `until_on` is the last day; None while it lasts."""

    holder_id: int
    person_id: int
    profile_id: int
    title: str
    from_on: date
    until_on: date | None
    version_id: int
    framework_id: int
    framework: str
    number: int


_COLUMNS = """
       h.id AS holder_id, h.person AS person_id, r.id AS profile_id, r.title, h.from_on, h.until_on,
       v.id AS version_id, v.framework AS framework_id, f.title AS framework, v.number
FROM role_holder h JOIN person p ON p.id = h.person JOIN role_profile r ON r.id = h.profile
JOIN framework_version v ON v.id = r.version JOIN framework f ON f.id = v.framework
"""

# Of a role that lasts and one that follows, the one that lasts.
_ROLES = f"""
SELECT DISTINCT ON (h.person) {_COLUMNS}
WHERE h.person = ANY({{}}::int[]) AND (h.until_on IS NULL OR h.until_on >= {{}}) AND {people.SEEN}
ORDER BY h.person, h.from_on
"""

_UNTIL_NOW = f"SELECT {_COLUMNS} WHERE h.person = {{}} AND {people.SEEN} ORDER BY h.from_on DESC"


async def roles_of(
    actor: Actor, reach: Reach, person_ids: Collection[int], today: date
) -> dict[int, RoleRow]:
    """Return the role of each of these people whom the actor reaches and who has one.

    A role that is arranged but begins later counts where there is none yet.
    """
    if not reach or not person_ids:
        return {}
    rows = await RoleHolder.raw(_ROLES, sorted(person_ids), today, *people.seen_by(actor, reach))
    return {row["person_id"]: RoleRow(**row) for row in rows}


_HELD = f"SELECT profile_id, count(*) AS people FROM ({_ROLES}) held GROUP BY profile_id"  # noqa: S608  constants only


async def roles_held(actor: Actor, reach: Reach, person_ids: Collection[int], today: date) -> dict[int, int]:
    """Return how many of these people whom the actor reaches have which role profile, as `roles_of` says."""
    if not reach or not person_ids:
        return {}
    rows = await RoleHolder.raw(_HELD, sorted(person_ids), today, *people.seen_by(actor, reach))
    return {row["profile_id"]: row["people"] for row in rows}


async def role_of(actor: Actor, reach: Reach, person_id: int, today: date) -> RoleRow | None:
    """Return the role of one person; None without one, or where the actor does not reach them."""
    return (await roles_of(actor, reach, [person_id], today)).get(person_id)


async def roles_until_now(actor: Actor, reach: Reach, person_id: int) -> list[RoleRow]:
    """Return every role that a person has, had or will have, the latest first."""
    rows = await RoleHolder.raw(_UNTIL_NOW, person_id, *people.seen_by(actor, reach)) if reach else []
    return [RoleRow(**row) for row in rows]
