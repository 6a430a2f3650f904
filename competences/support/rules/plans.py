"""Days of a plan: the first talk, the next review, how long a closed one is kept; what both agree beside measures."""

from dataclasses import dataclass
from datetime import date, timedelta

from competences.care.rules.cases import reference_of
from competences.errors import Invalid
from competences.gaps.rules.standing import months_from
from competences.support.rules.proposals import check_text
from competences.text import _

#: A closed plan is kept so long for questions, unless the organisation sets it otherwise.
KEEP_MONTHS = 6
#: A proposal that nobody answers goes after this time.
ANSWER_MONTHS = 3
REVIEW_MONTHS = 3
FIRST_TALK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the worker and the support lead keep together, as a form showed it in `edition`."""

    signs: str
    call: str
    way_back: str
    review_on: date
    check_in_on: date
    edition: int


def check_agreement(draft: Agreement, today: date) -> None:
    """Refuse days that lie in the past or far away, and texts that are too long.

    Raises:
        Invalid: a field cannot be used.
    """
    errors = {
        **check_text("signs", draft.signs),
        **check_text("call", draft.call),
        **check_text("way_back", draft.way_back),
        **check_day("review_on", draft.review_on, today),
        **check_day("check_in_on", draft.check_in_on, today),
    }
    if errors:
        raise Invalid(errors)


def check_day(field: str, day: date | None, today: date) -> dict[str, str]:
    """Return what is wrong with a day on which something is looked at again."""
    if day is not None and not today <= day <= months_from(today, 24):
        return {field: _("Choose a day from today on, within two years.")}
    return {}


def check_references(references: tuple[str, ...]) -> None:
    """Refuse a case that is not named by its reference alone.

    Raises:
        Invalid: one could be a name or words.
    """
    try:
        for one in references:
            reference_of(one)
    except Invalid:
        raise Invalid(
            {
                "references": _(
                    "Enter references only, such as B-2026/014, one in each line: at most three letters, then digits,"
                    " then at most one letter. A name or a description of a case does not belong here."
                )
            }
        ) from None
