"""What a panel's scores can bear: agreement, where differences come from, what another panel would bring."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from competences.scoring.analysis import Analysis, Sources, analyse
from competences.scoring.ranking import Weighed, order_of, other_weights, without_each
from competences.scoring.ratings import Ratings
from competences.scoring.scale import LEVELS
from competences.scoring.undefined import Undefined
from competences.scoring.variance import Reliability, reliability
from competences.scoring.verdict import Finding, judged
from competences.text import _
from recruit.comparison.rules import Standing
from recruit.comparison.rules.certainty import levels_by_member

CONFIDENCE = 0.9


@dataclass(frozen=True, slots=True)
class Share:
    """One source of differences: its part of the whole, 0 to 1, and what it means."""

    effect: str
    name: str
    part: float
    meaning: str


@dataclass(frozen=True, slots=True)
class Prospect:
    """A panel of so many members and criteria, and what it would reach."""

    name: str
    members: int
    criteria: int
    reached: Reliability


@dataclass(frozen=True, slots=True)
class Order:
    """One applicant's level and rank, raw, adjusted and without each member in turn.

    `level` as scored; `evened` with strictness evened out by the additive model; `fair` by the many-facet
    Rasch model, on the same scale; None where it is not defined. `without` has a rank for each member or None.
    """

    application_id: int
    name: str
    level: float
    evened: float | None
    fair: float | None
    rank: int
    without: tuple[int | None, ...]
    weights: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Quality:
    """Everything that the page shows."""

    applicants: int
    analysis: Analysis
    shares: list[Share]
    prospects: list[Prospect]
    orders: Finding[list[Order]]
    weighed: Weighed | None


def quality(standings: Sequence[Standing]) -> Quality:
    """Return what the scores of a panel can bear.

    Args:
        standings: Everybody whom the panel met, with the voices of all members.
    """
    rated = [row for row in standings if row.overall.value is not None]
    ratings = _ratings(rated)
    weights = {str(row.asked.id): row.asked.weight for row in (rated[0].criteria if rated else ())}
    found = analyse(
        ratings,
        LEVELS[0],
        LEVELS[-1],
        confidence=CONFIDENCE,
        weights=weights if set(ratings.items) <= set(weights) else None,
    )
    sources = found.variance.shown
    weighed = _weighed(rated)
    return Quality(
        len(rated),
        found,
        shares(sources) if sources else [],
        prospects(sources, ratings) if sources else [],
        judged(len(rated), lambda: _orders(rated, found, weighed)),
        weighed,
    )


def _ratings(rated: Sequence[Standing]) -> Ratings:
    return Ratings.of(
        (str(row.application_id), str(seat), str(scored.asked.id), level)
        for row in rated
        for scored in row.criteria
        for seat, level in enumerate(scored.levels)
        if level is not None
    )


def shares(sources: Sources) -> list[Share]:
    """Return where the differences between ratings come from, in the order of the model."""
    names = {
        "subject": (_("Applicants"), _("What the panel is after: applicants differ.")),
        "rater": (_("Strictness of members"), _("Some members give lower levels to everybody.")),
        "item": (_("Criteria"), _("Some criteria are harder than others for everybody.")),
        "subject:rater": (_("Members see applicants differently"), _("One member likes an applicant more than another member does.")),
        "subject:item": (_("Strengths and weaknesses"), _("Applicants are good at different things.")),
        "rater:item": (_("Members read criteria differently"), _("A member is strict on one criterion and mild on another.")),
        "residual": (_("Everything else"), _("Single judgements and chance.")),
    }  # fmt: skip
    return [
        Share(effect, names[effect][0], sources.components.share(effect), names[effect][1])
        for effect in sources.components.variances
    ]


def prospects(sources: Sources, ratings: Ratings) -> list[Prospect]:
    """Return the reliability of this panel, with a member more, and with two criteria more."""
    members, criteria = len(ratings.raters), max(1, len(ratings.items))
    rows = [(_("This panel"), members, criteria), (_("One member more"), members + 1, criteria)]
    if ratings.items:
        rows.append((_("Two criteria more"), members, criteria + 2))
    try:
        return [
            Prospect(name, many, asked, reliability(sources.components, many, asked))
            for name, many, asked in rows
        ]
    except Undefined:
        return []


def _weighed(rated: Sequence[Standing]) -> Weighed | None:
    if not rated or not rated[0].criteria:
        return None
    levels = np.array(
        [[np.nan if scored.level is None else scored.level for scored in row.criteria] for row in rated],
        dtype=np.float64,
    )
    weights = np.array([scored.asked.weight for scored in rated[0].criteria])
    return other_weights(levels, weights)


def _orders(rated: Sequence[Standing], found: Analysis, weighed: Weighed | None) -> list[Order]:
    levels = [row.overall.value or 0.0 for row in rated]
    ranks, others = order_of(levels), without_each(levels_by_member(rated))
    placed = found.ranking.shown
    evened = (
        {name: place.adjusted for name, place in zip(placed.subjects, placed.ranking.places, strict=True)}
        if placed
        else {}
    )
    rasch = found.rasch.shown
    fair = {name: row.fair for name, row in rasch.subjects.items()} if rasch and rasch.converged else {}
    rows = [
        Order(
            row.application_id, row.name, levels[place], evened.get(str(row.application_id)),
            fair.get(str(row.application_id)), ranks[place],
            tuple(None if other is None else other[place] for other in others),
            weighed.ranks[place] if weighed else None,
        )
        for place, row in enumerate(rated)
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row.rank, row.name))
