"""What a post about a session means."""

from datetime import time

from competences.text import _
from competences.training.rules.sessions import (
    MOST_DAYS,
    MOST_PLACES,
    MOST_TIMES,
    LocalDay,
    SessionDraft,
    is_zone,
    no_zone,
    repeated,
    spans,
)
from recruit.web.forms import Post


def drafts(post: Post, version_id: int) -> list[SessionDraft]:
    """Read a session and how often it is repeated: one draft for each time that it is held."""
    days, zone = _days(post), post.text("zone", limit=60)
    weeks = post.whole("weeks", low=1, high=26, empty=1)
    times = post.whole("times", low=1, high=MOST_TIMES, empty=1)
    capacity = post.whole("capacity", low=1, high=MOST_PLACES)
    place, link = post.text("place", limit=160), post.text("link", limit=500)
    if not is_zone(zone):
        post.errors["zone"] = no_zone()
    post.check()
    found = []
    for local in repeated(days, weeks, times):
        held, words = spans(local, zone)
        if words:
            post.errors["day"] = words
        found.append(
            SessionDraft(
                version_id, held, zone, place, link, capacity, post.rows("trainer"),
                post.whole("edition", low=1, high=10**6, empty=1),
            )
        )  # fmt: skip
    post.check()
    return found


def _days(post: Post) -> list[LocalDay]:
    """Read the first day, and each further one of which anything was typed."""
    found = []
    for number in range(1, MOST_DAYS + 1):
        end = f"-{number}" if number > 1 else ""
        names = [f"{name}{end}" for name in ("day", "starts", "ends")]
        if number > 1 and not any(post.get(name).strip() for name in names):
            continue
        day = post.day(names[0], required=_("Choose the day."))
        starts, ends = _clock(post, names[1]), _clock(post, names[2])
        if day is not None and starts is not None and ends is not None:
            if ends <= starts:
                post.errors[names[2]] = _("Each day ends after it has begun.")
            found.append(LocalDay(day, starts, ends))
    return found


def _clock(post: Post, name: str) -> time | None:
    try:
        typed = time.fromisoformat(post.get(name).strip())
    except ValueError:
        post.errors[name] = _("Enter a time such as 09:00.")
        return None
    return typed.replace(tzinfo=None, microsecond=0)
