"""How sure the order of applicants is: ranges, possible ranks and chances from what the members gave."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from competences.scoring.additive import Numbers
from competences.scoring.aggregate import weighted_level
from competences.scoring.ranking import DRAWS, Place, ranking
from competences.scoring.scale import LEVELS
from competences.scoring.verdict import Finding, judged
from competences.text import _, _n
from recruit.comparison.rules.standings import Gates, Standing

CONFIDENCE = 0.9

# What `make bench` found in 1,000 simulated panels each: how many of 100 ranges held the level, and the rank.
HELD = ((3, 6, 90, 97), (4, 12, 91, 95))  # members, applicants, level, rank


@dataclass(frozen=True, slots=True)
class Range:
    """What the scores say about one applicant; ranges are cut at the ends of the scale.

    `group` counts from 1, the leading one; `chance` is that of being among the first as many as there are posts;
    `adjusted` is the level with the members' strictness evened out.
    """

    likely: tuple[float, float]
    wide: tuple[float, float]
    first: int
    last: int
    chance: float
    group: int
    adjusted: float

    @property
    def tenths(self) -> int:
        """The chance in tenths, 0 to 10."""
        return round(self.chance * 10)


@dataclass(frozen=True, slots=True)
class Certainty:
    """Ranges by application, and this panel's numbers for "How we worked this out".

    `noise` is how far one member's overall level strays from the common view, in levels; `crossed` whether
    every member scored everybody.
    """

    ranges: dict[int, Range]
    posts: int
    noise: float
    df: int
    members: int
    crossed: bool
    draws: int = DRAWS


def certainty(standings: Sequence[Standing], posts: int) -> Finding[Certainty]:
    """Return how sure the order is, with whether it may be shown.

    A member's level for an applicant is their own weighted mean over what they rated.

    Args:
        standings: Everybody whom the panel met; those without any level are left out.
        posts: How many there are to fill, for the chances.
    """
    rated = [row for row in standings if row.overall.value is not None]
    matrix = levels_by_member(rated)
    return judged(len(rated), lambda: _certainty(rated, matrix, posts))


def levels_by_member(standings: Sequence[Standing]) -> Numbers:
    """Return each member's weighted level for each applicant, shape (applicants, members), NaN where none."""
    seats = range(len(standings[0].criteria[0].voices)) if standings and standings[0].criteria else range(0)
    values = [
        [
            weighted_level((scored.levels[seat], scored.asked.weight) for scored in row.criteria).value
            for seat in seats
        ]
        for row in standings
    ]
    return np.array(values, dtype=np.float64).reshape(len(standings), len(seats))


def overall_levels(rated: Sequence[Standing]) -> Numbers:
    """Return the level that the page shows for each applicant, shape (applicants,); all have one."""
    return np.array([row.overall.value for row in rated], dtype=np.float64)


def _certainty(rated: Sequence[Standing], matrix: Numbers, posts: int) -> Certainty:
    found = ranking(matrix, levels=overall_levels(rated), confidence=CONFIDENCE)
    group = {row: number for number, rows in enumerate(found.groups, start=1) for row in rows}
    ranges = {
        standing.application_id: _range(place, posts, group[row])
        for row, (standing, place) in enumerate(zip(rated, found.places, strict=True))
    }
    there = ~np.isnan(matrix)
    members = int(there.any(axis=0).sum())
    return Certainty(ranges, posts, found.noise, found.df, members, bool(there.all()))


def _range(place: Place, posts: int, group: int) -> Range:
    low, high = LEVELS[0], LEVELS[-1]

    def cut(ends: tuple[float, float]) -> tuple[float, float]:
        return max(low, ends[0]), min(high, ends[1])

    chance = place.top[min(posts, len(place.top)) - 1]
    return Range(
        cut(place.likely), cut(place.wide), place.rank_low, place.rank_high, chance, group, place.adjusted
    )


def headline(standings: Sequence[Standing], found: Certainty) -> str:
    """Return what the scores say about the order, in one sentence; those with an unmet gate do not lead it (rule 6).

    Args:
        standings: In the order of the page.
        found: How sure the order is.
    """
    ranked = [row for row in standings if row.application_id in found.ranges and row.gates is not Gates.UNMET]
    groups = [found.ranges[row.application_id].group for row in ranked]
    if len(set(groups)) < 2:
        return (
            _("The scores cannot separate these applicants")
            if len(ranked) == len(standings)
            else _("The scores cannot separate the others")
        )
    leaders = [row.name for row, group in zip(ranked, groups, strict=True) if group == min(groups)]
    match leaders:
        case [one]:
            return _("%(name)s leads, and the scores separate this from the others", name=one)
        case [one, other]:
            return _("%(one)s and %(other)s lead; the scores cannot separate them", one=one, other=other)
        case [one, other, third]:
            return _("%(one)s, %(other)s and %(third)s lead; the scores cannot separate them",
                     one=one, other=other, third=third)  # fmt: skip
    return _n(
        "%(count)s applicant leads",
        "%(count)s applicants lead; the scores cannot separate them",
        len(leaders),
    )
