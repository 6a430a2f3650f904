"""What an address asks the matrix to show; and the address that asks for it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from urllib.parse import urlencode

from competences.training.rules.matrix import Show
from recruit.web.forms import Post
from recruit.web.lists import page_number, search_words

SIZES = (25, 50, 100)


@dataclass(frozen=True, slots=True)
class Asked:
    """A view of the matrix. The names are those in the address; what is usual is left out of it."""

    words: str = ""
    unit: int = 0
    show: Show = Show.ALL
    course: tuple[int, ...] = ()
    size: int = SIZES[0]
    on: date | None = None
    page: int = 1

    @property
    def filtered(self) -> bool:
        """Whether anything is left out."""
        return bool(self.words or self.unit or self.show or self.course)

    def query(self, **changes: object) -> str:
        """Return the address of this view with some changes; with any the list begins at its first page."""
        asked = replace(self, **{"page": 1, **changes}) if changes else self  # type: ignore[arg-type]
        usual = Asked()
        pairs = [
            (field.name, getattr(asked, field.name))
            for field in fields(asked)
            if getattr(asked, field.name) != getattr(usual, field.name)
        ]
        return urlencode(pairs, doseq=True)


def asked(params: Mapping[str, list[str]]) -> Asked:
    """Read an address; what is strange in it is as if it were not there."""
    post = Post(dict(params))
    show, size = post.get("show"), post.row("size")
    return Asked(
        words=search_words(post.get("words")),
        unit=post.row("unit") or 0,
        show=Show(show) if show in list(Show) else Show.ALL,
        course=tuple(int(key) for key in params.get("course", ()) if _is_id(key)),
        size=size if size in SIZES else SIZES[0],
        on=post.day("on"),
        page=page_number(post.get("page")),
    )


def _is_id(typed: str) -> bool:
    return typed.isascii() and typed.isdigit() and len(typed) < 10
