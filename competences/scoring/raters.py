"""How one member scores, beside the others: strictness, spread, halo, straight lines."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from statistics import fmean, pstdev

# Candidates after which half of a member's deviation is taken as theirs. In admission interviews members'
# strictness made 9 % of the variance and their disagreement about single candidates 40 %: BMC Medical
# Education (2014), validity of the multiple mini interview.
HALF = 40 / 9
STRAIGHT = 4  # criteria that one needs to have rated before equal levels look like a straight line

Row = tuple[str, str, str, float]


@dataclass(frozen=True, slots=True)
class Rater:
    """One member's way of scoring.

    candidates: how many they scored. mean: of all their levels. deviation: levels above (milder) or below
    (stricter) their co-raters on the same candidates and criteria, drawn towards 0 where there were few;
    plain_deviation is the same undrawn; both None where nobody else scored. spread: standard deviation of all
    their levels; others_spread: of the co-raters' on the same. halo: mean standard deviation across the
    criteria of a candidate (small: each candidate got much the same on everything); others_halo likewise; None
    without criteria. straight: candidates who got one and the same level on four criteria or more; long: how
    many were rated on so many.
    """

    candidates: int
    mean: float
    deviation: float | None
    plain_deviation: float | None
    spread: float
    others_spread: float | None
    halo: float | None
    others_halo: float | None
    straight: int
    long: int


def raters(rows: Iterable[Row]) -> dict[str, Rater]:
    """Return each member's way of scoring.

    Args:
        rows: (subject, rater, item, level) of each rating; the level on the scale. Where there are no
            criteria the item is "".

    Source:
        Deviation from co-raters on the same ratees: Wolfe (2004), Psychology Science 46(1). Shrinkage with a known
        ratio of variances: Efron & Morris (1975), J. Am. Stat. Assoc. 70. Halo as the standard deviation across
        dimensions, central tendency as the standard deviation of all: Saal, Downey & Lahey (1980),
        Psychological Bulletin 88(2).
    """
    cells: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for subject, rater, item, level in rows:
        cells[subject, item][rater] = level
    names = sorted({rater for given in cells.values() for rater in given})
    return {name: _one(name, cells) for name in names}


def _one(name: str, cells: dict[tuple[str, str], dict[str, float]]) -> Rater:
    own: dict[str, dict[str, float]] = defaultdict(dict)
    others: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    apart: dict[str, list[float]] = defaultdict(list)
    for (subject, item), given in cells.items():
        if name not in given:
            continue
        own[subject][item] = given[name]
        rest = [level for rater, level in given.items() if rater != name]
        if rest:
            apart[subject].append(given[name] - fmean(rest))
        for rater, level in given.items():
            if rater != name:
                others[rater][subject].append(level)
    levels = [level for items in own.values() for level in items.values()]
    plain = fmean(fmean(gaps) for gaps in apart.values()) if apart else None
    flat = [len(set(items.values())) == 1 for items in own.values() if len(items) >= STRAIGHT]
    return Rater(
        candidates=len(own),
        mean=fmean(levels),
        deviation=None if plain is None else plain * len(apart) / (len(apart) + HALF),
        plain_deviation=plain,
        spread=pstdev(levels),
        others_spread=_mean_or_none(pstdev(chain.from_iterable(given.values())) for given in others.values()),
        halo=_mean_or_none(pstdev(items.values()) for items in own.values() if len(items) > 1),
        others_halo=_mean_or_none(
            pstdev(given) for subjects in others.values() for given in subjects.values() if len(given) > 1
        ),
        straight=sum(flat),
        long=len(flat),
    )


def _mean_or_none(values: Iterable[float]) -> float | None:
    kept = list(values)
    return fmean(kept) if kept else None
