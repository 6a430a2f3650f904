"""Levels that somebody was given, and where they came from."""

from dataclasses import dataclass

from competences.text import _


@dataclass(frozen=True, slots=True)
class AgreedRating:
    """What a panel agreed on one competence; `level` is None where there was no evidence."""

    competence_id: int
    level: int | None
    reason: str


def source_of(kind: str) -> str:
    """Return where a level came from, in the reader's language."""
    return {
        "agreed": _("Agreed by a panel"),
        "talk": _("Agreed in a talk"),
        "trainer": _("Seen by a trainer"),
        "imported": _("Brought over from a spreadsheet"),
    }[kind]
