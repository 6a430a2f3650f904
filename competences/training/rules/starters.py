"""The courses, and what lone work asks for, as they come with the package."""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parents[1] / "content"
#: The framework whose competences the courses build.
FRAMEWORK = "exit-worker"
#: Files, each after those of the courses that come first.
STARTERS = (
    "t01", "t02", "t03", "t04", "t06", "t05", "t07", "t08", "t09", "t10", "t11", "t12", "t13", "t14", "t15", "t16",
    "t17",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class StarterLevel:
    """The level of a competence, by its code, that a course is to reach, and what shows it."""

    competence: str
    level: int
    criteria: str


@dataclass(frozen=True, slots=True)
class StarterRequirement:
    """A role, by its title, that has to have a course."""

    profile: str
    deadline_days: int
    before_lone_work: bool


@dataclass(frozen=True, slots=True)
class StarterCourse:
    """A course that comes with the package; `prerequisites` are codes of others."""

    code: str
    title: str
    aims: str
    outline: tuple[str, ...]
    hours: Decimal
    refresh_months: int | None
    moderated: bool
    assessed_by: tuple[str, ...]
    capacity: int
    prerequisites: tuple[str, ...]
    levels: tuple[StarterLevel, ...]
    required_by: tuple[StarterRequirement, ...]


def starter(name: str) -> StarterCourse:
    """Return one of STARTERS."""
    body: dict[str, Any] = tomllib.loads((CONTENT / f"{name}.toml").read_text(encoding="utf-8"))
    texts: dict[str, Any] = {key: body[key] for key in ("code", "title", "aims", "moderated", "capacity")}
    lists: dict[str, Any] = {key: tuple(body[key]) for key in ("outline", "assessed_by", "prerequisites")}
    return StarterCourse(
        **texts,
        **lists,
        hours=Decimal(body["hours"]),
        refresh_months=body.get("refresh_months"),
        levels=tuple(StarterLevel(**row) for row in body.get("levels", ())),
        required_by=tuple(StarterRequirement(**row) for row in body.get("required_by", ())),
    )


def lone_work() -> dict[str, dict[str, int]]:
    """Return the level of each competence, by code, that a role asks for before lone work, by its title."""
    body = tomllib.loads((CONTENT / "lone_work.toml").read_text(encoding="utf-8"))
    return {row["profile"]: dict(row["needs"]) for row in body["profiles"]}
