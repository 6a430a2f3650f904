"""Agreement beyond chance on a declared scale: Cohen's weighted kappa, Fleiss, Conger, Light, Gwet."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean

import numpy as np

from competences.scoring.additive import Numbers
from competences.scoring.agreement import Interval, complete
from competences.scoring.distributions import t_quantile
from competences.scoring.undefined import Undefined
from competences.text import _

WEIGHTINGS = ("identity", "linear", "quadratic")


def agreement_weights(categories: Numbers, weighting: str) -> Numbers:
    """Return how much two categories agree, 0 to 1, over the whole width of the scale.

    Args:
        categories: Levels in order, shape (q,), q >= 2.
        weighting: identity, linear or quadratic.

    Raises:
        Undefined: a scale of a single level.

    Source:
        Cohen (1968), Psychological Bulletin 70(4); Gwet (2014), Handbook of Inter-Rater Reliability, ch. 3.
    """
    if weighting not in WEIGHTINGS:
        raise ValueError(f"no such weighting: {weighting}")
    if len(categories) < 2:
        raise Undefined(_("All levels are the same, so there is nothing to compare."))
    if weighting == "identity":
        return np.eye(len(categories))
    apart = np.abs(categories[:, None] - categories[None, :]) / (categories.max() - categories.min())
    result: Numbers = 1 - (apart if weighting == "linear" else apart**2)
    return result


def _counted(matrix: Numbers, categories: Sequence[float]) -> tuple[Numbers, Numbers]:
    """Return the categories, those that were used beside the declared ones included, and counts by row."""
    rounded = np.round(matrix, 9)
    scale = np.union1d(np.round(np.asarray(categories, dtype=np.float64), 9), rounded[~np.isnan(rounded)])
    return scale, (rounded[:, :, None] == scale).sum(axis=1).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Gwet(Interval):
    """AC1 or AC2 with what it comes from: observed and chance agreement."""

    observed: float
    chance: float


def ac2(matrix: Numbers, categories: Sequence[float], weighting: str, confidence: float = 0.95) -> Gwet:
    """Return Gwet's AC2; with identity weights it is AC1.

    Args:
        matrix: Levels, shape (candidates, members), NaN where a member did not score.
        categories: The declared scale; levels between its steps count as categories of their own.
        weighting: identity, linear or quadratic.
        confidence: Of the t interval over candidates.

    Raises:
        Undefined: no candidate was scored by two members, fewer than two candidates, or one level in all.

    Source:
        Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed., ch. 5 and 6.
    """
    scale, counts = _counted(matrix[~np.isnan(matrix).all(axis=1)], categories)
    n, q = counts.shape
    sizes = counts.sum(axis=1)
    paired = sizes > 1
    if not paired.any():
        raise Undefined(_("No candidate was scored by two members."))
    if n < 2:
        raise Undefined(_("It takes two candidates whom two members both scored to compare the members."))
    if np.count_nonzero(counts.any(axis=0)) < 2:
        raise Undefined(_("All levels are the same, so there is nothing to compare."))
    weights = agreement_weights(scale, weighting)
    pairs = np.where(paired, sizes * (sizes - 1), 1)
    each = np.where(paired, (counts * (counts @ weights - 1)).sum(axis=1) / pairs, 0.0)
    observed = float(each.sum() / paired.sum())
    shares = counts / sizes[:, None]
    common = shares.mean(axis=0)
    factor = float(weights.sum()) / (q * (q - 1))
    chance = factor * float((common * (1 - common)).sum())
    value = (observed - chance) / (1 - chance)
    by_row = n / paired.sum() * (each - chance * paired) / (1 - chance)
    by_row = by_row - 2 * (1 - value) * (factor * (shares * (1 - common)).sum(axis=1) - chance) / (1 - chance)
    # Two members who scored everybody: the form for contingency tables, which divides by n (ch. 5).
    divisor = n * n if matrix.shape[1] == 2 and paired.all() else n * (n - 1)
    error = math.sqrt(float(((by_row - value) ** 2).sum()) / divisor)
    half = t_quantile(0.5 + confidence / 2, n - 1) * error
    return Gwet(value, value - half, min(1.0, value + half), observed, chance)


def weighted_kappa(
    one: Sequence[float], other: Sequence[float], categories: Sequence[float], weighting: str
) -> float:
    """Return Cohen's weighted kappa of two members.

    Args:
        one, other: Their levels of the same candidates, shape (n,), NaN where one did not score.
        categories: The declared scale.
        weighting: identity, linear or quadratic.

    Raises:
        Undefined: no candidate was scored by both, or both gave everybody one and the same level.

    Source:
        Cohen (1968), Psychological Bulletin 70(4).
    """
    both = complete(np.column_stack((one, other)).astype(np.float64))
    if not len(both):
        raise Undefined(_("No candidate was scored by two members."))
    scale, _counts = _counted(both, categories)
    weights = agreement_weights(scale, weighting)
    places = np.searchsorted(scale, np.round(both, 9))
    observed = float(weights[places[:, 0], places[:, 1]].mean())
    first, second = (np.bincount(places[:, side], minlength=len(scale)) / len(both) for side in (0, 1))
    chance = float(first @ weights @ second)
    if 1 - chance < 1e-12:
        raise Undefined(_("All levels are the same, so there is nothing to compare."))
    return (observed - chance) / (1 - chance)


def light(matrix: Numbers, categories: Sequence[float], weighting: str = "identity") -> float:
    """Return Light's kappa: the mean of Cohen's over all pairs of members.

    Args:
        matrix: Levels, shape (candidates, members), NaN where a member did not score.
        categories, weighting: As for weighted_kappa.

    Raises:
        Undefined: fewer than two members, or a pair whose kappa is undefined.

    Source:
        Light (1971), Psychological Bulletin 76(5).
    """
    pairs = list(combinations(matrix.T, 2))
    if not pairs:
        raise Undefined(_("No candidate was scored by two members."))
    return fmean(weighted_kappa(one, other, categories, weighting) for one, other in pairs)


@dataclass(frozen=True, slots=True)
class Fleiss:
    """Fleiss' kappa, its z against no agreement, and both for each category in the order of the scale.

    A category that nobody used has None for both.
    """

    value: float
    z: float
    categories: tuple[float | None, ...]
    category_z: tuple[float | None, ...]


def fleiss(matrix: Numbers, categories: Sequence[float]) -> Fleiss:
    """Return Fleiss' kappa of the candidates whom every member scored.

    Args:
        matrix: Levels, shape (candidates, members); rows with a NaN are left out.
        categories: The declared scale; levels between its steps count as categories of their own.

    Raises:
        Undefined: no complete row of two members, or all levels are the same.

    Source:
        Fleiss (1971), Psychological Bulletin 76(5); standard errors: Fleiss, Nee & Landis (1979), 86(5).
    """
    counts, m, shares = _complete_counts(matrix, categories)
    n = len(counts)
    spread = shares * (1 - shares)
    whole = float(spread.sum())
    if whole < 1e-12:
        raise Undefined(_("All levels are the same, so there is nothing to compare."))
    apart = (counts * (m - counts)).sum(axis=0) / (n * m * (m - 1))
    value = 1 - float(apart.sum()) / whole
    pairs = 2 / (n * m * (m - 1))
    error = math.sqrt(pairs * (whole**2 - float((spread * (1 - 2 * shares)).sum()))) / whole
    each = [
        1 - gap / width if width else None for gap, width in zip(apart.tolist(), spread.tolist(), strict=True)
    ]
    scores = [None if kappa is None else kappa / math.sqrt(pairs) for kappa in each]
    return Fleiss(value, value / error, tuple(each), tuple(scores))


def _complete_counts(matrix: Numbers, categories: Sequence[float]) -> tuple[Numbers, int, Numbers]:
    rows = complete(matrix)
    if not len(rows) or rows.shape[1] < 2:
        raise Undefined(_("No candidate was scored by two members."))
    counts = _counted(rows, categories)[1]
    m = rows.shape[1]
    return counts, m, counts.sum(axis=0) / (len(rows) * m)


def conger(matrix: Numbers, categories: Sequence[float]) -> float:
    """Return Conger's exact kappa, which lets each member have their own habits.

    Args:
        matrix, categories: As for fleiss.

    Raises:
        Undefined: as fleiss.

    Source:
        Conger (1980), Psychological Bulletin 88(2).
    """
    counts, m, shares = _complete_counts(matrix, categories)
    scale = _counted(complete(matrix), categories)[0]
    habits = (np.round(complete(matrix), 9)[:, :, None] == scale).mean(axis=0)
    observed = float((counts * (counts - 1)).sum()) / (len(counts) * m * (m - 1))
    chance = float((shares**2).sum() - habits.var(axis=0, ddof=1).sum() / m)
    if 1 - chance < 1e-12:
        raise Undefined(_("All levels are the same, so there is nothing to compare."))
    return (observed - chance) / (1 - chance)
