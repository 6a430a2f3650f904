"""How far the members of a panel agree: intraclass correlation, Kendall's W, plain shares."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import variance

import numpy as np

from competences.scoring.additive import Numbers
from competences.scoring.distributions import chi_square_survival, f_quantile
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
    members = n * float((rows.mean(axis=0) ** 2).sum())
    left = total - between - members
    left = 0.0 if left < _NOTHING * total else left
    within = max(total - between, left)
    return MeanSquares(
        n, k, between / (n - 1), members / (k - 1), within / (n * (k - 1)), left / ((n - 1) * (k - 1))
    )


def icc(matrix: Numbers, confidence: float = 0.95) -> dict[str, Interval]:
    """Return six intraclass correlations of the candidates whom every member scored.

    "1": members not told apart; "A": absolute agreement, members random; "C": consistency, members fixed.
    ",1": of one member; ",k": of the mean of all.

    Args:
        matrix: Levels, shape (candidates, members), NaN where a member did not score.
        confidence: Of the intervals, between 0 and 1.

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


def _single(between: float, noise: float, k: int, df1: int, df2: int, share: float) -> Interval:
    """The coefficient of one member from a ratio of mean squares, which follows F."""
    if noise == 0:
        return Interval(1.0, 1.0, 1.0)
    ratio = between / noise
    low = ratio / f_quantile(share, df1, df2)
    high = ratio * f_quantile(share, df2, df1)
    return Interval(*((f - 1) / (f + k - 1) for f in (ratio, low, high)))


def _absolute(ms: MeanSquares, share: float) -> Interval:
    """Absolute agreement of one member, its interval by Satterthwaite's degrees of freedom."""
    n, k = ms.n, ms.k
    value = (ms.rows - ms.error) / (ms.rows + (k - 1) * ms.error + k * (ms.columns - ms.error) / n)
    if ms.error == 0 and ms.columns == 0:
        return Interval(1.0, 1.0, 1.0)
    # McGraw & Wong, table 7: a and b weigh the columns' and the error's mean square in the denominator.
    if value >= 1:
        return Interval(1.0, 1.0, 1.0)
    a = k * value / (n * (1 - value))
    b = 1 + k * value * (n - 1) / (n * (1 - value))
    parts = (a * ms.columns) ** 2 / (k - 1) + (b * ms.error) ** 2 / ((n - 1) * (k - 1))
    df = (a * ms.columns + b * ms.error) ** 2 / parts if parts else math.inf
    df = min(max(df, 1.0), 1e7)  # below zero the weights are no variances, and df would vanish
    lower, upper = f_quantile(share, n - 1, df), f_quantile(share, df, n - 1)
    members = k * ms.columns + (k * n - k - n) * ms.error
    low = n * (ms.rows - lower * ms.error) / (lower * members + n * ms.rows)
    high = n * (upper * ms.rows - ms.error) / (members + n * upper * ms.rows)
    return Interval(value, low, high)


def _stepped(single: Interval, k: int) -> Interval:
    return Interval(*(_mean_of(value, k) for value in (single.value, single.low, single.high)))


def _mean_of(value: float, k: int) -> float:
    """Spearman-Brown below zero too, where its pole lies at -1 / (k - 1): the value there has no floor."""
    return k * value / max(1 + (k - 1) * value, 1e-9)


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


@dataclass(frozen=True, slots=True)
class Concordance:
    """Kendall's W, 0 to 1; p: the chance of at least as much agreement between random orders."""

    value: float
    p: float
    chi_square: float
    df: int
    subjects: int
    raters: int


def kendall_w(matrix: Numbers) -> Concordance:
    """Return how far the members' orders of the candidates agree, ties corrected for.

    Args:
        matrix: Levels, shape (candidates, members); rows with a NaN are left out.

    Raises:
        Undefined: fewer than two complete rows or members, or every member gave everybody the same level.

    Source:
        Kendall & Babington Smith (1939), Ann. Math. Stat. 10; ties and chi-square: Siegel & Castellan (1988), ch. 9.
    """
    rows = complete(matrix)
    n, m = rows.shape
    if n < 2 or m < 2:
        raise Undefined(_("It takes two candidates whom two members both scored to compare the members."))
    ranks = np.column_stack([_mid_ranks(column) for column in rows.T])
    ties = sum(float((counts**3 - counts).sum()) for counts in map(_counts, rows.T))
    spread = float(((ranks.sum(axis=1) - m * (n + 1) / 2) ** 2).sum())
    whole = m * m * (n**3 - n) - m * ties
    if whole <= 0:
        raise Undefined(_("Each member gave everybody the same level, so there are no orders to compare."))
    value = min(1.0, 12 * spread / whole)
    chi_square = m * (n - 1) * value
    return Concordance(value, chi_square_survival(chi_square, n - 1), chi_square, n - 1, n, m)


def _counts(column: Numbers) -> Numbers:
    return np.unique(np.round(column, 9), return_counts=True)[1].astype(np.float64)


def _mid_ranks(column: Numbers) -> Numbers:
    _values, place, counts = np.unique(np.round(column, 9), return_inverse=True, return_counts=True)
    ranks: Numbers = np.cumsum(counts) - (counts - 1) / 2
    return ranks[place]


def within_one(matrix: Numbers) -> float:
    """Return the share of pairs of members, over all candidates, who lie no more than one level apart.

    Args:
        matrix: Levels, shape (candidates, members), NaN where a member did not score.

    Raises:
        Undefined: no candidate was scored by two members.
    """
    gaps: list[float] = [
        abs(one - other)
        for row in matrix.tolist()
        for one, other in combinations([level for level in row if not math.isnan(level)], 2)
    ]
    if not gaps:
        raise Undefined(_("No candidate was scored by two members."))
    return sum(gap <= 1 + 1e-9 for gap in gaps) / len(gaps)


def r_wg(ratings: Sequence[int], *, levels: int) -> float:
    """Return a panel's agreement on one competence.

    Args:
        ratings: One level per member, 1..levels, shape (k,), k >= 2. Omit the unrated.
        levels: Size of the scale, 2 or more.

    Returns:
        1.0 identical, 0.0 no better than uniform chance (negatives cut).

    Raises:
        ValueError: fewer than two ratings, or one off the scale.

    Source:
        James, Demaree & Wolf (1984), J. Appl. Psychol. 69(1): 1 - s² / ((A² - 1) / 12).
    """
    if len(ratings) < 2 or not all(1 <= rating <= levels for rating in ratings):
        raise ValueError(f"need two or more ratings in 1..{levels}: {list(ratings)}")
    return max(0.0, 1 - variance(ratings) / ((levels**2 - 1) / 12))
