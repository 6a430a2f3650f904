"""Opening a plan in an emergency without being named: for support leads, with a reason, for a day, told at once.

Whoever asks leaves the same trace whether there is a plan or not: a notice to the person and to privacy officers, and
an entry in the ordinary log. The reason is kept, sealed, only in the plan.
"""

from datetime import datetime
from uuid import uuid4

from competences.actor import Actor
from competences.audit.commands import command
from competences.errors import Conflict, Invalid, NotFound
from competences.people.tables import Person
from competences.sealing.queries import data_key
from competences.sealing.rules import Changed, KeyLost, KeyRing
from competences.support import events
from competences.support.commands import log
from competences.support.events.apart import EmergencySeen, EmergencyTried
from competences.support.queries.notices import notices
from competences.support.queries.plans import opens_plan_of, plan
from competences.support.rules.bodies import ReaderBody, place, sealed_body
from competences.support.rules.proposals import check_text
from competences.support.rules.readers import EMERGENCY, GLASS, LEAD
from competences.support.tables import EmergencyNotice, PlanReader, SupportPlan
from competences.text import _

_OPEN = "SELECT id, uid FROM support_plan WHERE person = {} AND agreed_at IS NOT NULL AND closed_at IS NULL FOR UPDATE"


async def break_glass(actor: Actor, ring: KeyRing, person_id: int, reason: str, now: datetime) -> int | None:
    """Open what there is of somebody in an emergency; return the plan, or None where there is nothing that opens.

    The trace is kept first, whatever follows. The plan is held before its log is, as its other commands do.

    Raises:
        NotFound: the actor is no support lead, or there is no such person.
        Conflict: the actor may open the plan anyway.
        Invalid: there is no reason.
    """
    await _try(actor, person_id, reason, now)
    try:
        return await _opened(actor, ring, person_id, reason, now)
    except (KeyLost, Changed):  # that there is something would be told by saying so
        return None


async def _opened(actor: Actor, ring: KeyRing, person_id: int, reason: str, now: datetime) -> int | None:
    async with SupportPlan._meta.db.transaction():
        rows = await SupportPlan.raw(_OPEN, person_id)
        for row in rows:
            await _open(actor, ring, row["id"], row["uid"], reason, now)
    return rows[0]["id"] if rows else None


@command
async def _try(actor: Actor, person_id: int, reason: str, now: datetime) -> EmergencyTried:
    if LEAD not in actor.roles or actor.person_id is None:
        raise NotFound(_("There is no such page, or it is not for you."))
    if person_id == actor.person_id or not await Person.exists().where(
        Person.id == person_id, Person.external == ""
    ):
        raise NotFound(_("There is no such person."))
    if errors := check_text("reason", reason, _("Say why this cannot wait. The person reads it.")):
        raise Invalid(errors)
    if await opens_plan_of(actor, person_id, now):
        raise Conflict(_("You can open this plan anyway: it is among yours."))
    await EmergencyNotice(person=person_id, by=actor.person_id, by_name=actor.name, at=now).save()
    return EmergencyTried(subject_id=person_id)


async def _open(actor: Actor, ring: KeyRing, plan_id: int, uid: str, reason: str, now: datetime) -> None:
    key, own = await data_key(ring, uid), uuid4().hex
    body = sealed_body(key, ReaderBody(reason.strip(), actor.name), place("plan_reader", own, uid))
    await PlanReader(
        uid=own, plan=plan_id, person=actor.person_id, from_at=now, until_on=(now + EMERGENCY).date(),
        emergency=GLASS, body=body,
    ).save()  # fmt: skip
    found = await plan(actor, ring, plan_id, now)
    await log.record(actor, found, events.EmergencyOpened(subject_id=plan_id), own)


@command
async def see_notice(actor: Actor, notice_id: int, now: datetime) -> EmergencySeen:
    """Note that the actor has taken note: the person for themselves, a privacy officer for the officers.

    Raises:
        NotFound: there is no such notice for the actor.
    """
    found = next((one for one in await notices(actor) if one.id == notice_id), None)
    if found is None:
        raise NotFound(_("There is no such page, or it is not for you."))
    column = EmergencyNotice.person_seen_at if found.own else EmergencyNotice.officer_seen_at
    await EmergencyNotice.update({column: now}).where(EmergencyNotice.id == notice_id)
    return EmergencySeen(subject_id=notice_id)
