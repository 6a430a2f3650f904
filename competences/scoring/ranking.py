"""How far levels separate people: ranges, possible ranks, chances, groups that cannot be told apart."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from competences.scoring.additive import Additive, Numbers, evened, fitted
from competences.scoring.distributions import t_quantile
from competences.scoring.undefined import Undefined
from competences.text import _

DRAWS = 4000
SEED = 20190
_GRID = np.arange(0.5, 100) / 100  # shares of the true differences in a level, equally likely beforehand


@dataclass(frozen=True, slots=True)
class Place:
    """What the scores say about one candidate.

    mean: the level as given, or the plain mean of the members' levels. adjusted: the same with strictness evened out. se: standard
    error of the level, in levels. likely and wide: ranges around the mean that hold the level 1 time in 2
    and 9 in 10 (or what `confidence` says). rank_low, rank_high: the fewest adjacent ranks that hold at least 9 times in 10, 1 is first.
    top: chance to be among the first k, for k = 1 to the number of candidates.
    """

    mean: float
    adjusted: float
    se: float
    likely: tuple[float, float]
    wide: tuple[float, float]
    rank_low: int
    rank_high: int
    top: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """All candidates, in the order of the matrix; `groups` hold row numbers, the leading group first.

    noise: standard deviation of one member's level around the common view. df: its degrees of freedom.
    """

    places: tuple[Place, ...]
    groups: tuple[tuple[int, ...], ...]
    noise: float
    df: int


def ranking(
    matrix: Numbers,
    *,
    levels: Numbers | None = None,
    confidence: float = 0.9,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Ranking:
    """Return ranges, ranks and chances of each candidate.

    A level is taken as candidate + member + noise, all members judging with the same noise. Ranges of levels
    are t intervals. Ranks and chances come from draws of the posterior with a uniform prior on the share of
    true differences, so extreme levels are drawn towards the middle. The same levels give the same result
    whatever the order of rows and columns; candidates with equal levels get equal chances. A group ends where
    somebody lies further below its first than the largest difference that chance makes between any two.

    Args:
        matrix: Levels, shape (candidates, members), NaN where a member did not score; no empty row.
        levels: What the page calls each candidate's level, where that is no plain mean of the members' levels
            (criteria with weights, of which a member rated some only); shape (candidates,).
        confidence: Of the wide range, the ranks and the groups, between 0 and 1.
        draws: How many times the order is drawn.
        seed: Of the draws.

    Raises:
        Undefined: see additive.fitted.

    Source:
        Interval: Student (1908). Prior and posterior: Christiansen & Morris (1997), J. Am. Stat. Assoc. 92(438).
        Ranks and chances: Goldstein & Spiegelhalter (1996), J. R. Stat. Soc. A 159(3).
        Groups: largest difference of several means, Tukey (1953) and Kramer (1956), Biometrics 12(3).
    """
    fit = fitted(matrix)
    plain = np.nanmean(matrix, axis=1)
    means = plain if levels is None else levels
    fit = replace(fit, levels=fit.levels + means - plain)
    errors = np.sqrt(fit.noise * fit.factors)
    half = t_quantile(0.75, fit.df) * errors
    nine = t_quantile(0.5 + confidence / 2, fit.df) * errors
    chances = _chances(fit, draws, seed)
    first = np.minimum(np.cumsum(chances, axis=1), 1.0)
    first[:, -1] = 1.0  # but for rounding
    spans = [_shortest(row, confidence) for row in first]
    places = tuple(
        Place(
            float(means[row]), float(fit.levels[row]), float(errors[row]),
            (float(means[row] - half[row]), float(means[row] + half[row])),
            (float(means[row] - nine[row]), float(means[row] + nine[row])),
            *spans[row], tuple(first[row].tolist()),
        )
        for row in range(len(means))
    )  # fmt: skip
    return Ranking(places, _groups(fit, confidence), float(np.sqrt(fit.noise)), fit.df)


def _chances(fit: Additive, draws: int, seed: int) -> Numbers:
    """Return how often each candidate has each rank, shape (candidates, ranks)."""
    levels, factors = np.round(fit.levels, 9), np.round(fit.factors, 9)
    order = np.lexsort((factors, -levels))  # so that the draws do not depend on the order of rows
    drawn = _draws(fit, levels[order], factors[order], draws, seed)
    ranked = np.argsort(-drawn, axis=1)
    count = len(levels)
    cells = ranked.astype(np.int64) * count + np.arange(count)
    table = np.bincount(cells.ravel(), minlength=count * count).reshape(count, count) / draws
    alike = np.unique(np.column_stack((levels[order], factors[order])), axis=0, return_inverse=True)[
        1
    ].ravel()
    sums = np.zeros((alike.max() + 1, count))
    np.add.at(sums, alike, table)
    result = np.empty_like(table)
    result[order] = (sums / np.bincount(alike)[:, None])[alike]
    return result


def _shortest(first: Numbers, confidence: float) -> tuple[int, int]:
    """Return the shortest run of ranks that holds as often as asked; of equal ones the likeliest.

    Args:
        first: Chance to be among the first k, for each k.
    """
    below = np.concatenate(([0.0], first))
    ends = np.searchsorted(below, below + confidence - 1e-9)
    starts = np.flatnonzero(ends < len(below))
    lengths = ends[starts] - starts
    shortest = starts[lengths == lengths.min()]
    start = shortest[np.argmax(np.round(below[shortest + lengths.min()] - below[shortest], 9))]
    return int(start) + 1, int(start + lengths.min())


def _draws(fit: Additive, levels: Numbers, factors: Numbers, draws: int, seed: int) -> Numbers:
    """Return levels as they could be, shape (draws, candidates)."""
    random = np.random.default_rng(seed)
    ratio = _GRID / (1 - _GRID) * factors.mean()  # variance of true levels over that of the noise
    weights = 1 / (ratio[:, None] + factors)
    centres = (weights @ levels) / weights.sum(axis=1)
    squares = fit.noise * fit.df + (weights * (levels - centres[:, None]) ** 2).sum(axis=1)
    free = fit.df + len(levels) - 1
    score = 0.5 * np.log(weights).sum(axis=1) - 0.5 * np.log(weights.sum(axis=1)) - free / 2 * np.log(squares)
    odds = np.exp(score - score.max())
    chosen = random.choice(_GRID.size, size=draws, p=odds / odds.sum())
    noise = squares[chosen] / random.chisquare(free, draws)
    centre = centres[chosen] + random.standard_normal(draws) * np.sqrt(noise / weights.sum(axis=1)[chosen])
    kept = ratio[chosen, None] * weights[chosen]  # of a level; the rest is the centre's
    spread = np.sqrt(noise[:, None] * kept * factors)
    normal = random.standard_normal((draws, len(levels)), dtype=np.float32)
    drawn: Numbers = kept * levels + (1 - kept) * centre[:, None] + spread * normal
    return drawn


def _groups(fit: Additive, confidence: float) -> tuple[tuple[int, ...], ...]:
    """Return rows from the best downwards; a group ends where somebody is clearly below its first."""
    levels: list[float] = fit.levels.tolist()
    order = sorted(range(len(levels)), key=lambda row: (-round(levels[row], 9), row))
    sure = largest_difference(len(levels), fit.df, confidence)
    groups: list[list[int]] = []
    for row in order:
        head = groups[-1][0] if groups else None
        if head is None or levels[head] - levels[row] > sure * fit.difference_se(head, row):
            groups.append([])
        groups[-1].append(row)
    return tuple(tuple(group) for group in groups)


def largest_difference(
    count: int, df: int, confidence: float, *, draws: int = DRAWS, seed: int = SEED
) -> float:
    """Return how many standard errors apart chance puts the outermost of `count` equal means, at most so often.

    The studentised range over the root of two, by drawing it, always with the same start.

    Args:
        count: Means, 2 or more.
        df: Degrees of freedom of the noise that they share.
        confidence: Share of draws that lie below, between 0 and 1.

    Source:
        Tukey (1953), The Problem of Multiple Comparisons.
    """
    random = np.random.default_rng(seed)
    normal = random.standard_normal((draws, count))
    ranges = (normal.max(axis=1) - normal.min(axis=1)) / np.sqrt(random.chisquare(df, draws) / df)
    return float(np.quantile(ranges, confidence)) / 2**0.5


def order_of(levels: Sequence[float]) -> list[int]:
    """Return rank 1.. of each level, equal levels sharing the better rank."""
    rounded = [round(level, 9) for level in levels]
    return [1 + sum(other > level for other in rounded) for level in rounded]


def without_each(matrix: Numbers, levels: Sequence[Numbers] | None = None) -> list[list[int] | None]:
    """Return the ranks of all candidates by adjusted level without each member in turn.

    None for a member without whom the rest cannot be compared. Shapes: (members,) of (candidates,).

    Args:
        matrix: Levels, shape (candidates, members), NaN where a member did not score.
        levels: As for `ranking`, but without each member.
    """
    ranks: list[list[int] | None] = []
    for member in range(matrix.shape[1]):
        rest = np.delete(matrix, member, axis=1)
        try:
            ranks.append(adjusted_ranks(rest, levels[member] if levels else None))
        except Undefined:
            ranks.append(None)
    return ranks


def adjusted_ranks(matrix: Numbers, levels: Numbers | None = None) -> list[int]:
    """Return the ranks of all candidates by adjusted level; arguments as for `ranking`.

    Raises:
        Undefined: somebody has no level, or the members share no candidates with each other.
    """
    if np.isnan(matrix).all(axis=1).any():
        raise Undefined(_("Nobody scored one of the candidates."))
    plain = np.nanmean(matrix, axis=1)
    return order_of((evened(matrix) + (plain if levels is None else levels) - plain).tolist())


@dataclass(frozen=True, slots=True)
class Weighed:
    """What other weights would do: the share of draws in which the same candidate leads; ranks 9 times in 10."""

    leader_stays: float
    ranks: tuple[tuple[int, int], ...]


def other_weights(
    levels: Numbers, weights: Numbers, *, factor: float = 1.5, draws: int = 1000, seed: int = SEED
) -> Weighed:
    """Return how the order changes when each weight is drawn between a `factor`-th and `factor` times itself.

    Args:
        levels: Mean level per criterion, shape (candidates, criteria), NaN where nobody rated.
        weights: Of the criteria, > 0.

    Source:
        Weights are judgement; equal ones often do as well: Dawes (1979), Am. Psychologist 34(7).
    """
    random = np.random.default_rng(seed)
    there = ~np.isnan(levels)
    drawn = weights * factor ** random.uniform(-1, 1, (draws, weights.size))
    values = (drawn @ np.where(there, levels, 0.0).T) / (drawn @ there.T)
    usual = (np.where(there, levels, 0.0) @ weights) / (there @ weights)
    leader = int(np.argmax(usual))
    places = np.empty(values.shape)
    ranked = np.argsort(-values, axis=1, kind="stable")
    np.put_along_axis(places, ranked, np.arange(1.0, values.shape[1] + 1)[None, :], axis=1)
    low = np.quantile(places, 0.05, axis=0, method="lower")
    high = np.quantile(places, 0.95, axis=0, method="higher")
    stays = float((values.argmax(axis=1) == leader).mean())
    return Weighed(stays, tuple((int(a), int(b)) for a, b in zip(low, high, strict=True)))
