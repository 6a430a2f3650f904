"""Whether the members put the candidates in the same order: Kendall's W."""

from dataclasses import dataclass

import numpy as np

from competences.scoring.additive import Numbers
from competences.scoring.agreement.intraclass import complete
from competences.scoring.distributions import chi_square_survival
from competences.scoring.undefined import Undefined
from competences.text import _


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
