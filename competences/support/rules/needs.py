"""A need of somebody: taken from the catalogue or in own words; the worker says whether it is one."""

from dataclasses import dataclass
from datetime import date

from competences.errors import Invalid
from competences.support.rules.plans import check_day
from competences.support.rules.proposals import check_text
from competences.text import _


@dataclass(frozen=True, slots=True)
class NeedDraft:
    """What is handed in to take up a need. Without `review_on` the catalogue's interval holds."""

    version_id: int
    words: str = ""
    review_on: date | None = None


def check_need(draft: NeedDraft, today: date) -> None:
    """Refuse words that are too long and a review that lies in the past or far away.

    Raises:
        Invalid: a field cannot be used.
    """
    errors = {**check_text("words", draft.words), **check_day("review_on", draft.review_on, today)}
    if errors:
        raise Invalid(errors)


def check_answer(answer: str, *, agreed: bool) -> None:
    """Refuse an answer that says nothing.

    Raises:
        Invalid: it neither agrees nor says anything, or is too long.
    """
    missing = "" if agreed else _("Agree, or say how you see it.")
    if errors := check_text("answer", answer, missing):
        raise Invalid(errors)
