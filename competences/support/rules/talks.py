"""A talk that is written down: short, and agreed between the two."""

from dataclasses import dataclass
from datetime import date

from competences.errors import Invalid
from competences.support.rules.bodies import TalkKind
from competences.support.rules.plans import check_day
from competences.text import _

LONGEST_NOTE = 600
#: Talks after which something follows, whatever came of them.
WITH_STEP = (TalkKind.EARLY_TALK, TalkKind.WAY_BACK)


@dataclass(frozen=True, slots=True)
class TalkDraft:
    """When, what for, what both want kept, what follows, and when they talk next."""

    kind: TalkKind
    held_on: date
    note: str
    next_step: str = ""
    next_on: date | None = None


def check_talk(draft: TalkDraft, today: date) -> None:
    """Refuse a talk that is to come, a note that is long, and an early talk after which nothing follows.

    Raises:
        Invalid: a field cannot be used.
    """
    errors = check_day("next_on", draft.next_on, today)
    if draft.held_on > today:
        errors["held_on"] = _("A talk is written down after it took place.")
    if not draft.note.strip():
        errors["note"] = _("Say in a sentence what you both want to keep of it.")
    elif len(draft.note) > LONGEST_NOTE:
        errors["note"] = _("Keep it short: %(most)s characters at most.", most=LONGEST_NOTE)
    if len(draft.next_step) > LONGEST_NOTE:
        errors["next_step"] = _("Keep it short: %(most)s characters at most.", most=LONGEST_NOTE)
    if draft.kind in WITH_STEP and not draft.next_step.strip():
        errors["next_step"] = _("Say which next step you agreed on.")
    if errors:
        raise Invalid(errors)
