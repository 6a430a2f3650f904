"""What the forms of support share."""

from datetime import date

from competences.support.rules.proposals import LONGEST
from recruit.web.forms import Post

#: Stands for a day that was not sent; the form is refused before it is used.
FAR = date(1900, 1, 1)


def text(post: Post, name: str) -> str:
    """Read a text of a plan."""
    return post.text(name, limit=LONGEST)


def edition(post: Post) -> int:
    """Read which state of a text the form showed."""
    return post.row("edition") or 0
