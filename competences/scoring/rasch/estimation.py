"""Joint maximum likelihood for the many-facet Rasch model, by Newton's method."""

from dataclasses import dataclass

import numpy as np

from competences.scoring.rasch.design import Cells, Facet, information
from competences.scoring.ratings import Indices, Levels

ROUNDS = 100
CLOSE = 1e-8  # logits; a last step below it leaves an error far smaller, as the steps shrink quadratically
GONE = 1e-6  # information; with less, a value is uncertain by a thousand logits: it is on its way to infinity


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """The levels in use, from 0 up, shape (levels,), and the sum of the steps up to each, from 0."""

    scores: Levels
    sums: Levels

    def chances(self, where: Levels) -> Levels:
        """Return the chance of each level at positions in logits, shape (levels, n) for shape (n,)."""
        powers = np.exp(self._logits(where))
        return np.asarray(powers / powers.sum(axis=0))

    def expected(self, where: Levels) -> Levels:
        """Return the expected score at positions in logits."""
        return self.scores @ self.chances(where)

    def spread(self, chances: Levels, expected: Levels) -> Levels:
        """Return the variance of scores with these chances, exact even where it is next to nothing."""
        return np.asarray(((self.scores[:, None] - expected) ** 2 * chances).sum(axis=0))

    def likelihood(self, where: Levels, used: Indices) -> float:
        """Return the log-likelihood of ratings; `used` counts in levels in use."""
        logits = self._logits(where)
        given = logits[used, np.arange(used.size)]
        return float(given.sum() - np.log(np.exp(logits).sum(axis=0)).sum())

    def _logits(self, where: Levels) -> Levels:
        logits = self.scores[:, None] * where + self.sums[:, None]
        return np.asarray(logits - logits.max(axis=0))


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """Values of all parameters. A rating lies at the sum of its elements' values: higher means a higher level."""

    values: tuple[Levels, ...]
    steps: Levels

    def moved(self, step: Levels) -> "Point":
        """Return the point one step on."""
        sizes = np.cumsum([value.size for value in self.values])
        *moves, last = np.split(step, sizes)
        return Point(
            tuple(value + move for value, move in zip(self.values, moves, strict=True)), self.steps + last
        )

    def where(self, facets: tuple[Facet, ...]) -> Levels:
        """Return the position of each rating in logits."""
        return np.asarray(
            sum(value[facet.number] for value, facet in zip(self.values, facets, strict=True)), dtype=float
        )

    def scale(self, scores: Levels) -> Scale:
        """Return the scale with these steps."""
        return Scale(scores, np.concatenate([[0.0], np.cumsum(self.steps)]))

    def centred(self, scores: Levels) -> "Point":
        """Return the same point with steps that sum to zero; the facets that do started so and never left it."""
        slope = self.steps.sum() / scores[-1]
        return Point((self.values[0] + slope, *self.values[1:]), self.steps - np.diff(scores) * slope)


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """Where Newton's method ended: the centred point, None where it ran away."""

    point: Point | None
    rounds: int


def estimate(cells: Cells, scores: Levels, used: Indices) -> Estimate:
    """Find the values at which each element's expected total equals its observed total.

    Args:
        cells: Connected ratings without extreme elements; each element has some.
        scores: Levels in use, from 0 up, shape (levels,).
        used: Each rating's position in `scores`, shape (n,).

    Source:
        Wright & Masters (1982), Rating Scale Analysis, ch. 4 (joint, "unconditional", maximum likelihood);
        Linacre (1989), Many-Facet Rasch Measurement. The steps take all parameters at once.
    """
    point = _start(cells, scores, used)
    best = point.scale(scores).likelihood(point.where(cells.facets), used)
    for rounds in range(1, ROUNDS + 1):
        step = _newton(cells, point, scores, used)
        if step is None:
            return Estimate(None, rounds)
        size = float(np.abs(step).max())
        for _half in range(30):
            moved = point.moved(step)
            reached = moved.scale(scores).likelihood(moved.where(cells.facets), used)
            if reached >= best or size < 1e-4:
                break
            step = step / 2
        point, best = moved, reached
        if size < CLOSE:
            return Estimate(point.centred(scores), rounds)
    return Estimate(None, ROUNDS)


def _start(cells: Cells, scores: Levels, used: Indices) -> Point:
    subjects, *others = cells.facets
    each = subjects.sums(np.ones(used.size)) * scores[-1]
    total = subjects.sums(scores[used])
    counts = np.bincount(used).astype(float)
    return Point(
        (np.log(total / (each - total)) / 2, *(np.zeros(other.size) for other in others)),
        np.diff(np.log(counts)),
    )


def _newton(cells: Cells, point: Point, scores: Levels, used: Indices) -> Levels | None:
    """Return the full step; the subjects, who meet one another only in the rest, are solved for first."""
    subjects, *others = cells.facets
    scale = point.scale(scores)
    chances = scale.chances(point.where(cells.facets))
    expected = scores @ chances
    own, across, rest = information(
        cells, scale.spread(chances, expected), *_covered(chances, expected, scores)
    )
    if own.min() < GONE:
        return None
    residual = scores[used] - expected
    reached = _at_or_above(np.bincount(used).astype(float)) - _at_or_above(chances.sum(axis=1))
    pull = np.concatenate([*(other.sums(residual) for other in others), reached])
    first = subjects.sums(residual)
    weighed = across / own[:, None]
    left = rest - across.T @ weighed
    for free in _free(others, scores):  # what centring decides: filled up, it takes no part in the step
        left += np.outer(free, free) * (np.trace(left) / left.shape[0] / (free @ free))
    try:
        uncertain = np.linalg.inv(left)
    except np.linalg.LinAlgError:
        return None
    if np.abs(uncertain).max() > 1 / GONE:
        return None
    step = uncertain @ (pull - weighed.T @ first)
    return np.concatenate([first / own - weighed @ step, step])


def _covered(chances: Levels, expected: Levels, scores: Levels) -> tuple[Levels, Levels]:
    """Return the covariance of each rating with reaching each step, and of the steps among themselves."""
    beyond = _at_or_above(chances)
    order = np.arange(scores.size - 1)
    both = beyond.sum(axis=1)[np.maximum(order[:, None], order)]
    return _at_or_above(scores[:, None] * chances) - beyond * expected, both - beyond @ beyond.T


def _at_or_above(values: Levels) -> Levels:
    return np.asarray(values[::-1].cumsum(axis=0)[::-1][1:])


def _free(others: list[Facet], scores: Levels) -> list[Levels]:
    parts = [*(np.ones(other.size) for other in others), np.diff(scores)]
    zeros = [np.zeros(part.size) for part in parts]
    return [
        np.concatenate([*zeros[:number], part, *zeros[number + 1 :]]) for number, part in enumerate(parts)
    ]
