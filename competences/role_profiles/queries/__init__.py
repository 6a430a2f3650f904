"""Reads of role profiles: what a role asks for, and who works in it."""

from competences.role_profiles.queries.holders import RoleRow, role_of, roles_held, roles_of, roles_until_now
from competences.role_profiles.queries.profiles import (
    AskedRow,
    ChoiceRow,
    ProfileRow,
    asked_by,
    choices,
    profile,
    profiles,
    profiles_on,
    stamp_of,
    versions,
    was_there,
)

__all__ = [
    "AskedRow",
    "ChoiceRow",
    "ProfileRow",
    "RoleRow",
    "asked_by",
    "choices",
    "profile",
    "profiles",
    "profiles_on",
    "role_of",
    "roles_held",
    "roles_of",
    "roles_until_now",
    "stamp_of",
    "versions",
    "was_there",
]
