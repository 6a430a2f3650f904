"""Reads of what a role asks for."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from competences.errors import NotFound
from competences.role_profiles.tables import RoleProfile
from competences.stamp import stamp
from competences.text import _


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """A role profile in the list."""

    id: int
    title: str
    purpose: str
    retired: bool
    version_id: int
    framework: str
    number: int
    criteria: int


_PROFILES = """
SELECT p.id, p.title, p.purpose, p.retired, v.id AS version_id, f.title AS framework, v.number,
       (SELECT count(*) FROM profile_criterion c WHERE c.profile = p.id) AS criteria
FROM role_profile p JOIN framework_version v ON v.id = p.version JOIN framework f ON f.id = v.framework
WHERE {} = 0 OR p.id = {} ORDER BY p.retired, lower(p.title), p.id LIMIT 500
"""


async def profiles() -> list[ProfileRow]:
    """Return every role profile, those in use first."""
    return [ProfileRow(**row) for row in await RoleProfile.raw(_PROFILES, 0, 0)]


async def profile(profile_id: int) -> ProfileRow:
    """Return one role profile; NotFound when there is none."""
    rows = await RoleProfile.raw(_PROFILES, profile_id, profile_id) if profile_id else []
    if not rows:
        raise NotFound(_("There is no such role profile."))
    return ProfileRow(**rows[0])


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """A competence of the profile's framework version, and how the role asks for it, if it does."""

    competence_id: int
    code: str
    name: str
    definition: str
    domain: str
    kind: str
    wanted: bool
    weight: Decimal
    weight_reason: str
    required_level: int
    gate: bool
    learnable: bool
    assessed_by: list[str]


_CHOICES = """
SELECT c.id AS competence_id, c.code, c.name, c.definition, d.name AS domain, c.kind,
       k.id IS NOT NULL AS wanted, coalesce(k.weight, 1) AS weight, coalesce(k.weight_reason, '') AS weight_reason,
       coalesce(k.required_level, c.minimum) AS required_level, coalesce(k.gate, c.kind = 'gate') AS gate,
       coalesce(k.learnable, c.learnable) AS learnable,
       coalesce(k.assessed_by, ARRAY['interview']::varchar[]) AS assessed_by
FROM competence c JOIN domain d ON d.id = c.domain
LEFT JOIN profile_criterion k ON k.competence = c.id AND k.profile = {}
WHERE c.version = {} ORDER BY d.position, c.position
"""


async def choices(profile_id: int, version_id: int) -> list[ChoiceRow]:
    """Return what a framework version holds, with what a profile (0: a new one) asks of it."""
    return [ChoiceRow(**row) for row in await RoleProfile.raw(_CHOICES, profile_id, version_id)]


async def was_there(title: str) -> bool:
    """Return whether there is, or ever was, a role profile of this title; a renamed one counts."""
    rows = await RoleProfile.raw(
        "SELECT 1 FROM role_profile WHERE title = {} UNION ALL"
        " SELECT 1 FROM audit_entry WHERE event = 'role-profile.created' AND details ->> 'title' = {} LIMIT 1",
        title, title,
    )  # fmt: skip
    return bool(rows)


def stamp_of(profile: ProfileRow, rows: list[ChoiceRow]) -> str:
    """Return what a form of this profile shows, digested."""
    return stamp(profile.title, profile.purpose, [row for row in rows if row.wanted])


async def versions() -> list[tuple[int, str]]:
    """Return (id, words) of the published framework versions, newest first."""
    rows = await RoleProfile.raw(
        "SELECT v.id, f.title, v.number FROM framework_version v JOIN framework f ON f.id = v.framework"
        " WHERE v.state = 'published' ORDER BY lower(f.title), v.number DESC"
    )
    return [
        (row["id"], _("%(title)s, version %(number)s", title=row["title"], number=row["number"]))
        for row in rows
    ]


async def profiles_on(version_id: int) -> list[ProfileRow]:
    """Return the role profiles that take their competences from a framework version."""
    return [row for row in await profiles() if row.version_id == version_id]


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A competence that a role asks for. It is the same one in each version of its framework."""

    profile_id: int
    competence_id: int
    version_id: int
    framework_id: int
    framework_key: str
    code: str
    name: str
    domain_code: str
    domain: str
    kind: str
    required_level: int
    gate: bool
    learnable: bool


_ASKED = """
SELECT k.profile AS profile_id, c.id AS competence_id, v.id AS version_id, v.framework AS framework_id,
       f.key AS framework_key, c.code, c.name, d.code AS domain_code, d.name AS domain, c.kind, k.required_level, k.gate, k.learnable
FROM profile_criterion k JOIN competence c ON c.id = k.competence JOIN domain d ON d.id = c.domain
JOIN framework_version v ON v.id = c.version JOIN framework f ON f.id = v.framework
WHERE k.profile = ANY({}::int[]) ORDER BY k.profile, d.position, c.position, c.code
"""


async def asked_by(profile_ids: Collection[int]) -> list[AskedRow]:
    """Return what these role profiles ask for, each in the order of its framework."""
    if not profile_ids:
        return []
    return [AskedRow(**row) for row in await RoleProfile.raw(_ASKED, sorted(profile_ids))]
