"""What somebody without sight of the people may read: no count from which one person's level follows.

Counts under four are not shown, zero included. As the whole is known, what is hidden must have more than one
possible reading; else nothing of the row is shown. Nor is a row in which all people are alike: it would say
everybody's level.
"""

from collections.abc import Sequence

#: Counts of fewer people are not shown, and of a group of fewer nothing.
FEWEST = 4


def shown(cells: Sequence[int]) -> tuple[int | None, ...]:
    """Return the counts of a row that may be shown; None for those that may not.

    Args:
        cells: How many people have no level, and are at each level; everybody is in exactly one.
    """
    if sum(cells) < FEWEST or max(cells) == sum(cells) or not _open(cells):
        return (None,) * len(cells)
    return tuple(count if count >= FEWEST else None for count in cells)


def _open(cells: Sequence[int]) -> bool:
    """Whether the hidden ones of these counts can be read in several ways, their sum being known."""
    hidden = [count for count in cells if count < FEWEST]
    return not sum(hidden) or (len(hidden) > 1 and sum(hidden) < len(hidden) * (FEWEST - 1))
