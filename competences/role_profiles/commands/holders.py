"""Writes of who works in which role. The database refuses two at a time."""

from datetime import date, timedelta

from competences.actor import Actor
from competences.audit.commands import command
from competences.errors import Conflict, Invalid, NotFound
from competences.people import queries as people
from competences.people.reach import Reach
from competences.people.tables import Person
from competences.role_profiles.events import RoleAssigned, RoleEnded
from competences.role_profiles.tables import RoleHolder, RoleProfile
from competences.text import _


@command
async def assign_role(
    actor: Actor, reach: Reach, person_id: int, profile_id: int | None, from_on: date
) -> RoleAssigned | None:
    """Say in which role somebody works from a day on; the role until then ends the day before.

    Raises:
        NotFound: there is no such person, or the actor does not reach them.
        Conflict: the actor has a line manager who does this for them.
        Invalid: there is no such role profile, or a role begins later than that day.
    """
    await _locked(actor, reach, person_id)
    if not await RoleProfile.exists().where(RoleProfile.id == (profile_id or 0)):
        raise Invalid({"profile": _("Choose a role profile from the list.")})
    last = await _last(person_id)
    if last is not None:
        lasting = last.until_on is None or last.until_on >= from_on
        if lasting and last.profile == profile_id and last.from_on <= from_on:
            return None
        if last.from_on > from_on:
            raise Invalid({"from_on": _("Another role begins after this day. Choose a later one.")})
        if last.from_on == from_on:  # said wrongly before: there never was a day of it
            await RoleHolder.delete().where(RoleHolder.id == last.id)
        elif lasting:
            last.until_on = from_on - timedelta(days=1)
            await last.save([RoleHolder.until_on])
    row = RoleHolder(person=person_id, profile=profile_id, from_on=from_on)
    await row.save()
    return RoleAssigned(subject_id=row.id, person_id=person_id, profile_id=profile_id or 0)


@command
async def end_role(actor: Actor, reach: Reach, person_id: int, until_on: date) -> RoleEnded | None:
    """Say which day is the last in somebody's role.

    Raises:
        NotFound: there is no such person, or the actor does not reach them.
        Conflict: the actor has a line manager who does this for them, or there is no role to end.
        Invalid: the day is before the first.
    """
    await _locked(actor, reach, person_id)
    last = await _last(person_id)
    if last is None:
        raise Conflict(_("There is no role to end."))
    if last.until_on == until_on:
        return None
    if until_on < last.from_on:
        raise Invalid({"until_on": _("The last day cannot be before the first.")})
    last.until_on = until_on
    await last.save([RoleHolder.until_on])
    return RoleEnded(subject_id=last.id, person_id=person_id)


async def _locked(actor: Actor, reach: Reach, person_id: int) -> None:
    """Make whoever says so at the same time take turns."""
    await people.led(actor, reach, person_id)
    if await Person.objects().get(Person.id == person_id).lock_rows() is None:
        raise NotFound(_("There is no such person."))


async def _last(person_id: int) -> RoleHolder | None:
    return (
        await RoleHolder.objects()
        .where(RoleHolder.person == person_id)
        .order_by(RoleHolder.from_on, ascending=False)
        .first()
    )
