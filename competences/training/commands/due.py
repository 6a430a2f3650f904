"""Putting people for whom a course is due on the list of a session that is there already."""

from collections.abc import Sequence
from datetime import datetime

from competences.actor import Actor
from competences.audit.commands import command
from competences.errors import Invalid, NotFound
from competences.people.reach import Reach
from competences.text import _
from competences.training.commands.sessions.places import join, locked
from competences.training.commands.sessions.plans import working
from competences.training.events.due import PeopleInvited
from competences.training.rules.expiry import day_of
from competences.training.tables import Enrolment
from competences.training.tables.sessions import Place


@command
async def invite(
    actor: Actor, reach: Reach, session_id: int, person_ids: Sequence[int], now: datetime
) -> PeopleInvited | None:
    """Put people on a list, in this order; whoever is on it stays as they are. All of them, or nobody.

    Raises:
        NotFound: there is no such session, or the actor does not plan any.
        Conflict: it was cancelled.
        Invalid: nobody is named, or somebody does not work here.
    """
    if reach is not Reach.ALL:
        raise NotFound(_("There is no such session, or you may not see it."))
    row = await locked(session_id)
    if not person_ids:
        raise Invalid({"person": _("Tick whom you invite.")})
    if await working(person_ids, day_of(now, row.zone)) != set(person_ids):
        raise Invalid({"person": _("Somebody whom you invite does not work here any more.")})
    on_it = await Enrolment.select(Enrolment.person).where(
        Enrolment.session == session_id, Enrolment.place != Place.WITHDRAWN.value
    )
    new = [key for key in dict.fromkeys(person_ids) if key not in {one["person"] for one in on_it}]
    if not new:
        return None
    places = [(await join(session_id, now, person_id=key))[1] for key in new]
    booked = places.count(Place.BOOKED)
    return PeopleInvited(
        subject_id=session_id, person_ids=tuple(new), booked=booked, waiting=len(places) - booked
    )
