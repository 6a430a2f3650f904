"""How close the members' levels lie, said plainly: shares of pairs, and spread against chance."""

import math
from collections.abc import Sequence
from itertools import combinations
from statistics import variance

from competences.scoring.additive import Numbers
from competences.scoring.undefined import Undefined
from competences.text import _


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
