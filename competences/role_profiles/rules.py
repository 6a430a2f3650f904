"""What a role asks for, as it comes with the package."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

CONTENT = Path(__file__).parent / "content"
STARTERS = ("exit_worker", "mentor", "coordinator", "leader")
ASSESSED_BY = ("application", "interview", "exercise", "references")


@dataclass(frozen=True, slots=True)
class StarterCriterion:
    """One competence, by its code, as a role asks for it."""

    competence: str
    required_level: int
    gate: bool
    learnable: bool
    assessed_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Starter:
    """A role profile that comes with the package."""

    framework: str
    title: str
    purpose: str
    criteria: tuple[StarterCriterion, ...]


def starter(name: str) -> Starter:
    """Return one of STARTERS."""
    body = tomllib.loads((CONTENT / f"{name}.toml").read_text(encoding="utf-8"))
    criteria = tuple(
        StarterCriterion(**{**entry, "assessed_by": tuple(entry["assessed_by"])})
        for entry in body["criteria"]
    )
    return Starter(body["framework"], body["title"], body["purpose"], criteria)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One competence as a role is to ask for it."""

    competence_id: int
    weight: Decimal
    weight_reason: str
    required_level: int
    gate: bool
    learnable: bool
    assessed_by: Sequence[str]


@dataclass(frozen=True, slots=True)
class ProfileDraft:
    """A role profile as somebody typed it."""

    title: str
    purpose: str
    criteria: Sequence[Wanted]
    stamp: str = ""
