"""A meeting or a safe-space session as it is put on record: when, of whom, who was there."""

from dataclasses import dataclass
from datetime import date

from competences.care.rules.choices import Gathering
from competences.errors import Invalid
from competences.text import _


@dataclass(frozen=True, slots=True)
class MeetingDraft:
    """What a form says of a meeting. `unit_id` None: of everybody."""

    gathering: Gathering
    unit_id: int | None
    held_on: date
    person_ids: frozenset[int] = frozenset()
    edition: int = 0


def check_meeting(draft: MeetingDraft, today: date) -> None:
    """Refuse a meeting that is to come.

    Raises:
        Invalid: it has not taken place yet.
    """
    if draft.held_on > today:
        raise Invalid({"held_on": _("Only what has taken place is recorded. Choose today or a day before.")})
