"""What a post about the catalogue of needs means."""

from competences.support.rules.catalogue import NeedText
from recruit.web.forms import Post


def need_text(post: Post, code: str = "") -> NeedText:
    """Read the words of a need of the catalogue; without `code` that is typed too."""
    typed = code or post.text("code", limit=8).upper()
    text = NeedText(
        typed, post.text("title"), post.text("question"), post.text("why"),
        tuple(row.strip() for row in post.text("measures").split("\n") if row.strip()),
        post.whole("review_months", low=1, high=24, empty=6), post.text("source"),
    )  # fmt: skip
    post.check()
    return text
