"""What a post about an outcome means."""

from collections.abc import Collection

from competences.training.rules.courses import ASSESSED_BY
from competences.training.rules.outcomes import RESULTS, ObservedLevel, OutcomeDraft
from recruit.web.forms import Post


def outcome(post: Post, competence_ids: Collection[int]) -> OutcomeDraft:
    """Read what came of a session for one person; what is missing is said where it is signed."""
    draft = OutcomeDraft(
        result=post.get("result") if post.get("result") in RESULTS else "",
        assessed_by=post.get("assessed_by") if post.get("assessed_by") in ASSESSED_BY else "",
        evidence=post.text("evidence", limit=1000),
        levels=tuple(
            ObservedLevel(key, int(typed) or None)
            for key in competence_ids
            if (typed := post.get(f"level-{key}")) in tuple("012345")
        ),
    )
    post.check()
    return draft
