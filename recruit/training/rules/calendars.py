"""Sessions of courses as a calendar that other programs read (RFC 5545). It holds nobody's name."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, vUri

from competences.text import _
from competences.training.rules.calendar import CalendarSession


def calendar(name: str, sessions: Iterable[CalendarSession], now: datetime, address: str) -> bytes:
    """Return a calendar with one entry for each day of each session, in UTC, so that no zone has to be known.

    A changed session keeps its identifier and has a higher number in its sequence; a cancelled one says so.

    Args:
        name: What calendar programs call it.
        now: When it was asked for.
        address: Where Recruit is reached, without a slash at the end.
    """
    found = Calendar()
    found.add("prodid", "-//Recruit//Training//EN")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    found.add("name", name)
    found.add("x-wr-calname", name)
    found.add("refresh-interval", timedelta(hours=6), parameters={"value": "DURATION"})
    for row in sessions:
        for number, day in enumerate(row.days, 1):
            found.add_component(_event(row, number, day, now, address))
    return bytes(found.to_ical())


def _event(
    row: CalendarSession, number: int, day: tuple[datetime, datetime], now: datetime, address: str
) -> Event:
    event = Event()
    page = f"{address}/training/sessions/{row.id}"
    event.add("uid", f"{row.uid}-{number}@recruit")
    event.add("sequence", row.sequence)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", day[0].astimezone(UTC))
    event.add("dtend", day[1].astimezone(UTC))
    event.add("summary", _summary(row, number))
    event.add("description", "\n".join(filter(None, (row.link, page))))
    if row.place or row.link:
        event.add("location", row.place or row.link)
    event.add("url", vUri(page))
    event.add("status", "CANCELLED" if row.cancelled else "CONFIRMED")
    return event


def _summary(row: CalendarSession, number: int) -> str:
    title = f"{row.code} {row.title}"
    if len(row.days) > 1:
        title = _("%(title)s, day %(day)s of %(days)s", title=title, day=number, days=len(row.days))
    if row.leads:
        return _("You lead: %(title)s", title=title)
    return title
