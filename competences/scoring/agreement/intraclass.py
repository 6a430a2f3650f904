"""How much of the differences between levels lies between the candidates: intraclass correlation."""

import math
from dataclasses import dataclass

import numpy as np

from competences.scoring.additive import Numbers
from competences.scoring.distributions import f_quantile
from competences.scoring.undefined import Undefined
from competences.text import _

_NOTHING = 1e-12  # of the total: what rounding leaves of a sum of squares that is zero


@dataclass(frozen=True, slots=True)
class Interval:
    """A coefficient with the interval that holds it."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class MeanSquares:
    """Two-way analysis of variance of n candidates by k members: squared levels.

    rows: between candidates. columns: between members. within: within candidates. error: what is left.
    """

    n: int
    k: int
    rows: float
    columns: float
    within: float
    error: float


def complete(matrix: Numbers) -> Numbers:
    """Return the rows of the candidates whom every member scored."""
    return matrix[~np.isnan(matrix).any(axis=1)]


def mean_squares(matrix: Numbers) -> MeanSquares:
    """Return the mean squares of the complete rows.

    Args:
        matrix: Levels, shape (candidates, members), NaN where a member did not score.

    Raises:
        Undefined: fewer than two complete rows or members, or no two levels that differ.
    """
    rows = complete(matrix)
    n, k = rows.shape
    if n < 2 or k < 2:
        raise Undefined(_("It takes two candidates whom two members both scored to compare the members."))
    rows = rows - rows.mean()
    total = float((rows**2).sum())
    if total < _NOTHING:
        raise Undefined(_("All levels are the same, so there is nothing to compare."))
    between = k * float((rows.mean(axis=1) ** 2).sum())
    between = 0.0 if between < _NOTHING * total else between
    members = n * float((rows.mean(axis=0) ** 2).sum())
    members = 0.0 if members < _NOTHING * total else members
    left = total - between - members
    left = 0.0 if left < _NOTHING * total else left
    within = max(total - between, left)
    return MeanSquares(
        n, k, between / (n - 1), members / (k - 1), within / (n * (k - 1)), left / ((n - 1) * (k - 1))
    )


def icc(matrix: Numbers, confidence: float = 0.95) -> dict[str, Interval | None]:
    """Return six intraclass correlations of the candidates whom every member scored.

    "1": members not told apart; "A": absolute agreement, members random; "C": consistency, members fixed.
    ",1": of one member; ",k": of the mean of all.

    Args:
        matrix: Levels, shape (candidates, members), NaN where a member did not score.
        confidence: Of the intervals, between 0 and 1.

    Returns:
        By form; None for one that has no value, as candidates differ less than chance alone would make them.
        A lower end that has no bound, since the differences there would be less than none, is -1 or the value,
        whichever is lower.

    Raises:
        Undefined: fewer than two complete rows or members, or no two levels that differ.

    Source:
        McGraw & Wong (1996), Psychological Methods 1(1), with the correction in 1(4); Shrout & Fleiss (1979),
        Psychological Bulletin 86(2).
    """
    ms = mean_squares(matrix)
    share = 0.5 + confidence / 2
    n, k = ms.n, ms.k
    one = _single(ms.rows, ms.within, k, n - 1, n * (k - 1), share)
    consistent = _single(ms.rows, ms.error, k, n - 1, (n - 1) * (k - 1), share)
    absolute = _absolute(ms, share)
    return {
        "1,1": one, "A,1": absolute, "C,1": consistent,
        "1,k": _stepped(one, k), "A,k": _stepped(absolute, k), "C,k": _stepped(consistent, k),
    }  # fmt: skip


def _single(between: float, noise: float, k: int, df1: int, df2: int, share: float) -> Interval | None:
    """The coefficient of one member from a ratio of mean squares, which follows F."""
    if noise == 0:
        return Interval(1.0, 1.0, 1.0) if between else None
    ratio = between / noise
    low = ratio / f_quantile(share, df1, df2)
    high = ratio * f_quantile(share, df2, df1)
    return Interval(*((f - 1) / (f + k - 1) for f in (ratio, low, high)))


def _absolute(ms: MeanSquares, share: float) -> Interval | None:
    """Absolute agreement of one member, its interval by Satterthwaite's degrees of freedom."""
    n, k = ms.n, ms.k
    whole = ms.rows + (k - 1) * ms.error + k * (ms.columns - ms.error) / n
    if whole < _NOTHING:
        return None
    value = (ms.rows - ms.error) / whole
    if ms.error == 0 and ms.columns == 0:
        return Interval(1.0, 1.0, 1.0)
    # McGraw & Wong, table 7: a and b weigh the columns' and the error's mean square in the denominator.
    if value >= 1:
        return Interval(1.0, 1.0, 1.0)
    a = k * value / (n * (1 - value))
    b = 1 + k * value * (n - 1) / (n * (1 - value))
    parts = (a * ms.columns) ** 2 / (k - 1) + (b * ms.error) ** 2 / ((n - 1) * (k - 1))
    df = (a * ms.columns + b * ms.error) ** 2 / parts if parts else math.inf
    df = min(max(df, 0.05), 1e7)  # below zero the weights are no variances, and df could vanish
    lower, upper = f_quantile(share, n - 1, df), f_quantile(share, df, n - 1)
    members = k * ms.columns + (k * n - k - n) * ms.error
    low = n * (ms.rows - lower * ms.error) / (lower * members + n * ms.rows)
    high = n * (upper * ms.rows - ms.error) / (members + n * upper * ms.rows)
    return Interval(value, min(low, value), max(high, value))


def _stepped(single: Interval | None, k: int) -> Interval | None:
    """The mean of k members, by Spearman-Brown, which has no value from its pole at -1 / (k - 1) down."""
    pole = 1e-9 - 1 / (k - 1)
    if single is None or single.value <= pole:
        return None
    value, high = spearman_brown(single.value, k), spearman_brown(single.high, k)
    return Interval(value, spearman_brown(single.low, k) if single.low > pole else min(-1.0, value), high)


def spearman_brown(reliability: float, k: float) -> float:
    """Return the reliability of the mean of k members, each of `reliability`.

    Source:
        Spearman (1910) and Brown (1910), British J. of Psychology 3.
    """
    return k * reliability / (1 + (k - 1) * reliability)


def raters_needed(reliability: float, target: float) -> int:
    """Return how many members it takes to reach a target.

    Args:
        reliability: Of one member, 0 < reliability < 1.
        target: 0 < target < 1.

    Source:
        Spearman-Brown, solved for the length.
    """
    if not 0 < reliability < 1 or not 0 < target < 1:
        raise ValueError(f"need two values between 0 and 1: {reliability}, {target}")
    return max(1, math.ceil(target * (1 - reliability) / (reliability * (1 - target)) - 1e-9))
