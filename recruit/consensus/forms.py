"""What a post in the consensus meeting means."""

from dataclasses import dataclass

from competences.scoring.scale import LEVELS
from competences.text import _
from recruit.web.forms import Post

MOST = 999_999_999


@dataclass(frozen=True, slots=True)
class Agreement:
    """A level, or None to keep all, with the reason; `version` is what the writer had seen, 0 for nothing."""

    level: int | None
    reason: str
    version: int


def agreement(post: Post, key: str) -> Agreement:
    """Read what was agreed for the item `key`."""
    level = ""
    if not post.ticked("keep"):
        level = post.one_of(
            f"level-{key}",
            [str(level) for level in LEVELS],
            required=_("Choose the level that the panel agrees on, or keep all levels."),
        )
    reason = post.text(
        f"reason-{key}", required=_("Write the reason in one sentence. The applicant may read it."), limit=600
    )
    version = post.whole("version", low=0, high=MOST, empty=0)
    post.check()
    return Agreement(int(level) if level else None, reason, version)


def dissent(post: Post, key: str) -> str:
    """Read how a member sees it differently."""
    text = post.text(f"dissent-{key}", required=_("Write how you see it."), limit=2000)
    post.check()
    return text
