"""Who reads a plan beside the worker and the support lead: named with a reason, agreed by the worker, for a time."""

from datetime import date, datetime
from uuid import uuid4

from competences.actor import Actor
from competences.audit.events import Event
from competences.errors import Conflict, Invalid, NotFound
from competences.sealing.rules import KeyRing
from competences.support import events
from competences.support.commands.log import Logged, command, done
from competences.support.commands.plans.writing import works_here
from competences.support.queries.plans import Plan, working_plan
from competences.support.rules.bodies import ReaderBody
from competences.support.rules.readers import Side, check_reader
from competences.support.tables import PlanReader
from competences.text import _


@command
async def name_reader(
    actor: Actor, ring: KeyRing, plan_id: int, person_id: int, reason: str, until_on: date, now: datetime
) -> Logged[Event]:
    """Name somebody who may read. Named by the worker they may at once; named by the lead, once the worker agrees.

    Raises:
        NotFound: there is no such plan, or the actor may not open it.
        Conflict: the actor only reads it, or the person is named already.
        Invalid: person, reason or end cannot be used.
    """
    found = await working_plan(actor, ring, plan_id, now, Side.WORKER, Side.LEAD)
    check_reader(reason, until_on, now.date())
    if person_id in (found.person_id, found.lead_id) or not await works_here(person_id, now.date()):
        raise Invalid({"person": _("Choose somebody from the list.")})
    if await PlanReader.exists().where(
        PlanReader.plan == found.id, PlanReader.person == person_id, PlanReader.ended_at.is_null(),
        PlanReader.until_on >= now.date(), PlanReader.emergency == "",
    ):  # fmt: skip
        raise Conflict(_("This person is named already. End that first, then name them anew."))
    uid = uuid4().hex
    body = ReaderBody(reason.strip(), actor.name)
    await PlanReader(
        uid=uid, plan=found.id, person=person_id, from_at=now, until_on=until_on,
        agreed_at=now if found.side is Side.WORKER else None, body=found.seal("plan_reader", uid, body),
    ).save()  # fmt: skip
    return done(found, events.ReaderNamed, uid)


@command
async def agree_reader(
    actor: Actor, ring: KeyRing, plan_id: int, reader_id: int, now: datetime
) -> Logged[Event]:
    """Agree to somebody whom the lead named. The worker alone.

    Raises:
        NotFound: there is no such plan or naming, or the actor may not open it.
        Conflict: the actor is not the worker, or the naming has ended.
    """
    found = await working_plan(actor, ring, plan_id, now, Side.WORKER)
    row = await _reader(found, reader_id)
    await PlanReader.update({PlanReader.agreed_at: now}).where(PlanReader.id == row.id)
    return done(found, events.ReaderAgreed, row.uid)


@command
async def end_reader(
    actor: Actor, ring: KeyRing, plan_id: int, reader_id: int, now: datetime
) -> Logged[Event]:
    """End a naming, or refuse one: the person opens the plan no more.

    Raises:
        NotFound: there is no such plan or naming, or the actor may not open it.
        Conflict: the actor only reads it, or the naming has ended.
    """
    found = await working_plan(actor, ring, plan_id, now, Side.WORKER, Side.LEAD)
    row = await _reader(found, reader_id)
    await PlanReader.update({PlanReader.ended_at: now}).where(PlanReader.id == row.id)
    return done(found, events.ReaderEnded, row.uid)


async def _reader(found: Plan, reader_id: int) -> PlanReader:
    row = await PlanReader.objects().where(PlanReader.id == reader_id, PlanReader.plan == found.id).first()
    if row is None:
        raise NotFound(_("There is no such page, or it is not for you."))
    if row.ended_at is not None:
        raise Conflict(_("This has ended already."))
    return row
