"""Reads of cover: for whoever leads the people, and without sight of them; of leadership and its delegations."""

from competences.coverage.queries.leadership import (
    DelegationRow,
    Leadership,
    delegation,
    delegations,
    leader_competences,
    leadership,
)
from competences.coverage.queries.team import Cover, Member, led, needs_of, present, team_cover, units_of
from competences.coverage.queries.totals import Total, Totals, totals

__all__ = [
    "Cover",
    "DelegationRow",
    "Leadership",
    "Member",
    "Total",
    "Totals",
    "delegation",
    "delegations",
    "leader_competences",
    "leadership",
    "led",
    "needs_of",
    "present",
    "team_cover",
    "totals",
    "units_of",
]
