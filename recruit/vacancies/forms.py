"""What a post about a vacancy means."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from competences.text import _
from recruit.vacancies.rules import ASSESSED_BY, Ask
from recruit.web.forms import Post


@dataclass(frozen=True, slots=True)
class Facts:
    """What a vacancy is, apart from its criteria."""

    title: str
    unit_id: int | None
    posts: int
    closes_on: date | None
    text: str


def facts(post: Post) -> Facts:
    """Read the facts; `check` is left to the caller, who may read more."""
    return Facts(
        title=" ".join(post.text("title", required=_("Give the vacancy a title."), limit=160).split()),
        unit_id=post.row("unit"),
        posts=post.whole("posts", low=1, high=500),
        closes_on=post.day("closes_on"),
        text=post.text("text", limit=20_000),
    )


def asks(post: Post, competence_ids: Iterable[int]) -> list[Ask]:
    """Read what the vacancy asks for: fields are named after the competence, "weight-12"."""
    chosen = [_ask(post, number) for number in competence_ids if post.ticked(f"in-{number}")]
    if not chosen and not post.errors:
        post.errors["criteria"] = _("Choose at least one competence.")
    post.check()
    return chosen


def _ask(post: Post, number: int) -> Ask:
    weight = post.decimal(f"weight-{number}", low="0.1", high="10")
    reason = post.text(f"reason-{number}", limit=500)
    if weight != 1 and not reason and f"weight-{number}" not in post.errors:
        post.errors[f"reason-{number}"] = _("Say why this one weighs more or less than the others.")
    ways = tuple(post.some_of(f"by-{number}", ASSESSED_BY))
    if not ways:
        post.errors[f"by-{number}"] = _("Tick at least one way in which this is assessed.")
    return Ask(
        competence_id=number,
        weight=weight,
        weight_reason=reason if weight != 1 else "",
        required_level=post.whole(f"level-{number}", low=1, high=5),
        gate=post.ticked(f"gate-{number}"),
        learnable=post.ticked(f"learnable-{number}"),
        assessed_by=ways,
    )


def version(post: Post) -> int:
    """Read which version of the vacancy the form was drawn from; 0 when it does not say."""
    return post.row("version") or 0
