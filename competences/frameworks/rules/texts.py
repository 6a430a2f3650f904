"""What a framework is made of, read from files or from the database alike."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parents[1] / "content"
STARTERS = ("exit_worker", "leader")


@dataclass(frozen=True, slots=True)
class QuestionText:
    """An interview question: kind is behavioural or situational."""

    kind: str
    text: str
    follow_ups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CompetenceText:
    """One competence with its five anchors, lowest first."""

    code: str
    name: str
    definition: str
    kind: str
    learnable: bool
    minimum: int
    indicators: tuple[str, ...]
    anchors: tuple[str, ...]
    questions: tuple[QuestionText, ...]
    warning_signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DomainText:
    """A domain and its competences in order."""

    code: str
    name: str
    definition: str
    competences: tuple[CompetenceText, ...]


@dataclass(frozen=True, slots=True)
class FrameworkText:
    """A whole framework version as words."""

    key: str
    title: str
    description: str
    domains: tuple[DomainText, ...]


def starter(name: str) -> FrameworkText:
    """Return a framework that comes with the package: one of STARTERS."""
    folder = CONTENT / name
    head = tomllib.loads((folder / "framework.toml").read_text(encoding="utf-8"))
    domains = tuple(_domain(folder, domain) for domain in head["domains"])
    return FrameworkText(head["key"], head["title"], head["description"], domains)


def _domain(folder: Path, head: dict[str, Any]) -> DomainText:
    body = tomllib.loads((folder / head["file"]).read_text(encoding="utf-8"))
    competences = tuple(_competence(entry) for entry in body["competences"])
    return DomainText(head["code"], head["name"], head["definition"], competences)


def _competence(entry: dict[str, Any]) -> CompetenceText:
    questions = tuple(
        QuestionText(question["kind"], question["text"], tuple(question["follow_ups"]))
        for question in entry["questions"]
    )
    lists: dict[str, Any] = {name: tuple(entry[name]) for name in ("indicators", "anchors", "warning_signs")}
    single: dict[str, Any] = {
        name: entry[name] for name in ("code", "name", "definition", "kind", "learnable", "minimum")
    }
    return CompetenceText(**single, **lists, questions=questions)
