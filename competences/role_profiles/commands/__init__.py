"""Writes of role profiles: what a role asks for, and who works in it."""

from competences.role_profiles.commands.holders import assign_role, end_role
from competences.role_profiles.commands.profiles import (
    add_starters,
    change_profile,
    create_profile,
    set_retired,
)

__all__ = ["add_starters", "assign_role", "change_profile", "create_profile", "end_role", "set_retired"]
