"""Writes of courses: what comes with the package, the life of a version, who needs it and who may teach it."""

from competences.training.commands.courses.lone_work_needs import set_lone_work_needs
from competences.training.commands.courses.materials import add_file, add_link, remove_material
from competences.training.commands.courses.requirements import remove_requirement, require_course
from competences.training.commands.courses.starters import add_starters
from competences.training.commands.courses.trainers import add_trainer, remove_trainer
from competences.training.commands.courses.versions import (
    create_course,
    create_version,
    delete_draft,
    publish,
    save_draft,
    set_retired,
)

__all__ = [
    "add_file",
    "add_link",
    "add_starters",
    "add_trainer",
    "create_course",
    "create_version",
    "delete_draft",
    "publish",
    "remove_material",
    "remove_requirement",
    "remove_trainer",
    "require_course",
    "save_draft",
    "set_lone_work_needs",
    "set_retired",
]
