"""What an address asks the plan to show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from competences.gaps.rules.standing import months_from
from recruit.web.forms import Post

#: How many months ahead one can plan.
AHEAD = (1, 2, 3, 6, 12)
USUAL = 3
MOST = 99


@dataclass(frozen=True, slots=True)
class Asked:
    """How far ahead, with how many sessions in all and of each trainer at most; None for no limit."""

    months: int
    most: int | None
    each: int | None

    def until(self, today: date) -> date:
        """Return the last day that the plan looks at."""
        return months_from(today, self.months)


def asked(params: Mapping[str, list[str]]) -> Asked:
    """Read an address; what is strange in it is as if it were not there."""
    post = Post(dict(params))
    months = post.row("months")
    return Asked(months if months in AHEAD else USUAL, _limit(post, "most"), _limit(post, "each"))


def _limit(post: Post, name: str) -> int | None:
    typed = post.row(name)
    return typed if typed is not None and 1 <= typed <= MOST else None
