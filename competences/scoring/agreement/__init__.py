"""How far the members of a panel agree: intraclass correlation, Kendall's W, plain shares."""

from competences.scoring.agreement.closeness import r_wg, within_one
from competences.scoring.agreement.intraclass import (
    Interval,
    MeanSquares,
    complete,
    icc,
    mean_squares,
    raters_needed,
    spearman_brown,
)
from competences.scoring.agreement.orders import Concordance, kendall_w

__all__ = [
    "Concordance",
    "Interval",
    "MeanSquares",
    "complete",
    "icc",
    "kendall_w",
    "mean_squares",
    "r_wg",
    "raters_needed",
    "spearman_brown",
    "within_one",
]
