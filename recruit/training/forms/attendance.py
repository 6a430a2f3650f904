"""What a post of the attendance list means."""

import re
from datetime import UTC, datetime

from competences.training.rules.attendance import Tap
from recruit.web.forms import Post

_FIELD = re.compile(r"present-(\d{1,9})", re.ASCII)


def taps(post: Post) -> list[Tap]:
    """Read what was tapped: with the time of the tap, or as changed since the page was drawn."""
    found = []
    for name in post.values:
        if not (match := _FIELD.fullmatch(name)) or post.get(name) not in ("yes", "no"):
            continue
        key = match[1]
        at = _moment(post.get(f"at-{key}"))
        if at is not None or post.get(name) != post.get(f"was-{key}"):
            found.append(Tap(int(key), post.get(name) == "yes", at))
    return found


def _moment(typed: str) -> datetime | None:
    """Return a time that a device sent as milliseconds since 1970; anything strange is no time."""
    if not (typed.isascii() and typed.isdigit() and len(typed) < 15):
        return None
    return datetime.fromtimestamp(int(typed) / 1000, UTC)
