"""How a plan ends: the worker withdraws, or both close it. Its time begins to run then."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from competences.actor import Actor
from competences.audit.events import Event
from competences.care.commands.arrangements import end_arrangement
from competences.errors import NotFound
from competences.gaps.rules.standing import months_from
from competences.sealing.rules import Changed, KeyRing
from competences.support import events
from competences.support.commands.log import Logged, command, done
from competences.support.queries.plans import OwnPlan, own_plan
from competences.support.rules.bodies import Ended, MeasureBody, PlanBody, opened_body, place, sealed_body
from competences.support.rules.plans import KEEP_MONTHS
from competences.support.tables import Measure, PlanReader, SupportPlan


@command
async def withdraw_consent(
    actor: Actor, ring: KeyRing, plan_id: int, now: datetime, months: int = KEEP_MONTHS
) -> Logged[Event]:
    """Withdraw what the plan rests on. It is closed at once; nobody else opens it any more, and its time begins to run.

    Neither a lost key nor a damaged text stands in the way.

    Raises:
        NotFound: there is no such plan, or the actor may not open it.
        Conflict: the actor is not the worker, or it is closed.
    """
    found = await own_plan(actor, ring, plan_id, now)
    await _close(found, Ended.WITHDRAWN, now, months)
    return done(found, events.ConsentWithdrawn)


@command
async def close_plan(
    actor: Actor, ring: KeyRing, plan_id: int, ended: Ended, now: datetime, months: int = KEEP_MONTHS
) -> Logged[Event]:
    """Close a plan that has done its work, or whose worker leaves. The worker alone says so.

    Raises:
        NotFound: there is no such plan, or the actor may not open it.
        Conflict: the actor is not the worker, or it is closed.
    """
    found = await own_plan(actor, ring, plan_id, now)
    await _close(found, ended, now, months)
    return done(found, events.PlanClosed)


async def _close(found: OwnPlan, ended: Ended, now: datetime, months: int) -> None:
    await PlanReader.update({PlanReader.ended_at: now}).where(
        PlanReader.plan == found.id, PlanReader.ended_at.is_null()
    )
    await SupportPlan.update({
        SupportPlan.closed_at: now, SupportPlan.delete_on: months_from(now.date(), months),
        SupportPlan.review_on: None, SupportPlan.check_in_on: None, SupportPlan.edition: SupportPlan.edition + 1,
    }).where(SupportPlan.id == found.id)  # fmt: skip
    if found.key is not None:
        await _note_why(found.id, found.uid, found.key, ended)
        await _untell(found, found.key, now)


async def _note_why(plan_id: int, uid: str, key: bytes, ended: Ended) -> None:
    (row,) = await SupportPlan.select(SupportPlan.body).where(SupportPlan.id == plan_id)
    where = place("support_plan", uid, uid)
    with suppress(Changed):
        body = replace(opened_body(PlanBody, key, row["body"], where), ended=ended)
        await SupportPlan.update({SupportPlan.body: sealed_body(key, body, where)}).where(
            SupportPlan.id == plan_id
        )


async def _untell(found: OwnPlan, key: bytes, now: datetime) -> None:
    """End what the team is told, as far as it is known: the number of an arrangement is sealed with its measure."""
    for row in await Measure.select(Measure.uid, Measure.body).where(Measure.plan == found.id):
        with suppress(Changed, NotFound):
            body = opened_body(MeasureBody, key, row["body"], place("measure", row["uid"], found.uid))
            if body.arrangement_id is not None:
                await end_arrangement(found.person_id, body.arrangement_id, now.date())
