"""What a post about cover or a delegation means."""

from collections.abc import Iterable
from datetime import date

from competences.coverage.rules.cover import Need, Row
from competences.coverage.rules.leadership import DelegationDraft
from competences.scoring.scale import LEVELS
from competences.text import _
from recruit.web.forms import Post

MOST_PEOPLE = 500


def needs(post: Post, rows: Iterable[Row]) -> dict[tuple[int, str], Need]:
    """Read what a unit needs of these competences; without a level the roles decide."""
    found = {}
    for row in rows:
        field = field_of(row)
        level = post.one_of(f"level-{field}", [str(one) for one in LEVELS])
        if level:
            people = post.whole(f"people-{field}", low=1, high=MOST_PEOPLE)
            found[row.key] = Need(int(level), people, given=True)
    post.check()
    return found


def field_of(row: Row) -> str:
    """Return what names the fields of a competence."""
    return f"{row.named.framework_id}-{row.named.code}"


def delegation(post: Post) -> DelegationDraft:
    """Read who answers for what."""
    first = post.day("from_on", required=_("Enter the first day."))
    review = post.day("review_on", required=_("Enter the day on which you look at it again."))
    draft = DelegationDraft(
        person_id=post.row("person"),
        unit_id=post.row("unit"),
        code=post.get("code"),
        from_on=first or date.min,
        review_on=review or date.max,
        note=post.text("note", limit=500),
    )
    post.check()
    return draft


def next_review(post: Post) -> date:
    """Read when a delegation is looked at again."""
    day = post.day("review_on", required=_("Enter the day on which you look at it again."))
    post.check()
    assert day is not None
    return day
