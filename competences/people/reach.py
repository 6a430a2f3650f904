"""Whose rows an action may touch."""

from enum import IntEnum


class Reach(IntEnum):
    """Larger reaches further; a person with several roles has the largest of theirs."""

    NO = 0
    OWN = 1
    TEAM = 2
    ALL = 3
