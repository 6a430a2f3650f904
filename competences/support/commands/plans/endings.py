"""How a plan ends: the worker withdraws, or both close it. Its time begins to run then."""

from dataclasses import replace
from datetime import datetime

from competences.actor import Actor
from competences.audit.events import Event
from competences.errors import Conflict
from competences.gaps.rules.standing import months_from
from competences.sealing.rules import KeyRing
from competences.support import events
from competences.support.commands.log import Logged, command, done
from competences.support.commands.measures.rows import untold
from competences.support.commands.plans.writing import save_plan
from competences.support.queries.parts import parts
from competences.support.queries.plans import Plan, working_plan
from competences.support.rules.bodies import Ended
from competences.support.rules.plans import KEEP_MONTHS
from competences.support.rules.readers import Side
from competences.support.tables import PlanReader, SupportPlan
from competences.text import _


@command
async def withdraw_consent(
    actor: Actor, ring: KeyRing, plan_id: int, now: datetime, months: int = KEEP_MONTHS
) -> Logged[Event]:
    """Withdraw what the plan rests on. It is closed at once; nobody else opens it any more, and its time begins to run.

    Raises:
        NotFound: there is no such plan, or the actor may not open it.
        Conflict: the actor is not the worker, or it is closed.
    """
    found = await working_plan(actor, ring, plan_id, now, Side.WORKER)
    await _close(found, Ended.WITHDRAWN, now, months)
    return done(found, events.ConsentWithdrawn)


@command
async def close_plan(
    actor: Actor, ring: KeyRing, plan_id: int, ended: Ended, now: datetime, months: int = KEEP_MONTHS
) -> Logged[Event]:
    """Close a plan that has done its work, or whose worker leaves.

    Raises:
        NotFound: there is no such plan, or the actor may not open it.
        Conflict: the actor only reads it, or it is closed.
    """
    found = await working_plan(actor, ring, plan_id, now, Side.WORKER, Side.LEAD)
    if ended is Ended.WITHDRAWN and found.side is not Side.WORKER:
        raise Conflict(_("Only the person whose plan it is can do this."))
    await _close(found, ended, now, months)
    return done(found, events.PlanClosed)


async def _close(found: Plan, ended: Ended, now: datetime, months: int) -> None:
    for row in (await parts(found, now)).measures:
        await untold(found, row.body, now.date())
    await PlanReader.update({PlanReader.ended_at: now}).where(
        PlanReader.plan == found.id, PlanReader.ended_at.is_null()
    )
    await save_plan(found, replace(found.body, ended=ended), {
        SupportPlan.closed_at: now, SupportPlan.delete_on: months_from(now.date(), months),
        SupportPlan.review_on: None, SupportPlan.check_in_on: None,
    })  # fmt: skip
