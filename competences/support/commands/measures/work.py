"""What is done: agreed, changed, looked at again, ended."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from competences.actor import Actor
from competences.audit.events import Event
from competences.errors import Invalid
from competences.sealing.rules import KeyRing
from competences.support import events
from competences.support.commands.log import Logged, command, done
from competences.support.commands.measures.rows import measure, untold, write
from competences.support.queries.parts import parts
from competences.support.queries.plans import Plan, working_plan
from competences.support.rules.bodies import MeasureBody
from competences.support.rules.measures import MeasureDraft, check_measure
from competences.support.rules.proposals import check_text
from competences.support.rules.readers import Side
from competences.support.tables import Measure
from competences.text import _


@command
async def add_measure(
    actor: Actor, ring: KeyRing, plan_id: int, draft: MeasureDraft, now: datetime
) -> Logged[Event]:
    """Add what was agreed to be done. Whoever sees to it can open the plan.

    Raises:
        NotFound: there is no such plan, or the actor may not open it.
        Conflict: the actor only reads it, it is not agreed yet or closed.
        Invalid: a field cannot be used.
    """
    found = await working_plan(actor, ring, plan_id, now, Side.WORKER, Side.LEAD)
    await _check(found, draft, now)
    uid = uuid4().hex
    row = Measure(uid=uid, plan=found.id, body=found.seal("measure", uid, _body(draft)), **_columns(draft))
    await row.save()
    return done(found, events.MeasureAdded, uid)


@command
async def change_measure(
    actor: Actor, ring: KeyRing, plan_id: int, measure_id: int, draft: MeasureDraft, now: datetime
) -> Logged[Event]:
    """Change what is done, or note that it is in place or was looked at. What the team is told stays.

    Raises:
        NotFound: there is no such plan or measure, or the actor may not open it.
        Conflict: the actor only reads it, it has ended, or the form is stale.
        Invalid: a field cannot be used.
    """
    found = await working_plan(actor, ring, plan_id, now, Side.WORKER, Side.LEAD)
    row, before = await measure(found, measure_id, draft.edition)
    await _check(found, draft, now, {row.owner})
    for name, value in _columns(draft).items():
        setattr(row, name, value)
    told = ("team_words", "about_cases", "arrangement_id")
    await write(found, row, replace(_body(draft), **{name: getattr(before, name) for name in told}))
    return done(found, events.MeasureChanged, row.uid)


@command
async def end_measure(
    actor: Actor, ring: KeyRing, plan_id: int, measure_id: int, result: str, now: datetime, *, edition: int
) -> Logged[Event]:
    """Note that something is done, or done no more; the team is told of it no longer.

    Raises:
        NotFound: there is no such plan or measure, or the actor may not open it.
        Conflict: the actor only reads it, it has ended, or the form is stale.
        Invalid: the text is too long.
    """
    found = await working_plan(actor, ring, plan_id, now, Side.WORKER, Side.LEAD)
    row, body = await measure(found, measure_id, edition)
    if errors := check_text("result", result):
        raise Invalid(errors)
    row.done_on, row.asked_at = now.date(), None
    body = await untold(found, body, now.date())
    await write(found, row, replace(body, result=result.strip()))
    return done(found, events.MeasureEnded, row.uid)


def _body(draft: MeasureDraft) -> MeasureBody:
    return MeasureBody(draft.kind, draft.title.strip(), draft.what.strip(), draft.need, draft.in_place)


def _columns(draft: MeasureDraft) -> dict[Any, Any]:
    return {
        "owner": draft.owner_id,
        "from_on": draft.from_on,
        "until_on": draft.until_on,
        "review_on": draft.review_on,
    }


async def _check(
    found: Plan, draft: MeasureDraft, now: datetime, before: set[int | None] | None = None
) -> None:
    check_measure(draft, now.date())
    held = await parts(found, now)
    owners = {found.person_id, found.lead_id, None} | {one.person_id for one in held.readers if one.open}
    if draft.owner_id not in owners | (before or set()):
        raise Invalid(
            {"owner": _("Whoever sees to it must be able to read the plan. Name them as a reader first.")}
        )
    if draft.need and draft.need not in {one.uid for one in held.needs}:
        raise Invalid({"need": _("Choose a need of this plan.")})
