"""How often the intervals hold the truth: panels simulated from a known truth, as real as levels 1 to 5 are.

A candidate has a true ability, a member a strictness, a criterion a difficulty; how a member sees a candidate,
and every single judgement, is chance. Levels are rounded to 1..5. The truth of a candidate's level is what these
members would give on average over chance; the truth of an ICC is that of the simulated population.
"""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from competences.scoring.agreement import icc
from competences.scoring.alpha import krippendorff
from competences.scoring.ranking import ranking
from competences.scoring.undefined import Undefined

PANELS, CONFIDENCE, CRITERIA = 1000, 0.9, 8
ABILITY, STRICTNESS, DIFFICULTY, STRENGTH, VIEW, JUDGEMENT = 0.55, 0.25, 0.3, 0.45, 0.3, 0.5
_erf = np.vectorize(math.erf)


@dataclass
class Panel:
    """Levels by candidate and member (means over criteria), and the true level of each candidate."""

    matrix: np.ndarray
    truth: np.ndarray


def panels(
    members: int, candidates: int, seed: int = 7, *, count: int = PANELS, apart: float = 1.0
) -> Iterator[Panel]:
    random = np.random.default_rng(seed)
    noise = math.hypot(VIEW, JUDGEMENT)
    for _panel in range(count):
        base = (
            3.2
            + random.normal(0, apart * ABILITY, (candidates, 1, 1))
            - random.normal(0, STRICTNESS, (1, members, 1))
            - random.normal(0, DIFFICULTY, (1, 1, CRITERIA))
            + random.normal(0, apart * STRENGTH, (candidates, 1, CRITERIA))
        )
        seen = base + random.normal(0, VIEW, (candidates, members, 1))
        judged = seen + random.normal(0, JUDGEMENT, (candidates, members, CRITERIA))
        levels = np.clip(np.rint(judged), 1, 5)
        expected = 1 + sum(_above(base, step, noise) for step in (1.5, 2.5, 3.5, 4.5))
        yield Panel(levels.mean(axis=2), expected.mean(axis=(1, 2)))


def _above(base: np.ndarray, step: float, noise: float) -> np.ndarray:
    return (1 + _erf((base - step) / (noise * math.sqrt(2)))) / 2


def population(members: int = 40, candidates: int = 4000) -> dict[str, float]:
    """The coefficients of so many candidates and members that chance does not matter."""
    matrix = next(panels(members, candidates, seed=1, count=1)).matrix
    forms = icc(matrix)
    return {
        "A,1": forms["A,1"].value,
        "C,1": forms["C,1"].value,
        "alpha": krippendorff(matrix, "interval", replicates=2).value,
    }


def coverage(members: int, candidates: int) -> dict[str, float]:
    """Return the share of panels in which each 90 % interval holds the truth."""
    true, held, asked = population(), Counter(), Counter()
    for panel in panels(members, candidates):
        found = ranking(panel.matrix, confidence=CONFIDENCE, draws=1000)
        order = (-panel.truth).argsort().argsort() + 1
        for place, truth, rank in zip(found.places, panel.truth, order, strict=True):
            count(held, asked, "level", place.wide[0] <= truth <= place.wide[1])
            count(held, asked, "rank", place.rank_low <= rank <= place.rank_high)
        forms = icc(panel.matrix, CONFIDENCE)
        for form in ("A,1", "C,1"):
            count(held, asked, form, forms[form].low <= true[form] <= forms[form].high)
        try:
            alpha = krippendorff(panel.matrix, "interval", CONFIDENCE, replicates=400)
            count(held, asked, "alpha", alpha.low <= true["alpha"] <= alpha.high)
        except Undefined:
            pass
    return {name: held[name] / asked[name] for name in asked}


def false_groups(members: int, candidates: int) -> float:
    """Return the share of panels of candidates who do not differ at all that are told apart all the same."""
    found = (
        ranking(panel.matrix, confidence=CONFIDENCE, draws=100)
        for panel in panels(members, candidates, apart=0)
    )
    return sum(len(one.groups) > 1 for one in found) / PANELS


def count(held: Counter, asked: Counter, name: str, hit: bool) -> None:
    held[name] += bool(hit)
    asked[name] += 1
