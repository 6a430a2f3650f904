"""What a post about scores means."""

from competences.text import _
from recruit.scorecards.rules import Item, Mark, fingerprint
from recruit.web.forms import Post

LONGEST = 8000


def mark(post: Post, competence_id: int) -> Mark:
    """Read one criterion. Radio 1..5, 0 for no evidence, nothing for unanswered."""
    chosen = post.one_of(f"level-{competence_id}", ("0", "1", "2", "3", "4", "5"))
    evidence = post.text(f"evidence-{competence_id}", limit=LONGEST)
    version = post.whole(f"version-{competence_id}", low=0, high=999_999_999, empty=0)
    if f"level-{competence_id}" in post.errors:
        post.errors[f"level-{competence_id}"] = _("Choose a level from 1 to 5, or no evidence.")
    post.check()
    level = int(chosen) if chosen not in ("", "0") else None
    return Mark(competence_id, level, chosen == "0", evidence, version)


def touched(post: Post, item: Item) -> bool:
    """Return whether somebody changed this item on the page that they sent."""
    if not post.has(f"evidence-{item.competence_id}"):
        return False
    if post.get(f"keep-{item.competence_id}") == "theirs":
        return False
    new = mark(post, item.competence_id)
    shown = post.get(f"was-{item.competence_id}")
    return fingerprint(new.level, new.no_evidence, new.evidence) != shown
