"""The one scale: five levels, and "no evidence", which is not a level."""

from competences.text import _

LEVELS = (1, 2, 3, 4, 5)

#: Levels so telling that a scorer says what they rest on.
NEED_EVIDENCE = frozenset({1, 2, 5})


def level_name(level: int) -> str:
    """Return the name of a level, 1..5, in the reader's language."""
    return {1: _("Not yet"), 2: _("Beginning"), 3: _("Capable"), 4: _("Strong"), 5: _("Leading")}[level]
