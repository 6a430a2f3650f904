"""Levels of those who took a course, before and about six months after. Nothing of it says what made them change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from statistics import fmean, stdev

from competences.gaps.rules.standing import months_from
from competences.scoring.distributions import t_quantile

#: With fewer people nothing is shown, and no count of fewer.
FEWEST = 5
#: A level after counts when it was given so many months after the course.
FROM_MONTHS, ABOUT_MONTHS, UNTIL_MONTHS = 4, 6, 8
CHANCE = 0.90


@dataclass(frozen=True, slots=True)
class Given:
    """A level, 1..5, and the day on which it was given."""

    level: int
    on: date


def before_and_after(given: Sequence[Given], completed_on: date) -> tuple[int, int] | None:
    """Return somebody's last level before a course and the one nearest to six months after; None without both.

    Args:
        given: Levels of one person in one competence, without those that the outcome of this course gave.
        completed_on: A level of that same day counts as neither.
    """
    since, about, until = (
        months_from(completed_on, months) for months in (FROM_MONTHS, ABOUT_MONTHS, UNTIL_MONTHS)
    )
    earlier = [row for row in given if row.on < completed_on]
    later = [row for row in given if since <= row.on <= until]
    if not earlier or not later:
        return None
    nearest = min(later, key=lambda row: (abs((row.on - about).days), row.on))
    return max(earlier, key=lambda row: row.on).level, nearest.level


@dataclass(frozen=True, slots=True)
class Effect:
    """What happened to the levels of a group. Counts are None where there are fewer than FEWEST.

    `mean` is the mean difference in levels, `low` and `high` its 90 % interval; None where all differences are alike.
    """

    people: int
    risen: int | None
    same: int | None
    fallen: int | None
    mean: float
    low: float | None
    high: float | None


def effect(pairs: Sequence[tuple[int, int]]) -> Effect | None:
    """Return how levels before and after differ; None for fewer than FEWEST people.

    Args:
        pairs: (before, after) for each person, 1..5, shape (n, 2).

    Returns:
        Counts and the mean of the n differences with a t interval, mean ± t(0.95; n-1)·s/√n. Where all people are
        alike neither mean nor counts are given for anybody to read a single level from: then it is None as well.

    Source:
        Paired comparison: Student (1908), Biometrika 6(1).
    """
    if len(pairs) < FEWEST or len(set(pairs)) == 1:
        return None
    differences = [after - before for before, after in pairs]
    mean, spread = fmean(differences), stdev(differences)
    half = t_quantile((1 + CHANCE) / 2, len(pairs) - 1) * spread / sqrt(len(pairs)) if spread else None
    risen, fallen = sum(d > 0 for d in differences), sum(d < 0 for d in differences)
    counts = _shown((risen, len(pairs) - risen - fallen, fallen))
    return Effect(
        len(pairs), *counts, mean, mean - half if half is not None else None,
        mean + half if half is not None else None,
    )  # fmt: skip


def _shown(counts: tuple[int, int, int]) -> tuple[int | None, int | None, int | None]:
    """Hide counts under FEWEST; as the whole is known, a single hidden one would follow from the others."""
    shown = [count if count >= FEWEST else None for count in counts]
    if shown.count(None) == 1:
        return None, None, None
    return shown[0], shown[1], shown[2]
