"""Writes of frameworks: what comes with the package, the life of a version, the words of a draft."""

from competences.frameworks.commands.drafts import (
    remove_competence,
    remove_domain,
    save_competence,
    save_domain,
    set_note,
)
from competences.frameworks.commands.starters import add_starters
from competences.frameworks.commands.versions import create_version, delete_draft, publish, retire

__all__ = [
    "add_starters",
    "create_version",
    "delete_draft",
    "publish",
    "remove_competence",
    "remove_domain",
    "retire",
    "save_competence",
    "save_domain",
    "set_note",
]
