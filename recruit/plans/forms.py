"""What a post about an action of a plan means."""

from competences.plans.rules import STEPS, ActionDraft, Ending
from competences.text import _
from recruit.web.forms import Post


def action(post: Post, source: str) -> ActionDraft:
    """Read an action; `source` says on which page it was typed."""
    draft = ActionDraft(
        competence_id=post.row("competence"),
        step=post.one_of("step", STEPS, required=_("Choose what kind of step it is.")),
        source=source,
        what=post.text("what", required=_("Say what is to be done."), limit=500),
        owner_id=post.row("owner"),
        due_on=post.day("due_on"),
        version=post.row("version") or 0,
    )
    post.check()
    return draft


def ending(post: Post) -> Ending:
    """Read how an action ended; the button that was pressed says whether it was dropped."""
    result = post.text(
        "result",
        required=_("Say what came of it. An action ends in evidence, not in a tick."),
        limit=2000,
    )
    post.check()
    return Ending(result, post.get("how") == "dropped", post.row("version") or 0)
