"""Something that is done for somebody, and what the team is told of it."""

from dataclasses import dataclass
from datetime import date

from competences.errors import Invalid
from competences.support.rules.bodies import MeasureKind
from competences.support.rules.plans import check_day
from competences.support.rules.proposals import check_text
from competences.text import _

LONGEST_TITLE = 120
#: What colleagues are told fits into a line.
LONGEST_TEAM_WORDS = 200


@dataclass(frozen=True, slots=True)
class MeasureDraft:
    """What is done, who sees to it, from when, until when, and when it is looked at again."""

    kind: MeasureKind
    title: str
    what: str
    owner_id: int | None
    from_on: date
    until_on: date | None = None
    review_on: date | None = None
    need: str = ""  # uid
    in_place: bool = False
    edition: int = 0


def check_measure(draft: MeasureDraft, today: date) -> None:
    """Refuse a measure without a title or with days that do not follow each other.

    Raises:
        Invalid: a field cannot be used.
    """
    errors = {**check_text("what", draft.what), **check_day("review_on", draft.review_on, today)}
    if not draft.title.strip():
        errors["title"] = _("Say in a few words what is done.")
    elif len(draft.title) > LONGEST_TITLE:
        errors["title"] = _("At most %(most)s characters. The rest goes below.", most=LONGEST_TITLE)
    if draft.until_on and draft.until_on < draft.from_on:
        errors["until_on"] = _("The last day comes before the first.")
    if draft.review_on is None and draft.until_on is None:
        errors["review_on"] = _("Say when you look at it again, or when it ends.")
    if errors:
        raise Invalid(errors)


def check_team_words(words: str) -> None:
    """Refuse what cannot be told to the team in a line.

    Raises:
        Invalid: it is empty or too long.
    """
    if not words.strip():
        raise Invalid({"words": _("Say what colleagues are told: how things are done, not why.")})
    if len(words.strip()) > LONGEST_TEAM_WORDS:
        raise Invalid({"words": _("At most %(most)s characters.", most=LONGEST_TEAM_WORDS)})
