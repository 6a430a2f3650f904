"""How applicants stand next to each other. What the scores can bear is in certainty.py, which loads numpy."""

from recruit.comparison.rules.bands import Band, bands, groups_of, in_groups, unmet
from recruit.comparison.rules.standings import (
    APART,
    SILENT,
    Asked,
    Difference,
    Domain,
    Gates,
    Scored,
    Standing,
    Voice,
    differences,
    in_order,
    needed,
    with_agreed,
)

__all__ = [
    "APART", "SILENT", "Asked", "Band", "Difference", "Domain", "Gates", "Scored", "Standing", "Voice",
    "bands", "differences", "groups_of", "in_groups", "in_order", "needed", "unmet", "with_agreed",
]  # fmt: skip
