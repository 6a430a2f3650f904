"""How ratings become a level for a domain or overall, and how much of it they cover."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Level:
    """A weighted mean and what share of the weights it rests on.

    `value` is on the scale 1..5, or None when nothing was rated. `rated` of `asked` criteria count.
    """

    value: float | None
    rated: int
    asked: int


def weighted_level(ratings: Iterable[tuple[int | float | None, float]]) -> Level:
    """Return the mean of (level or None, weight) pairs over those that were rated.

    A missing level is left out with its weight: it lowers the coverage, never the level.

    Args:
        ratings: One pair per criterion; level on 1..5 or None, weight > 0.

    Source:
        Unit weights unless justified: Dawes (1979), Am. Psychologist 34(7); mechanical combination:
        Kuncel et al. (2013), J. Appl. Psychol. 98(6).
    """
    pairs = list(ratings)
    rated = [(level, weight) for level, weight in pairs if level is not None]
    total = sum(weight for _level, weight in rated)
    value = sum(level * weight for level, weight in rated) / total if total else None
    return Level(value, len(rated), len(pairs))


def spread(levels: Sequence[int | None]) -> int:
    """Return how many levels lie between the lowest and the highest rating; 0 below two ratings."""
    rated = [level for level in levels if level is not None]
    return max(rated) - min(rated) if len(rated) > 1 else 0


def mean(levels: Iterable[float | None]) -> float | None:
    """Return the plain mean of those that are not None, or None."""
    rated = [level for level in levels if level is not None]
    return sum(rated) / len(rated) if rated else None


def unanimous(levels: Sequence[int | None]) -> int | None:
    """Return the level that all of two or more members gave; None when one differs or gave none."""
    if len(levels) < 2 or None in levels or len(set(levels)) > 1:
        return None
    return levels[0]
