"""Applicants under headings: gates first, then the groups that the scores can tell apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from competences.text import _, _n
from recruit.comparison.rules.standings import Gates, Standing, in_order

if TYPE_CHECKING:
    from recruit.comparison.rules.certainty import Certainty


UNSCORED = 1_000  # after every group


@dataclass(frozen=True, slots=True)
class Band:
    """Rows under one heading; an empty name is no heading."""

    name: str
    rows: list[Standing]


def in_groups(standings: Sequence[Standing], found: "Certainty | None") -> list[Standing]:
    """Return applicants by gates, then group, then level, the unscored last; without `found` by gates and level."""
    groups = groups_of(standings, found)
    return sorted(in_order(standings), key=lambda row: (row.gates, groups[row.application_id]))


def groups_of(standings: Sequence[Standing], found: "Certainty | None") -> dict[int, int]:
    """Return the group of each applicant by application: 0 where groups are not told apart, else from 1 on.

    Groups are counted among those whose gates are met: a gate that is open comes before any order, so those
    applicants stand together (rule 6). Who has no level stands after all groups.
    """
    met = [row for row in standings if row.gates is Gates.MET]
    known = {row.application_id: found.ranges[row.application_id].group for row in met
             if found and row.application_id in found.ranges}  # fmt: skip
    numbers = {group: number for number, group in enumerate(sorted(set(known.values())), start=1)}
    apart = len(numbers) > 1
    return {
        row.application_id: numbers[known[row.application_id]] if apart and row.application_id in known
        else UNSCORED if row.overall.value is None else 0
        for row in standings
    }  # fmt: skip


def bands(rows: Sequence[Standing], standings: Sequence[Standing], found: "Certainty | None") -> list[Band]:
    """Return some of what `in_groups` ordered, under headings; without gates and groups there is no heading.

    Args:
        rows: One page of them.
        standings: All of them, which the groups are counted among.
    """
    gated = any(scored.asked.gate for row in rows[:1] for scored in row.criteria)
    groups = groups_of(standings, found)
    parts = groupby(rows, key=lambda row: (row.gates, groups[row.application_id]))
    return [Band(_heading(gates, group, gated=gated), list(part)) for (gates, group), part in parts]


def _heading(gates: Gates, group: int, *, gated: bool) -> str:
    if gates is Gates.MET and group == UNSCORED:
        return _("Nobody scored them")
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
