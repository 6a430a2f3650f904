"""Talks that are written down: check-ins, early talks, ways back."""

from datetime import datetime
from uuid import uuid4

from competences.actor import Actor
from competences.audit.events import Event
from competences.errors import Conflict
from competences.sealing.rules import KeyRing
from competences.support import events
from competences.support.commands.log import Logged, command, done
from competences.support.queries.plans import is_named, working_plan
from competences.support.rules.bodies import CheckInBody
from competences.support.rules.readers import Side
from competences.support.rules.talks import TalkDraft, check_talk
from competences.support.tables import CheckIn, SupportPlan
from competences.text import _


@command
async def record_check_in(
    actor: Actor, ring: KeyRing, plan_id: int, draft: TalkDraft, now: datetime
) -> Logged[Event]:
    """Write down a talk; the worker sees it at once, and it does not change any more. Without a next day, that day stays.

    The worker, their support lead and readers to whom the worker agreed do; who opened it in an emergency only reads.

    Raises:
        NotFound: there is no such plan, or the actor may not open it.
        Conflict: it is not agreed yet, or closed, or the actor opened it in an emergency.
        Invalid: a field cannot be used.
    """
    found = await working_plan(actor, ring, plan_id, now, *Side)
    if found.side is Side.READER and not await is_named(actor, found, now):
        raise Conflict(_("You opened this plan in an emergency: you read it and add nothing."))
    check_talk(draft, now.date())
    uid = uuid4().hex
    body = CheckInBody(draft.kind, actor.name, draft.note.strip(), draft.next_step.strip())
    await CheckIn(
        uid=uid, plan=found.id, held_on=draft.held_on, recorded_at=now, body=found.seal("check_in", uid, body)
    ).save()
    if draft.next_on is not None:
        await SupportPlan.update({SupportPlan.check_in_on: draft.next_on}).where(SupportPlan.id == found.id)
    return done(found, events.TalkRecorded, uid)
