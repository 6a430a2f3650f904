"""What is owed to people after something happened: hours are counted from the hour, weeks by the calendar."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from competences.care.rules.choices import Incident
from competences.care.rules.intervals import CHECK_IN_DAYS, DEBRIEF_HOURS
from competences.errors import Invalid
from competences.text import _


@dataclass(frozen=True, slots=True)
class IncidentDraft:
    """What a form says of an incident: kind, moment, whom it concerned. There is no field for what was said."""

    kind: Incident
    happened_at: datetime
    person_ids: frozenset[int]


def debrief_until(kind: Incident, happened_at: datetime) -> datetime | None:
    """Return by when somebody is debriefed; None after news, which asks for a check-in in the same week."""
    return None if kind is Incident.NEWS else happened_at + timedelta(hours=DEBRIEF_HOURS)


def hours_left(until: datetime, now: datetime) -> int:
    """Return the whole hours until a moment; negative ones since it."""
    seconds = (until - now).total_seconds()
    return int(seconds // 3600) if seconds >= 0 else -int(-seconds // 3600)


def check_in_by(kind: Incident, happened_on: date) -> date:
    """Return the day by which somebody is asked how they are: after news the Sunday of the same week.

    Args:
        happened_on: The day in the organisation's time zone.
    """
    if kind is Incident.NEWS:
        return happened_on + timedelta(days=6 - happened_on.weekday())
    return happened_on + timedelta(days=CHECK_IN_DAYS)


def check_incident(draft: IncidentDraft, now: datetime) -> None:
    """Refuse an incident that cannot be.

    Raises:
        Invalid: it is to come, or concerned nobody.
    """
    errors: dict[str, str] = {}
    if draft.happened_at > now:
        errors["happened_at"] = _("Only what has happened is recorded.")
    if not draft.person_ids:
        errors["people"] = _("Choose whom it concerned.")
    if errors:
        raise Invalid(errors)


def check_check_in(kind: Incident, happened_on: date, on: date, today: date) -> None:
    """Refuse a check-in that is to come, or that is no later than what happened.

    News ask for a check-in in the same week, so that it may be on the same day.

    Args:
        happened_on: The day in the organisation's time zone.

    Raises:
        Invalid: the day cannot be.
    """
    if kind is not Incident.NEWS and on == happened_on:
        raise Invalid({"on": _("How somebody is some time later is asked on a later day than the incident.")})
    if not happened_on <= on <= today:
        raise Invalid({"on": _("Choose a day between the incident and today.")})
