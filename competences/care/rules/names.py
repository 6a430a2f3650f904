"""When somebody works under another name for their safety: for how long, and why in one sealed text."""

import json
from dataclasses import dataclass
from datetime import date

from competences.errors import Invalid
from competences.gaps.rules.standing import months_from
from competences.text import _

LONGEST_REASON = 2000
#: Real names are the rule: an exception is looked at again after a year at the latest.
LONGEST_MONTHS = 12


@dataclass(frozen=True, slots=True)
class ExceptionDraft:
    """What a form says of an exception."""

    from_on: date
    until_on: date
    reason: str


def place_of_reason(uid: str) -> str:
    """Return the place that a sealed reason is bound to."""
    return f"name_exception/reason/{uid}/{uid}"


def to_body(reason: str) -> bytes:
    """Return the text that is sealed."""
    return json.dumps({"reason": reason}).encode()


def from_body(body: bytes) -> str:
    """Return the reason of an opened text."""
    return str(json.loads(body)["reason"])


def check_exception(draft: ExceptionDraft, today: date) -> None:
    """Refuse an exception without a reason or an end, or that has passed.

    Raises:
        Invalid: a field cannot be used.
    """
    errors: dict[str, str] = {}
    if not draft.reason.strip() or len(draft.reason) > LONGEST_REASON:
        errors["reason"] = _("Say in a few sentences why. It is sealed.")
    if not draft.from_on < draft.until_on <= months_from(draft.from_on, LONGEST_MONTHS):
        errors["until_on"] = _("Choose a day within twelve months after the first day.")
    elif draft.until_on < today:
        errors["until_on"] = _("Choose today or a later day.")
    if errors:
        raise Invalid(errors)
