"""What the log says of calendar links: that there is a new one, never the link."""

from dataclasses import dataclass

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarLinkRenewed(Event):
    """Somebody made a link to their own calendar; the one before it ended."""

    name = "calendar-link.renewed"
    subject = "calendar_link"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarLinkEnded(Event):
    """Somebody ended the link to their own calendar."""

    name = "calendar-link.ended"
    subject = "calendar_link"
