"""What a post about a role profile means."""

from collections.abc import Sequence
from decimal import Decimal

from competences.role_profiles.rules import ASSESSED_BY, ProfileDraft, Wanted
from competences.text import _
from recruit.web.forms import Post


def profile(post: Post, competences: Sequence[int]) -> ProfileDraft:
    """Read a role profile; criteria are the competences that were ticked."""
    draft = ProfileDraft(
        title=post.text("title", required=_("Give the role a name."), limit=120),
        purpose=post.text("purpose", limit=2000),
        criteria=[_wanted(post, key) for key in competences if post.ticked(f"in-{key}")],
        stamp=post.get("stamp"),
    )
    if not draft.criteria:
        post.errors["criteria"] = _("Choose at least one competence.")
    post.check()
    return draft


def _wanted(post: Post, key: int) -> Wanted:
    weight = post.decimal(f"weight-{key}", low="0.1", high="9") if post.get(f"weight-{key}") else Decimal(1)
    reason = post.text(f"weight_reason-{key}", limit=300)
    if weight != 1 and not reason:
        post.errors[f"weight_reason-{key}"] = _("Say why this weighs more or less than the others.")
    return Wanted(
        competence_id=key,
        weight=weight,
        weight_reason=reason if weight != 1 else "",
        required_level=post.whole(f"required-{key}", low=1, high=5, empty=3),
        gate=post.ticked(f"gate-{key}"),
        learnable=post.ticked(f"learnable-{key}"),
        assessed_by=post.some_of(f"by-{key}", ASSESSED_BY) or ["interview"],
    )
