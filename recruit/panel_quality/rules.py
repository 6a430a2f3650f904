"""What a panel's scores can bear: agreement, where differences come from, what another panel would bring."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from competences.scoring.additive import Numbers, evened
from competences.scoring.aggregate import mean, weighted_level
from competences.scoring.analysis import Analysis, Sources, analyse
from competences.scoring.ranking import Weighed, adjusted_ranks, other_weights, without_each
from competences.scoring.ratings import Ratings
from competences.scoring.scale import LEVELS
from competences.scoring.undefined import Undefined
from competences.scoring.variance import Reliability, reliability
from competences.scoring.verdict import Finding, judged
from competences.text import _
from recruit.comparison.rules import Standing
from recruit.comparison.rules.certainty import levels_by_member, overall_levels

CONFIDENCE = 0.95  # what the words for reliability are meant for


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
    members: float
    criteria: int
    reached: Reliability


@dataclass(frozen=True, slots=True)
class Order:
    """One applicant's level and rank, raw, adjusted and without each member in turn.

    `level` as scored; `evened` with strictness evened out by the additive model, which the ranks rest on; `fair` by
    the many-facet Rasch model, on the same scale; None where it is not defined. `without` has a rank for each
    member, None where the rest cannot be compared.
    """

    application_id: int
    name: str
    level: float
    evened: float
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
    prospects: Finding[list[Prospect]]
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
        weights=weights,
    )
    sources = found.variance.shown
    weighed = _weighed(rated)
    return Quality(
        len(rated),
        found,
        shares(sources) if sources else [],
        _prospects(found),
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


def _prospects(found: Analysis) -> Finding[list[Prospect]]:
    """Return the reliability of this panel, with a member more, and with two criteria more.

    Where not everybody scored everybody, a candidate counts with the harmonic mean of members per candidate, and
    strictness, which then differs between candidates, moves the order too.
    """
    if found.variance.value is None:
        return Finding(None, found.variance.verdict, found.variance.why)
    there = ~np.isnan(found.matrix)
    members = round(float(len(there) / (1 / there.sum(axis=1)).sum()), 6)
    return judged(
        len(there), lambda: prospects(found.variance.value, found.ratings, members, bool(there.all()))
    )


def prospects(sources: Sources | None, ratings: Ratings, members: float, crossed: bool) -> list[Prospect]:
    """Return what this panel reaches, with a member more, and with two criteria more.

    Raises:
        Undefined: there are no sources, members had criteria of their own, or the applicants do not differ
            beyond chance.
    """
    if sources is None or sources.components.nested:
        raise Undefined(
            _("Members had criteria of their own, so another panel cannot be worked out from this one.")
        )
    criteria = max(1, len(ratings.items))
    rows = [(_("This panel"), members, criteria), (_("One member more"), members + 1, criteria)]
    if ratings.items:
        rows.append((_("Two criteria more"), members, criteria + 2))
    return [
        Prospect(name, many, asked, reliability(sources.components, many, asked, crossed=crossed))
        for name, many, asked in rows
    ]


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
    """Ranks rest on evened-out levels throughout, so that what moves without a member is due to that member."""
    levels, matrix = overall_levels(rated), levels_by_member(rated)
    ranks = adjusted_ranks(matrix, levels)
    others = without_each(matrix, [_levels_without(rated, seat) for seat in range(matrix.shape[1])])
    even = evened(matrix) + levels - np.nanmean(matrix, axis=1)
    rasch = found.rasch.shown
    fair = {name: row.fair for name, row in rasch.subjects.items()} if rasch else {}
    rows = [
        Order(
            row.application_id, row.name, float(levels[place]), float(even[place]),
            fair.get(str(row.application_id)), ranks[place],
            tuple(None if other is None else other[place] for other in others),
            weighed.ranks[place] if weighed else None,
        )
        for place, row in enumerate(rated)
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row.rank, row.name))


def _levels_without(rated: Sequence[Standing], seat: int) -> Numbers:
    """The overall levels as they would be without one member, NaN where nobody else scored."""
    left = [
        weighted_level(
            (mean(level for other, level in enumerate(scored.levels) if other != seat), scored.asked.weight)
            for scored in row.criteria
        ).value
        for row in rated
    ]
    return np.array([np.nan if level is None else level for level in left], dtype=np.float64)
