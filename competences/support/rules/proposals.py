"""What is handed in to begin a plan, and what it must hold."""

from dataclasses import dataclass

from competences.errors import Invalid
from competences.support.rules.bodies import Basis, Raised
from competences.text import _

LONGEST = 4_000  # characters of one text


@dataclass(frozen=True, slots=True)
class Proposal:
    """How a plan begins: by whom it came up, on what basis, and the exact text that was shown.

    `words` are the worker's own, `why` those of a support lead who proposes it after a conversation.
    """

    raised: Raised
    basis: Basis
    basis_text: str
    lead_id: int | None = None
    words: str = ""
    why: str = ""


def basis_text(basis: Basis) -> str:
    """Return what is shown to the worker before they agree, in the reader's language."""
    common = _(
        "A support plan holds what helps you at work, never your past. You, your support lead and those whom you"
        " agree to can read it. If you are in danger another support lead can open it for a day; you are told at once."
        " Every opening is recorded, and you see that record. The plan is kept encrypted,"
        " plays no part in hiring, pay or appraisal, and nobody else can tell whether there is one."
    )
    after = _(
        "You can end it at any time without giving a reason and without a disadvantage. It is then closed at once,"
        " and deleted for good when its time for questions has passed."
    )
    if basis is Basis.CONSENT:
        first = _("I agree that a support plan is kept for me.")
    else:
        first = _(
            "My employer keeps this support plan because employment law obliges them to protect me at work, and"
            " I agree to what is written in it."
        )
    return "\n\n".join((first, common, after))


def check_text(field: str, text: str, missing: str = "") -> dict[str, str]:
    """Return what is wrong with a text: that it is missing, where `missing` says so, or too long."""
    if missing and not text.strip():
        return {field: missing}
    if len(text) > LONGEST:
        return {field: _("This is too long: %(most)s characters at most. Say what helps.", most=LONGEST)}
    return {}


def check_proposal(draft: Proposal, *, own: bool) -> None:
    """Refuse a proposal that cannot be used.

    Raises:
        Invalid: words, lead, basis or the text that was shown are missing.
    """
    errors: dict[str, str] = {}
    if own:
        errors |= check_text("words", draft.words, _("Say in your own words what would help."))
        if draft.lead_id is None:
            errors["lead"] = _("Choose whom you want to keep the plan with.")
        if draft.raised is not Raised.SELF:
            errors["raised"] = _("You ask for it yourself.")
    else:
        errors |= check_text("why", draft.why, _("Say what you talked about, in words the person would use."))
        if draft.words.strip():
            errors["words"] = _("These are the person’s own words; they write them when they agree.")
    if not draft.basis_text.strip():
        errors["basis"] = _("The text that the person is shown is missing.")
    if errors:
        raise Invalid(errors)
