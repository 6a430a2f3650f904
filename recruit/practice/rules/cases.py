"""The written cases that come with the package, and the levels that their authors gave."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parents[1] / "content"
VIGNETTES = ("windle", "hale", "ashgrove")


@dataclass(frozen=True, slots=True)
class Passage:
    """Part of an answer as it was said; an aside is what was noted about the room."""

    text: str
    aside: bool


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question of the panel and the answer to it, by paragraph."""

    question: str
    answer: tuple[tuple[Passage, ...], ...]


@dataclass(frozen=True, slots=True)
class Case:
    """What everybody may read before scoring: nothing in here says what the authors think."""

    key: str
    title: str
    about: str
    exchanges: tuple[Exchange, ...]

    @property
    def words(self) -> int:
        """How long it is to read."""
        parts = [self.about]
        for exchange in self.exchanges:
            parts.append(exchange.question)
            parts += [passage.text for paragraph in exchange.answer for passage in paragraph]
        return len(" ".join(parts).split())


@dataclass(frozen=True, slots=True)
class Expected:
    """The level that the authors gave for one competence, or None where they saw no evidence."""

    level: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Vignette:
    """A case with its authors' levels by competence code."""

    case: Case
    expected: Mapping[str, Expected]


@cache
def vignette(key: str) -> Vignette:
    """Return one of VIGNETTES."""
    body = tomllib.loads((CONTENT / f"{key}.toml").read_text(encoding="utf-8"))
    exchanges = tuple(_exchange(entry) for entry in body["answers"])
    expected = {entry["code"]: Expected(entry.get("level"), entry["reason"]) for entry in body["levels"]}
    return Vignette(Case(key, body["title"], body["about"], exchanges), expected)


def _exchange(entry: dict[str, Any]) -> Exchange:
    paragraphs = entry["answer"].strip().split("\n\n")
    return Exchange(entry["question"], tuple(_paragraph(text) for text in paragraphs))


def _paragraph(text: str) -> tuple[Passage, ...]:
    """Return the passages of a paragraph; the files set asides between asterisks."""
    parts = enumerate(text.split("*"))
    return tuple(Passage(part.strip(), bool(place % 2)) for place, part in parts if part.strip())
