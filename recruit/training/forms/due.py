"""What an address asks the due board to show, and what an invitation from it means."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from urllib.parse import urlencode

from competences.training.rules.due import Section
from recruit.training.forms.sessions import people
from recruit.web.forms import Post
from recruit.web.lists import page_number


@dataclass(frozen=True, slots=True)
class Asked:
    """A view of the board. The names are those in the address; what is usual is left out of it."""

    section: Section | None = None
    unit: int = 0
    on: date | None = None
    page: int = 1

    def query(self, **changes: object) -> str:
        """Return the address of this view with some changes; with any the list begins at its first page."""
        view = replace(self, **{"page": 1, **changes}) if changes else self  # type: ignore[arg-type]
        usual = Asked()
        pairs = [(field.name, getattr(view, field.name)) for field in fields(view)]
        return urlencode([(name, value) for name, value in pairs if value != getattr(usual, name)])


def asked(params: Mapping[str, list[str]]) -> Asked:
    """Read an address; what is strange in it is as if it were not there."""
    post = Post(dict(params))
    section = post.get("section")
    return Asked(
        Section(section) if section in list(Section) else None,
        post.row("unit") or 0,
        post.day("on"),
        page_number(post.get("page")),
    )


def invited(post: Post) -> tuple[int, ...]:
    """Return whom to invite: those who are ticked, or everybody on the page whom no session has yet."""
    return people(post, "shown" if post.ticked("everybody") else "person")
