"""Applicants under headings: gates first, then the groups that the scores can tell apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from competences.text import _, _n
from recruit.comparison.rules.standings import Gates, Standing, in_order

if TYPE_CHECKING:
    from recruit.comparison.rules.certainty import Certainty


@dataclass(frozen=True, slots=True)
class Band:
    """Rows under one heading; an empty name is no heading."""

    name: str
    rows: list[Standing]


def in_groups(standings: Sequence[Standing], found: "Certainty | None") -> list[Standing]:
    """Return applicants by gates, then group, then level; without `found` by gates and level."""
    return sorted(in_order(standings), key=lambda row: (row.gates, group_of(row, found)))


def group_of(row: Standing, found: "Certainty | None") -> int:
    """Return the group of an applicant whose gates are met; 0 where groups are not told apart.

    A gate that is open comes before any order, so those applicants stand together (rule 6).
    """
    if found is None or found.groups == 1 or row.gates is not Gates.MET:
        return 0
    return found.ranges[row.application_id].group if row.application_id in found.ranges else found.groups + 1


def bands(ordered: Sequence[Standing], found: "Certainty | None") -> list[Band]:
    """Return what `in_groups` ordered, under headings; without gates and groups there is no heading."""
    gated = any(scored.asked.gate for row in ordered[:1] for scored in row.criteria)
    groups = groupby(ordered, key=lambda row: (row.gates, group_of(row, found)))
    return [Band(_heading(gates, group, gated=gated), list(rows)) for (gates, group), rows in groups]


def _heading(gates: Gates, group: int, *, gated: bool) -> str:
    if gates is Gates.MET and group == 1:
        return _("All gates are met: leading group") if gated else _("Leading group")
    if gates is Gates.MET and group and gated:
        return _("All gates are met: group %(number)s", number=group)
    if gates is Gates.MET and group:
        return _("Group %(number)s", number=group)
    return {
        Gates.UNMET: _("A gate is not met"),
        Gates.QUESTIONED: _("The panel sees a gate differently"),
        Gates.UNSEEN: _("A gate was not scored"),
        Gates.MET: _("All gates are met") if gated else "",
    }[gates]


def unmet(standings: Sequence[Standing]) -> str:
    """Return what to look at before any order, or an empty text (rule 6)."""
    count = sum(row.gates is Gates.UNMET for row in standings)
    if not count:
        return ""
    return _n(
        "For %(count)s applicant a gate is not met: look there first",
        "For %(count)s applicants a gate is not met: look there first",
        count,
    )
