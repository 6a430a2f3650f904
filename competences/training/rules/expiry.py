"""Until when a completion counts. Days are days of the place; months end with their own last day."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from competences.gaps.rules.standing import months_from


def day_of(moment: datetime, zone: str) -> date:
    """Return the day that a moment falls on at a place.

    Args:
        moment: An aware time.
        zone: IANA name, such as Europe/Berlin.
    """
    return moment.astimezone(ZoneInfo(zone)).date()


def expires_on(completed_on: date, refresh_months: int | None) -> date | None:
    """Return the last day on which a completion is in date; None where it has no end of its own.

    The same day so many months later, or the last day of a shorter month: 31 August and six months
    make 28 February, or 29 in a leap year; 29 February and twelve months make 28 February.
    """
    return None if refresh_months is None else months_from(completed_on, refresh_months)


def earlier(*ends: date | None) -> date | None:
    """Return the earliest of several last days, None standing for no end; None where none is an end."""
    return min((end for end in ends if end is not None), default=None)
