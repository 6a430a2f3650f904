"""What is considered before somebody is taken on. There is a reference, never a name."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from competences.errors import Conflict, Invalid
from competences.text import _


class Hazard(StrEnum):
    """What could harm staff."""

    VIOLENCE = "violence"
    WEAPONS = "weapons"
    OTHERS = "others"  # a group or others around the person
    EXPOSURE = "exposure"  # names, faces or addresses could become known
    RECORDING = "recording"  # talks could be recorded or published
    HOME_VISITS = "home-visits"
    TRAVEL = "travel"
    CONFLICT = "conflict"  # private ties of staff
    STRAIN = "strain"  # distressing material
    INFECTION = "infection"


class Precaution(StrEnum):
    """What is done about it."""

    TANDEM = "tandem"
    PUBLIC_PLACE = "public-place"
    OFFICE_ONLY = "office-only"
    CALL_IN = "call-in"  # a call before and after each meeting
    ALARM = "alarm"
    POLICE_KNOWS = "police-knows"
    WORK_PHONE = "work-phone"
    SUPERVISION = "supervision"  # sooner than usual
    DEBRIEF = "debrief"  # after each meeting
    HANDOVER = "handover"  # somebody else can take over


class Decision(StrEnum):
    """What was decided."""

    TAKE = "take"
    NOT_YET = "not-yet"
    DECLINE = "decline"


#: Letters stand before the first digit and, one alone, after the last: no name fits between. The database holds it too.
_REFERENCE = re.compile(r"([A-Z]{1,3}[-/]?)?[0-9]+([-/][0-9]+)*([-/]?[A-Z])?")
LONGEST = 24


def reference_of(typed: str) -> str:
    """Return a case reference in capitals, without spaces around.

    Raises:
        Invalid: it has more letters than three before its digits and one after them: it could be somebody's name.
    """
    text = typed.strip().upper()
    if len(text) > LONGEST or not _REFERENCE.fullmatch(text):
        raise Invalid(
            {
                "reference": _(
                    "This could be somebody’s name. Enter the reference alone, such as A-2026-14: at most three"
                    " letters, then digits, then at most one letter. No client is ever named here, so that nobody"
                    " can be found by what staff considered about them."
                )
            }
        )
    return text


def check_no_name(reference: str, names: Iterable[str]) -> None:
    """Refuse a reference in which part of a name of somebody in the organisation shows.

    Raises:
        Invalid: it does.
    """
    letters = re.findall(r"[A-Z]{3,}", reference)
    parts = {part.upper() for name in names for part in re.findall(r"[^\W\d_]{3,}", name)}
    if any(word in parts for word in letters):
        raise Invalid(
            {
                "reference": _(
                    "Part of this is the name of somebody in the organisation. Use a reference that names nobody."
                )
            }
        )


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """What a form says before a decision: what was considered, by whom."""

    reference: str
    unit_id: int | None
    discussed_on: date
    review_on: date
    hazards: tuple[Hazard, ...]
    measures: tuple[Precaution, ...]
    person_ids: frozenset[int]
    edition: int = 0


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """A decision, and who takes it on: with a colleague or alone. `respected`: whose arrangements were weighed."""

    decision: Decision
    takes: frozenset[int]
    alone: frozenset[int]
    respected: frozenset[int]
    review_on: date
    edition: int


def check_case(draft: CaseDraft, today: date) -> None:
    """Refuse a discussion that is to come, that nobody held, or that nobody looks at again.

    Raises:
        Invalid: a field cannot be used.
    """
    errors: dict[str, str] = {}
    if draft.discussed_on > today:
        errors["discussed_on"] = _("Only what has taken place is recorded. Choose today or a day before.")
    if draft.review_on <= draft.discussed_on:
        errors["review_on"] = _("The review comes after the discussion.")
    if not draft.person_ids:
        errors["people"] = _("Choose who discussed it.")
    if errors:
        raise Invalid(errors)


def check_decision(
    draft: DecisionDraft,
    took_part: Collection[int],
    authorised: Collection[int],
    arranged: Mapping[int, str],
    today: date,
) -> None:
    """Refuse a decision that sends somebody who was not to go, or not alone.

    Args:
        took_part: Who discussed it.
        authorised: Who may work alone today.
        arranged: Names of those who have arrangements about what they take on.

    Raises:
        Invalid: a field cannot be used.
        Conflict: somebody would work alone without authorisation, or an arrangement was passed over.
    """
    if draft.review_on <= today:
        raise Invalid({"review_on": _("Choose a later day.")})
    if draft.decision is not Decision.TAKE:
        if draft.takes or draft.alone:
            raise Invalid({"takes": _("Nobody takes on what is not taken. Clear the boxes.")})
        return
    if not draft.takes:
        raise Invalid({"takes": _("Choose who takes it on.")})
    if not draft.takes <= set(took_part) or not draft.alone <= draft.takes:
        raise Invalid({"takes": _("Choose from those who discussed it.")})
    if len(draft.takes) == 1 and not draft.alone:
        raise Invalid(
            {"takes": _("With a colleague takes two. Choose the colleague too, or mark that one alone.")}
        )
    if draft.alone - set(authorised):
        raise Conflict(
            _(
                "Somebody you chose is not authorised to work alone today. Let them take it on with a colleague,"
                " or look at what is missing under their training first."
            )
        )
    passed_over = [arranged[one] for one in sorted(draft.takes & set(arranged) - draft.respected)]
    if passed_over:
        raise Conflict(
            _(
                "There is an arrangement with %(name)s about what they take on. Read it beside the name, and tick"
                " that it is kept.",
                name=passed_over[0],
            )
        )
