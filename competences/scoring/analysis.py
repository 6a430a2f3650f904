"""Everything that a table of ratings can bear, each statistic with its verdict."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from competences.scoring import agreement, alpha, kappa, rasch, variance
from competences.scoring.additive import Numbers
from competences.scoring.agreement import Concordance, Interval
from competences.scoring.alpha import METRICS
from competences.scoring.kappa import WEIGHTINGS
from competences.scoring.ranking import Ranking, ranking
from competences.scoring.rasch import Rasch
from competences.scoring.rasch.design import subsets
from competences.scoring.raters import Rater, raters
from competences.scoring.ratings import Ratings
from competences.scoring.undefined import Undefined
from competences.scoring.variance import Components, Reliability
from competences.scoring.verdict import Finding, Verdict, judged
from competences.text import _

PANELS = range(1, 7)


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the differences between ratings come from, and what a panel of so many members would reach.

    `reliability` is empty where the subjects do not differ by more than chance.
    """

    components: Components
    reliability: dict[int, Reliability]


@dataclass(frozen=True, slots=True)
class Placed:
    """The ranking of those who were rated at all; `subjects` in the order of its places."""

    subjects: tuple[str, ...]
    ranking: Ranking


@dataclass(frozen=True, slots=True)
class Analysis:
    """What `analyse` found. `complete` counts the subjects that every rater scored."""

    ratings: Ratings
    matrix: Numbers
    complete: int
    icc: Finding[dict[str, Interval | None]]
    alpha: Finding[dict[str, Interval]]
    kendall_w: Finding[Concordance]
    ac2: Finding[dict[str, Interval]]
    within_one: Finding[float]
    variance: Finding[Sources]
    rasch: Finding[Rasch]
    raters: Finding[dict[str, Rater]]
    ranking: Finding[Placed]


def analyse(
    ratings: Ratings,
    lowest: int,
    highest: int,
    *,
    confidence: float = 0.95,
    weights: Mapping[str, float] | None = None,
) -> Analysis:
    """Return every statistic of a table of ratings, with whether it may be shown.

    A subject's level by a rater is the mean over items for all but variance, Rasch, the raters and the share
    within one level.

    Args:
        ratings: Levels on the scale lowest..highest.
        confidence: Of all intervals, between 0 and 1.
        weights: Of the items, for these means; none: all alike.
    """
    matrix = ratings.matrix(weights)
    matrix = matrix[:, (~np.isnan(matrix)).any(axis=0)]
    whole = int((~np.isnan(matrix)).all(axis=1).sum())
    shared = int(((~np.isnan(matrix)).sum(axis=1) > 1).sum())
    scale = [float(level) for level in range(lowest, highest + 1)]
    return Analysis(
        ratings,
        matrix,
        whole,
        icc=judged(whole, lambda: agreement.icc(matrix, confidence)),
        alpha=judged(
            shared, lambda: {name: alpha.krippendorff(matrix, name, confidence) for name in METRICS}
        ),
        kendall_w=judged(whole, lambda: agreement.kendall_w(matrix)),
        ac2=judged(shared, lambda: {name: kappa.ac2(matrix, scale, name, confidence) for name in WEIGHTINGS}),
        within_one=judged(shared, lambda: agreement.within_one(ratings.cells())),
        variance=judged(_rated(matrix), lambda: _sources(ratings)),
        rasch=_measured(_rated(matrix), ratings, lowest, highest),
        raters=judged(_rated(matrix), lambda: _raters(ratings)),
        ranking=judged(_rated(matrix), lambda: placed(ratings.subjects, matrix, confidence)),
    )


def _rated(matrix: Numbers) -> int:
    return int((~np.isnan(matrix)).any(axis=1).sum())


def placed(subjects: tuple[str, ...], matrix: Numbers, confidence: float) -> Placed:
    """Rank the subjects that anybody rated."""
    rated = np.flatnonzero((~np.isnan(matrix)).any(axis=1))
    names = tuple(subjects[row] for row in rated)
    return Placed(names, ranking(matrix[rated], confidence=confidence))


def _sources(ratings: Ratings) -> Sources:
    if len(subsets(ratings)) > 1:
        raise Undefined(
            _("The panel fell into groups that scored no candidate in common, so their levels cannot be compared.")
        )  # fmt: skip
    found = variance.components(ratings)
    items = max(1, int(np.unique(ratings.item).size))
    try:
        return Sources(found, {count: variance.reliability(found, count, items) for count in PANELS})
    except Undefined:
        return Sources(found, {})


def _measured(candidates: int, ratings: Ratings, lowest: int, highest: int) -> Finding[Rasch]:
    """Fit the model; one that has no measures keeps what it says of links and extremes."""
    finding = judged(candidates, lambda: rasch.many_facet(ratings, lowest, highest))
    if finding.value and not finding.value.converged:
        return Finding(finding.value, Verdict.UNDEFINED, finding.value.why)
    return finding


def _raters(ratings: Ratings) -> dict[str, Rater]:
    items = ratings.items or ("",)
    if not ratings.level.size:
        raise Undefined(_("There is no rating with a level."))
    return raters(
        (ratings.subjects[subject], ratings.raters[rater], items[item], float(level))
        for subject, rater, item, level in zip(
            ratings.subject, ratings.rater, ratings.item, ratings.level, strict=True
        )
    )
