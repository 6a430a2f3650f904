"""Whether the criteria of a scale hang together."""

from dataclasses import dataclass

import numpy as np

from competences.scoring.additive import Numbers
from competences.scoring.undefined import Undefined
from competences.text import _


@dataclass(frozen=True, slots=True)
class Consistency:
    """Internal consistency: Cronbach's alpha raw and standardised, Guttman's lambda 6, mean correlation.

    lambda_6 is None where a criterion follows from the others exactly.
    """

    raw_alpha: float
    standardised_alpha: float
    lambda_6: float | None
    mean_correlation: float


def consistency(scores: Numbers) -> Consistency:
    """Return the internal consistency of a scale.

    Args:
        scores: Shape (candidates, criteria); rows with a NaN are left out.

    Raises:
        Undefined: fewer than two criteria or three complete rows, a criterion on which nobody differs, or
            criteria that cancel each other out.

    Source:
        Cronbach (1951), Psychometrika 16(3); Guttman (1945), Psychometrika 10(4).
    """
    rows = scores[~np.isnan(scores).any(axis=1)]
    k = rows.shape[1]
    if len(rows) < 3 or k < 2:
        raise Undefined(_("It takes two criteria and three candidates rated on both."))
    variances = rows.var(axis=0, ddof=1)
    if (variances < 1e-12).any():
        raise Undefined(_("On one criterion all levels are the same, so it cannot be related to the others."))
    total = float(rows.sum(axis=1).var(ddof=1))
    related = np.asarray(np.corrcoef(rows, rowvar=False), dtype=np.float64)
    mean = float((related.sum() - k) / (k * (k - 1)))
    if total < 1e-12 or 1 + (k - 1) * mean < 1e-12:
        raise Undefined(_("The criteria cancel each other out, so there is no common scale."))
    return Consistency(
        k / (k - 1) * (1 - float(variances.sum()) / total),
        k * mean / (1 + (k - 1) * mean),
        _lambda_6(related),
        mean,
    )


def _lambda_6(related: Numbers) -> float | None:
    if np.linalg.matrix_rank(related) < len(related):
        return None
    unexplained = 1 / np.diag(np.linalg.inv(related))
    return 1 - float(unexplained.sum() / related.sum())
