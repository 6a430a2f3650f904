"""Writes of incidents: kind, moment and people; then the debrief and the check-in that each of them is owed."""

from datetime import date, datetime

from competences.actor import Actor
from competences.audit.commands import command
from competences.care.events.incidents import CheckInRecorded, DebriefRecorded, IncidentRecorded
from competences.care.queries.incidents import concerned_one
from competences.care.queries.register import in_care
from competences.care.rules.choices import Incident
from competences.care.rules.incidents import IncidentDraft, check_check_in, check_incident
from competences.care.tables import IncidentPerson, StaffIncident
from competences.errors import Conflict, Invalid, NotFound
from competences.people import queries as people
from competences.people.reach import Reach
from competences.text import _


@command
async def record_incident(
    actor: Actor, reach: Reach, draft: IncidentDraft, now: datetime, today: date
) -> IncidentRecorded:
    """Put on record that something happened to staff; from now on each of them is owed what the rules say.

    Raises:
        NotFound: the actor looks after nobody.
        Invalid: it is to come, concerned nobody, or somebody whom the actor does not look after.
    """
    able = {one.id for one in await in_care(actor, reach, today)}
    if not able:
        raise NotFound(_("There is no such page, or it is not for you."))
    check_incident(draft, now)
    if not draft.person_ids <= able:
        raise Invalid({"people": _("Choose people from the list.")})
    row = StaffIncident(
        kind=draft.kind.value, happened_at=draft.happened_at, recorded_at=now, recorded_by=actor.name
    )
    await row.save()
    await IncidentPerson.insert(
        *(IncidentPerson(incident=row.id, person=one) for one in sorted(draft.person_ids))
    )
    return IncidentRecorded(subject_id=row.id, kind=row.kind, people=len(draft.person_ids))


@command
async def record_debrief(
    actor: Actor, reach: Reach, concerned_id: int, at: datetime, now: datetime
) -> DebriefRecorded:
    """Put on record that somebody was debriefed, and when.

    Raises:
        NotFound: there is no such incident, or the actor does not look after the person.
        Conflict: it is on record already, news ask for none, or it is the actor, whose line manager does this.
        Invalid: the moment is before the incident or to come.
    """
    row = await _locked(actor, reach, concerned_id)
    incident = await StaffIncident.objects().get(StaffIncident.id == row.incident)
    assert incident is not None
    if row.debriefed_at is not None or incident.kind == Incident.NEWS.value:
        raise Conflict(_("No debrief is owed here, or it is on record already."))
    if not incident.happened_at <= at <= now:
        raise Invalid({"at": _("Choose a moment between the incident and now.")})
    row.debriefed_at = at
    await row.save([IncidentPerson.debriefed_at])
    return DebriefRecorded(subject_id=row.incident, person_id=row.person)


@command
async def record_check_in(
    actor: Actor, reach: Reach, concerned_id: int, on: date, now: datetime
) -> CheckInRecorded:
    """Put on record that somebody was asked how they are, some time after an incident.

    Args:
        now: In the organisation's time zone, where an incident has its day.

    Raises:
        NotFound: there is no such incident, or the actor does not look after the person.
        Conflict: it is on record already, or it is the actor, whose line manager does this.
        Invalid: the day is too early or to come.
    """
    row = await _locked(actor, reach, concerned_id)
    incident = await StaffIncident.objects().get(StaffIncident.id == row.incident)
    assert incident is not None
    if row.checked_in_on is not None:
        raise Conflict(_("It is on record already."))
    happened_on = incident.happened_at.astimezone(now.tzinfo).date()
    check_check_in(Incident(incident.kind), happened_on, on, now.date())
    row.checked_in_on = on
    await row.save([IncidentPerson.checked_in_on])
    return CheckInRecorded(subject_id=row.incident, person_id=row.person)


async def _locked(actor: Actor, reach: Reach, concerned_id: int) -> IncidentPerson:
    """Return who was concerned, locked, for whoever looks after them."""
    if reach < Reach.TEAM:
        raise NotFound(_("There is no such incident, or it is not for you."))
    seen = await concerned_one(actor, reach, None, concerned_id)
    await people.led(actor, reach, seen.person_id)
    row: IncidentPerson | None = (
        await IncidentPerson.objects().get(IncidentPerson.id == concerned_id).lock_rows()
    )
    assert row is not None
    return row
