"""Many-facet Rasch model: candidates, members and criteria on one scale, strictness told from quality."""

from dataclasses import dataclass

import numpy as np

from competences.scoring.rasch.design import Cells, Facet, Subset, identified, subsets, without_extremes
from competences.scoring.rasch.estimation import Estimate, Scale, estimate
from competences.scoring.rasch.measures import Element, elements, fill, place, unknown
from competences.scoring.ratings import Ratings
from competences.scoring.undefined import Undefined
from competences.text import _

__all__ = ["Element", "Rasch", "Subset", "many_facet"]


@dataclass(frozen=True, slots=True)
class Rasch:
    """The model fitted to ratings, or the reason why not.

    Members and criteria that are not extreme are centred at zero. thresholds: logits at which each level from
    `lowest` + 1 to `highest` (the levels in use) begins to overtake the one below; they sum to zero where each
    level is in use, and are None on either side of one that nobody used. connected: whether all candidates and members are linked.
    identified: whether strictness, difficulty and quality can be told apart. subsets: the linked groups.
    why: where `converged` is false, the reason as a sentence; there are then no measures.
    """

    subjects: dict[str, Element]
    raters: dict[str, Element]
    items: dict[str, Element]
    thresholds: tuple[float | None, ...]
    lowest: int
    highest: int
    iterations: int
    converged: bool
    connected: bool
    identified: bool
    subsets: tuple[Subset, ...]
    why: str


def many_facet(ratings: Ratings, lowest: int, highest: int) -> Rasch:
    """Fit log(P(k) / P(k - 1)) = ability - severity - difficulty - threshold(k) by joint maximum likelihood.

    Without correction for bias, as in Facets; standard errors take the other elements as known. Elements with
    nothing but the highest or lowest level take no part and get a conventional measure afterwards.

    Args:
        ratings: Whole levels from lowest to highest; with or without items.
        lowest: The lowest level of the scale.
        highest: The highest level of the scale.

    Raises:
        Undefined: no two levels differ.
        ValueError: a level is off the scale or not whole.

    Source:
        Linacre (1989), Many-Facet Rasch Measurement; thresholds: Andrich (1978), Psychometrika 43(4); fit:
        Wright & Masters (1982), Rating Scale Analysis, ch. 5.
    """
    cells = _cells(ratings, lowest, highest)
    left, dropped = without_extremes(cells)
    groups = subsets(ratings)
    kept, numbers = cells.kept(left).compact()
    apart = bool(left.size) and identified(kept)
    scores, used = np.unique(kept.score if left.size else cells.score, return_inverse=True)
    first, scale = int(scores[0]), None
    steps = (scores - first).astype(float)
    found = estimate(kept, steps, used) if apart and len(groups) == 1 else Estimate(None, 0)
    columns = unknown(cells)
    if found.point is not None:
        scale = found.point.scale(steps)
        fill(columns, Cells(kept.facets, kept.score - first), numbers, found.point, scale)
        place(columns, cells, dropped, scale)
    named = [
        dict(zip(names, elements(facet, column, dropped, scale, lowest + first), strict=True))
        for facet, (names, column) in enumerate(zip(_names(ratings), columns, strict=True))
    ]
    return Rasch(
        subjects=named[0],
        raters=named[1],
        items=named[2] if ratings.items else {},
        thresholds=_thresholds(scale) if scale else (),
        lowest=lowest + first,
        highest=lowest + int(scores[-1]),
        iterations=found.rounds,
        converged=scale is not None,
        connected=len(groups) == 1,
        identified=apart,
        subsets=groups,
        why="" if scale else _why(len(groups), bool(left.size), apart),
    )


def _cells(ratings: Ratings, lowest: int, highest: int) -> Cells:
    score = np.round(ratings.level - lowest).astype(np.intp)
    if (score != ratings.level - lowest).any() or (score < 0).any() or (score > highest - lowest).any():
        raise ValueError(f"levels must be whole numbers from {lowest} to {highest}")
    if np.unique(score).size < 2:
        raise Undefined(_("All levels are equal, so there are no differences to explain."))
    columns = (ratings.subject, ratings.rater, ratings.item)
    names = _names(ratings)
    return Cells(tuple(Facet(column, len(ids)) for column, ids in zip(columns, names, strict=False)), score)


def _names(ratings: Ratings) -> list[tuple[str, ...]]:
    return [names for names in (ratings.subjects, ratings.raters, ratings.items) if names]


def _thresholds(scale: Scale) -> tuple[float | None, ...]:
    found: list[float | None] = []
    for gap, step in zip(np.diff(scale.scores), np.diff(scale.sums), strict=True):
        found += [-float(step)] if gap == 1 else [None] * int(gap)
    return tuple(found)


def _why(groups: int, left: bool, apart: bool) -> str:
    if groups > 1:
        return _(
            "The panel fell into groups that scored no candidate in common, so strictness cannot be told from quality."
        )
    if not left:
        return _(
            "Without those who got or gave nothing but the highest or the lowest level, no differences are left."
        )
    if not apart:
        return _(
            "Too few scores overlap to tell strict members from hard criteria and from weaker candidates."
        )
    return _("The scores follow so regular a pattern that the estimates grow without end.")
