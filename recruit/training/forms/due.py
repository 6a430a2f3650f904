"""What an address asks the due board to show, and what an invitation from it means."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from competences.training.rules.due import Section
from recruit.web.forms import Post
from recruit.web.lists import View, page_number


@dataclass(frozen=True, slots=True)
class Asked(View):
    """A view of the board."""

    section: Section | None = None
    unit: int = 0
    on: date | None = None


def asked(params: Mapping[str, list[str]]) -> Asked:
    """Read an address; what is strange in it is as if it were not there."""
    post = Post(dict(params))
    section = post.get("section")
    return Asked(
        section=Section(section) if section in list(Section) else None,
        unit=post.row("unit") or 0,
        on=post.day("on"),
        page=page_number(post.get("page")),
    )


def invited(post: Post) -> tuple[int, ...]:
    """Return whom to invite: those who are ticked, or everybody on the page whom no session has yet."""
    return post.rows("shown" if post.ticked("everybody") else "person")
