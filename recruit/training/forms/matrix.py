"""What an address asks the matrix to show; and the address that asks for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from competences.training.rules.matrix import Show
from recruit.web.forms import Post
from recruit.web.lists import View, page_number, search_words

SIZES = (25, 50, 100)


@dataclass(frozen=True, slots=True)
class Asked(View):
    """A view of the matrix."""

    words: str = ""
    unit: int = 0
    show: Show = Show.ALL
    course: tuple[int, ...] = ()
    size: int = SIZES[0]
    on: date | None = None

    @property
    def filtered(self) -> bool:
        """Whether anything is left out."""
        return bool(self.words or self.unit or self.show or self.course)


def asked(params: Mapping[str, list[str]]) -> Asked:
    """Read an address; what is strange in it is as if it were not there."""
    post = Post(dict(params))
    show, size = post.get("show"), post.row("size")
    return Asked(
        words=search_words(post.get("words")),
        unit=post.row("unit") or 0,
        show=Show(show) if show in list(Show) else Show.ALL,
        course=post.rows("course"),
        size=size if size in SIZES else SIZES[0],
        on=post.day("on"),
        page=page_number(post.get("page")),
    )
