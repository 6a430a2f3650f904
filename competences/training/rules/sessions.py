"""When a session runs, in the time of its place, and what a plan for one has to hold."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from competences.text import _
from competences.training.rules.courses import is_link

#: More than anybody is taught at a stretch, or planned ahead.
MOST_DAYS, MOST_TIMES, MOST_PLACES = 20, 52, 500
LONGEST = timedelta(hours=16)

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class LocalDay:
    """A day of a session as clocks at its place show it."""

    day: date
    starts: time
    ends: time


@dataclass(frozen=True, slots=True)
class SessionDraft:
    """A session as somebody typed it. `days` are aware times from and until, `edition` is what the form showed."""

    version_id: int
    days: tuple[Span, ...]
    zone: str
    place: str = ""
    link: str = ""
    capacity: int = 12
    trainer_ids: tuple[int, ...] = ()
    edition: int = 1


def is_zone(name: str) -> bool:
    """Return whether this names a time zone of a place, or UTC.

    What has no slash is an abbreviation, which PostgreSQL reads without summer time, or what this machine calls its
    own time; posix/ and right/ are copies of the others, which PostgreSQL does not have.
    """
    if name != "UTC" and ("/" not in name or name.startswith(("posix/", "right/"))):
        return False
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def no_zone() -> str:
    """Return the sentence for a time zone that there is not."""
    return _("There is no time zone of this name. Write it like Europe/Berlin.")


def moment(day: date, clock: time, zone: str) -> datetime | None:
    """Return when clocks at a place show a time; None where they never do, since they are put forward.

    Where they show it twice, since they are put back, it is the first of the two.

    Args:
        clock: A time without a zone.
        zone: IANA name, such as Europe/Berlin.
    """
    place = ZoneInfo(zone)
    shown = datetime.combine(day, clock)
    found = shown.replace(tzinfo=place).astimezone(UTC)
    return found if found.astimezone(place).replace(tzinfo=None) == shown else None


def spans(days: Sequence[LocalDay], zone: str) -> tuple[tuple[Span, ...], str]:
    """Return from when until when a session runs, in order, and a sentence on a time that there is not, or ""."""
    found: list[Span] = []
    for row in days:
        starts, ends = moment(row.day, row.starts, zone), moment(row.day, row.ends, zone)
        if starts is None or ends is None:
            return (), _(
                "On %(day)s clocks are put forward over one of these times. Choose another time.",
                day=row.day.isoformat(),
            )
        found.append((starts, ends))
    return tuple(sorted(found)), ""


def repeated(days: Sequence[LocalDay], weeks: int, times: int) -> list[tuple[LocalDay, ...]]:
    """Return the days of each session of a series: the same weekdays and the same time on the clock.

    Args:
        weeks: How many weeks from one session to the next, >= 1.
        times: How many sessions there are, the first one included, >= 1.
    """
    return [
        tuple(LocalDay(row.day + timedelta(weeks=weeks * turn), row.starts, row.ends) for row in days)
        for turn in range(times)
    ]


def wrong(draft: SessionDraft) -> dict[str, str]:
    """Return what of a plan cannot be, by field; nothing where it can be held."""
    found: dict[str, str] = {}
    if not is_zone(draft.zone):
        found["zone"] = no_zone()
    if days := _wrong_days(draft.days):
        found["day"] = days
    if not draft.place.strip() and not draft.link.strip():
        found["place"] = _("Say where it is: a place, or a link to join by.")
    if draft.link and not is_link(draft.link):
        found["link"] = _("A link begins with https:// or http://.")
    if not 1 <= draft.capacity <= MOST_PLACES:
        found["capacity"] = _("Enter a whole number from %(low)s to %(high)s.", low=1, high=MOST_PLACES)
    if not draft.trainer_ids:
        found["trainers"] = _("Choose who leads it: only they can sign what came of it.")
    return found


def _wrong_days(days: Sequence[Span]) -> str:
    if not days or len(days) > MOST_DAYS:
        return _("A session has from 1 to %(most)s days.", most=MOST_DAYS)
    if any(starts >= ends for starts, ends in days):
        return _("Each day ends after it has begun.")
    if any(ends - starts > LONGEST for starts, ends in days):
        return _("No day has more than %(hours)s hours.", hours=int(LONGEST.total_seconds() // 3600))
    if any(later[0] < earlier[1] for earlier, later in itertools.pairwise(days)):
        return _("The days of a session do not overlap.")
    return ""


def may_teach(chosen: Sequence[int], named: Sequence[int]) -> bool:
    """Return whether those chosen may lead a session: those named for the course; anybody where nobody is named."""
    return not named or set(chosen) <= set(named)
