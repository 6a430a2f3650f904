"""What a panel must be before it may score or reveal."""

from competences.text import _

FEWEST = 2
SCORED_IN_ONE_INTERVIEW = 8


def not_ready(members: int, chairs: int, interviews: int, criteria: int) -> list[str]:
    """Return what is missing before scoring can open, one sentence each."""
    wants = [
        (criteria < 1, _("Choose at least one criterion.")),
        (interviews < 1, _("Set up at least one interview.")),
        (members < FEWEST, _("A panel needs at least two members who score.")),
        (chairs != 1, _("Name one member as chair.")),
    ]
    return [sentence for missing, sentence in wants if missing]
