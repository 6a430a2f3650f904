"""One member's own way of scoring over several panels. Names of co-raters never come in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from competences.scoring.raters import Rater, raters
from competences.scoring.verdict import ENOUGH as ENOUGH_FOR_SURE
from competences.scoring.verdict import FEWEST
from competences.text import _
from recruit.scorecards.queries.sealed import OwnComparison

ENOUGH = 10  # candidates below which a tendency is mostly chance
STRICT, FLAT = 0.25, 0.75  # levels; share of the co-raters' spread
ME = "me"


@dataclass(frozen=True, slots=True)
class Campaign:
    """One panel that one scored on; `own` is None where one scored too few there to say anything."""

    vacancy_id: int
    title: str
    revealed_at: datetime
    candidates: int
    own: Rater | None


@dataclass(frozen=True, slots=True)
class Record:
    """Everything together, and each panel; `whole` is None until there is enough to say something."""

    candidates: int
    whole: Rater | None
    campaigns: list[Campaign]

    @property
    def missing(self) -> int:
        """How many candidates there still have to be."""
        return max(0, ENOUGH - self.candidates)


def record(rows: Sequence[OwnComparison]) -> Record:
    """Return one's own scoring; nothing but the count below ten candidates.

    Args:
        rows: One's own levels and those of co-raters on the same applicants, in the order of vacancies.
    """
    candidates = _candidates(rows)
    if candidates < ENOUGH:
        return Record(candidates, None, [])
    panels = [list(group) for _key, group in groupby(rows, key=lambda row: row.vacancy_id)]
    campaigns = [
        Campaign(
            found[0].vacancy_id,
            found[0].title,
            found[0].revealed_at,
            count,
            _own(found) if count >= FEWEST else None,
        )
        for found in panels
        if (count := _candidates(found))
    ]
    return Record(candidates, _own(rows), campaigns)


def _candidates(rows: Sequence[OwnComparison]) -> int:
    return len({row.application_id for row in rows if row.own})


def _own(rows: Iterable[OwnComparison]) -> Rater:
    return raters(
        (str(row.application_id), ME if row.own else str(row.member_id), str(row.criterion_id), row.level)
        for row in rows
    )[ME]


def caution(found: Record) -> str:
    """Return how far the whole can be trusted, or nothing where there is enough."""
    if found.whole is None or found.candidates >= ENOUGH_FOR_SURE:
        return ""
    return _("%(count)s applicants are few: read this as a hint.", count=found.candidates)


def sentences(own: Rater) -> list[str]:
    """Return what stands out, in calm words; differences that are small are not made much of."""
    return [_strictness(own), _spread(own), _halo(own), *_straight(own)]


def _strictness(own: Rater) -> str:
    if own.deviation is None:
        return _("Nobody else scored the same applicants, so strictness cannot be compared.")
    if own.deviation <= -STRICT:
        return _("You tend to give lower levels than your co-raters to the same applicants.")
    if own.deviation >= STRICT:
        return _("You tend to give higher levels than your co-raters to the same applicants.")
    return _("You are about as strict as your co-raters.")


def _spread(own: Rater) -> str:
    if not own.others_spread:
        return _("There is nothing to compare the spread of your levels with.")
    if own.spread < FLAT * own.others_spread:
        return _("You use less of the scale than your co-raters: look whether you avoid its ends.")
    if own.spread > own.others_spread / FLAT:
        return _("You use more of the scale than your co-raters.")
    return _("You use about as much of the scale as your co-raters.")


def _halo(own: Rater) -> str:
    if own.halo is None or not own.others_halo:
        return _("There is nothing to compare your profiles of single applicants with.")
    if own.halo < FLAT * own.others_halo:
        return _(
            "Within one applicant your levels differ less than your co-raters’ do: ask yourself whether one impression colours the others."
        )
    return _("Within one applicant your levels differ about as much as your co-raters’ do, or more.")


def _straight(own: Rater) -> list[str]:
    if not own.straight:
        return []
    return [
        _(
            "%(straight)s of %(long)s applicants got one and the same level from you on everything.",
            straight=own.straight,
            long=own.long,
        )
    ]
