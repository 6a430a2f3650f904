"""Krippendorff's alpha: agreement of any number of members, levels missing or not, on any kind of scale."""

from dataclasses import dataclass

import numpy as np

from competences.scoring.additive import Numbers
from competences.scoring.agreement import Interval
from competences.scoring.undefined import Undefined
from competences.text import _

METRICS = ("nominal", "ordinal", "interval", "ratio")
SEED = 2011


@dataclass(frozen=True, slots=True)
class _Units:
    """Candidates with two levels or more: how often each has each value, shape (units, values)."""

    counts: Numbers
    values: Numbers
    metric: str


def krippendorff(
    matrix: Numbers, metric: str, confidence: float = 0.95, *, replicates: int = 1000, seed: int = SEED
) -> Interval:
    """Return Krippendorff's alpha with a bootstrap interval.

    The interval comes from drawing candidates again with replacement (percentiles), always with the same
    start; draws without two different levels are left out. With few candidates it holds the truth less often
    than it says.

    Args:
        matrix: Levels, shape (candidates, members), NaN where a member did not score. Candidates with one
            level drop out.
        metric: nominal, ordinal, interval or ratio.
        confidence: Of the interval, between 0 and 1.

    Raises:
        Undefined: no candidate has two levels, or all levels are the same.

    Source:
        Krippendorff (2011), Computing Krippendorff's Alpha-Reliability; percentile bootstrap over units:
        Efron & Tibshirani (1993), ch. 13.
    """
    units = _units(matrix, metric)
    size = len(units.counts)
    drawn = np.random.default_rng(seed).multinomial(size, np.full(size, 1 / size), replicates)
    values = _alphas(units, np.vstack((np.ones(size), drawn)))
    if np.isnan(values[0]):
        raise Undefined(_("All levels are the same, so there is nothing to compare."))
    kept = values[1:][~np.isnan(values[1:])]
    low, high = np.quantile(kept, (0.5 - confidence / 2, 0.5 + confidence / 2))
    # Of few candidates the draws can all miss what the candidates themselves give.
    return Interval(float(values[0]), min(float(low), float(values[0])), max(float(high), float(values[0])))


def _units(matrix: Numbers, metric: str) -> _Units:
    if metric not in METRICS:
        raise ValueError(f"no such metric: {metric}")
    rows = matrix[(~np.isnan(matrix)).sum(axis=1) > 1]
    if not len(rows):
        raise Undefined(_("No candidate was scored by two members."))
    there = ~np.isnan(rows)
    values, place = np.unique(np.round(rows[there], 9), return_inverse=True)
    counts = np.zeros((len(rows), len(values)))
    np.add.at(counts, (np.nonzero(there)[0], place), 1)
    # So that the order of rows does not decide which candidates are drawn.
    return _Units(counts[np.lexsort(counts.T)], values, metric)


def _alphas(units: _Units, weights: Numbers) -> Numbers:
    """Return alpha for each weighting of the candidates, shape (weightings,); NaN where nothing differs."""
    sizes = units.counts.sum(axis=1)
    margins, total = weights @ units.counts, weights @ sizes
    if units.metric == "ordinal":
        observed, expected = _by_ranks(units, weights, margins, total)
    else:
        apart = _distances(units)
        each = ((units.counts @ apart) * units.counts).sum(axis=1) / (sizes - 1)
        observed, expected = weights @ each, ((margins @ apart) * margins).sum(axis=1)
    values: Numbers = 1 - observed * (total - 1) / np.where(expected > 1e-12, expected, np.nan)
    return values


def _by_ranks(units: _Units, weights: Numbers, margins: Numbers, total: Numbers) -> tuple[Numbers, Numbers]:
    """Observed and expected disagreement on an ordinal scale: squared differences of mid-ranks.

    Each weighting has ranks of its own, so its distances cannot be worked out once for all.
    """
    scores = np.cumsum(margins, axis=1) - margins / 2
    sizes = units.counts.sum(axis=1)
    sums, squares = scores @ units.counts.T, scores**2 @ units.counts.T
    observed = (weights * 2 * (sizes * squares - sums**2) / (sizes - 1)).sum(axis=1)
    expected = 2 * (total * (margins * scores**2).sum(axis=1) - (margins * scores).sum(axis=1) ** 2)
    return observed, expected


def _distances(units: _Units) -> Numbers:
    one, other = units.values[:, None], units.values[None, :]
    if units.metric == "nominal":
        return np.asarray(one != other, dtype=np.float64)
    sums = 1 if units.metric == "interval" else np.where(one + other == 0, 1, one + other)
    apart: Numbers = ((one - other) / sums) ** 2
    return apart
