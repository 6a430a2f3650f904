"""What a post about a vacancy means."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from competences.text import _
from recruit.vacancies.rules import Wanted
from recruit.web.forms import Post

ASSESSED_BY = ("application", "interview", "exercise", "references")


@dataclass(frozen=True, slots=True)
class VacancyDraft:
    """The words and numbers of a vacancy."""

    title: str
    unit_id: int | None
    posts: int
    closes_on: date | None
    text: str
    version_number: int


def vacancy(post: Post) -> VacancyDraft:
    """Read a vacancy."""
    draft = VacancyDraft(
        title=post.text("title", required=_("Give the vacancy a title."), limit=160),
        unit_id=post.row("unit"),
        posts=post.whole("posts", low=1, high=99, empty=1),
        closes_on=post.day("closes_on"),
        text=post.text("text", limit=20_000),
        version_number=version(post),
    )
    post.check()
    return draft


def version(post: Post) -> int:
    """Read which version of the vacancy the form shows; 0, which is never current, when it does not say."""
    return post.row("version_number") or 0


def criteria(post: Post, competences: list[int]) -> list[Wanted]:
    """Read the criteria that were ticked, out of the competences of the framework version."""
    wanted = [_wanted(post, key) for key in competences if post.ticked(f"in-{key}")]
    if not wanted and not post.errors:
        post.errors["criteria"] = _("Choose at least one competence.")
    post.check()
    return wanted


def _wanted(post: Post, key: int) -> Wanted:
    weight = post.decimal(f"weight-{key}", low="0.1", high="9") if post.get(f"weight-{key}") else Decimal(1)
    reason = post.text(f"weight_reason-{key}", limit=300)
    ways = post.some_of(f"by-{key}", ASSESSED_BY)
    if not ways:
        post.errors[f"by-{key}"] = _("Tick at least one way in which this is assessed.")
    if weight != 1 and not reason and f"weight-{key}" not in post.errors:
        post.errors[f"weight_reason-{key}"] = _("Say why this weighs more or less than the others.")
    return Wanted(
        competence_id=key,
        weight=weight,
        weight_reason=reason if weight != 1 else "",
        required_level=post.whole(f"required-{key}", low=1, high=5, empty=3),
        gate=post.ticked(f"gate-{key}"),
        learnable=post.ticked(f"learnable-{key}"),
        assessed_by=ways,
    )
