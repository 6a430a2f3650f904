"""Reads of cover: for whoever leads the people, and without sight of them; of leadership and its delegations."""

from competences.coverage.queries.leadership import (
    DelegationRow,
    Leadership,
    delegation,
    delegations,
    leader_competences,
    leadership,
)
from competences.coverage.queries.team import Cover, needs_of, team_cover
from competences.coverage.queries.totals import Total, Totals, totals

__all__ = [
    "Cover",
    "DelegationRow",
    "Leadership",
    "Total",
    "Totals",
    "delegation",
    "delegations",
    "leader_competences",
    "leadership",
    "needs_of",
    "team_cover",
    "totals",
]
