"""Needs of a plan: taken up from the catalogue, answered by the worker, looked at again, ended."""

from dataclasses import replace
from datetime import date, datetime
from uuid import uuid4

from competences.actor import Actor
from competences.audit.events import Event
from competences.errors import Conflict, Invalid, NotFound
from competences.gaps.rules.standing import months_from
from competences.sealing.rules import KeyRing
from competences.support import events
from competences.support.commands.log import Logged, command, done
from competences.support.queries.catalogue import offered
from competences.support.queries.plans import Plan, working_plan
from competences.support.rules.bodies import NeedBody
from competences.support.rules.needs import NeedDraft, check_answer, check_need
from competences.support.rules.plans import check_day
from competences.support.rules.readers import Side
from competences.support.tables import PlanNeed
from competences.text import _


@command
async def take_need(
    actor: Actor, ring: KeyRing, plan_id: int, draft: NeedDraft, now: datetime
) -> Logged[Event]:
    """Take up a need as the catalogue has it today. From the worker it is agreed; else they answer it.

    Raises:
        NotFound: there is no such plan, or the actor may not open it.
        Conflict: the actor only reads it, it is not agreed yet or closed.
        Invalid: the catalogue does not offer this need, or a field cannot be used.
    """
    found = await working_plan(actor, ring, plan_id, now, Side.WORKER, Side.LEAD)
    check_need(draft, now.date())
    return done(found, events.NeedTaken, await write_need(actor, found, draft, now))


async def write_need(actor: Actor, found: Plan, draft: NeedDraft, now: datetime) -> str:
    """Write a need that is taken up; return its uid. Part of the commands.

    Raises:
        Invalid: the catalogue does not offer it.
    """
    text = next((one for one in await offered() if one.version_id == draft.version_id), None)
    if text is None:
        raise Invalid({"need": _("Choose a need from the list.")})
    own = found.side is Side.WORKER
    uid, today = uuid4().hex, now.date()
    body = NeedBody(
        text.version_id, text.code, text.title, draft.words.strip(), actor.name, today if own else None
    )
    review_on = draft.review_on or months_from(today, text.review_months)
    await PlanNeed(
        uid=uid, plan=found.id, review_on=review_on, body=found.seal("plan_need", uid, body)
    ).save()
    return uid


@command
async def answer_need(
    actor: Actor,
    ring: KeyRing,
    plan_id: int,
    need_id: int,
    answer: str,
    now: datetime,
    *,
    agreed: bool,
    edition: int,
) -> Logged[Event]:
    """Agree to a need, or say how one sees it. The worker alone.

    Raises:
        NotFound: there is no such plan or need, or the actor may not open it.
        Conflict: the actor is not the worker, it has ended, or the form is stale.
        Invalid: nothing is said.
    """
    found = await working_plan(actor, ring, plan_id, now, Side.WORKER)
    row, body = await _need(found, need_id, edition)
    check_answer(answer, agreed=agreed)
    row.body = found.seal(
        "plan_need",
        row.uid,
        replace(body, answer=answer.strip(), agreed_on=now.date() if agreed else None),
    )
    await _save(row)
    return done(found, events.NeedAnswered, row.uid)


@command
async def review_need(
    actor: Actor, ring: KeyRing, plan_id: int, need_id: int, next_on: date, now: datetime, *, edition: int
) -> Logged[Event]:
    """Note that a need was looked at, and when it is looked at next.

    Raises:
        NotFound: there is no such plan or need, or the actor may not open it.
        Conflict: the actor only reads it, it has ended, or the form is stale.
        Invalid: the day cannot be used.
    """
    found = await working_plan(actor, ring, plan_id, now, Side.WORKER, Side.LEAD)
    row, _body = await _need(found, need_id, edition)
    if errors := check_day("review_on", next_on, now.date()):
        raise Invalid(errors)
    row.review_on = next_on
    await _save(row)
    return done(found, events.NeedReviewed, row.uid)


@command
async def end_need(
    actor: Actor, ring: KeyRing, plan_id: int, need_id: int, now: datetime, *, edition: int
) -> Logged[Event]:
    """Note that a need is none any more.

    Raises:
        NotFound: there is no such plan or need, or the actor may not open it.
        Conflict: the actor only reads it, it has ended, or the form is stale.
    """
    found = await working_plan(actor, ring, plan_id, now, Side.WORKER, Side.LEAD)
    row, _body = await _need(found, need_id, edition)
    row.ended_at, row.review_on = now, None
    await _save(row)
    return done(found, events.NeedEnded, row.uid)


async def _need(found: Plan, need_id: int, edition: int) -> tuple[PlanNeed, NeedBody]:
    row = await PlanNeed.objects().where(PlanNeed.id == need_id, PlanNeed.plan == found.id).first()
    if row is None:
        raise NotFound(_("There is no such page, or it is not for you."))
    if row.ended_at is not None or row.edition != edition:
        raise Conflict(_("Somebody else changed this need while you were editing. Look at it again first."))
    return row, found.open(NeedBody, "plan_need", row.uid, row.body)


async def _save(row: PlanNeed) -> None:
    row.edition += 1
    await row.save()
