"""What a post about a written case means."""

from collections.abc import Iterable

from competences.text import _
from recruit.practice.rules.sheets import Given, Sheet
from recruit.web.forms import Post

LONGEST = 2000
MOST = 999_999_999


def sheet(post: Post, codes: Iterable[str]) -> Sheet:
    """Read a whole sheet. Radio 1..5, 0 for no evidence, nothing for unanswered."""
    given = {code: _given(post, code) for code in codes}
    version = post.whole("version", low=0, high=MOST, empty=0)
    post.check()
    return Sheet(version, given)


def _given(post: Post, code: str) -> Given:
    chosen = post.one_of(f"level-{code}", ("0", "1", "2", "3", "4", "5"))
    if f"level-{code}" in post.errors:
        post.errors[f"level-{code}"] = _("Choose a level from 1 to 5, or no evidence.")
    note = post.text(f"note-{code}", limit=LONGEST)
    return Given(int(chosen) if chosen not in ("", "0") else None, chosen == "0", note)
