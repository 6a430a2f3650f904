"""Talks that are written down: check-ins, early talks, ways back."""

from datetime import datetime
from uuid import uuid4

from competences.actor import Actor
from competences.audit.events import Event
from competences.sealing.rules import KeyRing
from competences.support import events
from competences.support.commands.log import Logged, command, done
from competences.support.queries.plans import working_plan
from competences.support.rules.bodies import CheckInBody
from competences.support.rules.readers import Side
from competences.support.rules.talks import TalkDraft, check_talk
from competences.support.tables import CheckIn, SupportPlan


@command
async def record_check_in(
    actor: Actor, ring: KeyRing, plan_id: int, draft: TalkDraft, now: datetime
) -> Logged[Event]:
    """Write down a talk; whoever is named on the plan may, and the worker sees it at once. It does not change any more.

    Raises:
        NotFound: there is no such plan, or the actor may not open it.
        Conflict: it is not agreed yet, or closed.
        Invalid: a field cannot be used.
    """
    found = await working_plan(actor, ring, plan_id, now, *Side)
    check_talk(draft, now.date())
    uid = uuid4().hex
    body = CheckInBody(draft.kind, actor.name, draft.note.strip(), draft.next_step.strip())
    await CheckIn(
        uid=uid, plan=found.id, held_on=draft.held_on, recorded_at=now, body=found.seal("check_in", uid, body)
    ).save()
    await SupportPlan.update({SupportPlan.check_in_on: draft.next_on}).where(SupportPlan.id == found.id)
    return done(found, events.TalkRecorded, uid)
