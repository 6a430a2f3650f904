"""What a post about a course means."""

from collections.abc import Collection, Mapping
from decimal import Decimal

from competences.text import _
from competences.training.rules.courses import ASSESSED_BY, CourseDraft, LevelDraft, RequirementDraft
from recruit.web.forms import Post

#: How many levels a form offers at least; empty rows are left out.
ROWS = 4


def course(post: Post) -> CourseDraft:
    """Read a version of a course."""
    draft = CourseDraft(
        title=" ".join(post.text("title", required=_("Give the course a title."), limit=120).split()),
        aims=post.text("aims", limit=2000),
        outline="\n".join(_lines(post.text("outline", limit=4000))),
        hours=post.decimal("hours", low="0.25", high="999"),
        refresh_months=_months(post),
        earlier_until=post.day("earlier_until"),
        moderated=post.ticked("moderated"),
        assessed_by=tuple(post.some_of("assessed_by", ASSESSED_BY)),
        capacity=post.whole("capacity", low=1, high=500, empty=12),
        levels=_levels(post),
        prerequisites=post.rows("before"),
        edition=post.whole("edition", low=1, high=10**6, empty=1),
    )
    post.check()
    return draft


def _months(post: Post) -> int | None:
    if not post.get("refresh_months").strip():
        return None
    return post.whole("refresh_months", low=1, high=120)


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


def _levels(post: Post) -> tuple[LevelDraft, ...]:
    found = []
    for place in range(1, 41):
        competence_id = post.row(f"competence-{place}")
        criteria = post.text(f"criteria-{place}", limit=1000)
        if competence_id is not None:
            level = post.whole(f"level-{place}", low=1, high=5, empty=3)
            found.append(LevelDraft(competence_id, level, criteria))
        elif criteria:
            post.errors[f"competence-{place}"] = _("Choose the competence that these words are about.")
    return tuple(found)


def requirement(post: Post) -> RequirementDraft:
    """Read who has to have a course."""
    draft = RequirementDraft(
        profile_id=post.row("profile"),
        unit_id=post.row("unit"),
        deadline_days=post.whole("deadline_days", low=0, high=1095, empty=90),
        before_lone_work=post.ticked("before_lone_work"),
    )
    post.check()
    return draft


def needs(post: Post, competence_ids: Collection[int]) -> Mapping[int, int]:
    """Read which levels a role asks for before lone work: those with a level chosen."""
    levels = {key: post.whole(f"level-{key}", low=0, high=5, empty=0) for key in competence_ids}
    post.check()
    return {key: level for key, level in levels.items() if level}


def hours_typed(hours: Decimal) -> str:
    """Return hours as somebody would type them: 8, not 8.00."""
    return f"{hours.normalize():f}"
