"""How a plan begins, changes and ends. It begins with the worker, and it ends when they say so."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import uuid4

from competences.actor import Actor
from competences.audit.events import Event
from competences.errors import Conflict, Invalid, NotFound
from competences.gaps.rules.standing import months_from
from competences.people.reach import Reach
from competences.people.tables import Person
from competences.sealing.commands import make_key
from competences.sealing.rules import KeyRing
from competences.support import events
from competences.support.commands.log import Logged, command, done
from competences.support.queries.plans import Plan, plan, working_plan
from competences.support.rules.bodies import CaseMirror, Ended, PlanBody, place, sealed_body
from competences.support.rules.plans import (
    FIRST_TALK,
    KEEP_MONTHS,
    REVIEW_MONTHS,
    Agreement,
    check_agreement,
    check_references,
)
from competences.support.rules.proposals import Proposal, check_proposal, check_text
from competences.support.rules.readers import Side
from competences.support.tables import PlanReader, SupportPlan
from competences.text import _


@command
async def propose_plan(
    actor: Actor, ring: KeyRing, reach: Reach, person_id: int, draft: Proposal, now: datetime
) -> Logged[Event]:
    """Ask for a plan for oneself, which begins with it; or, as a support lead, propose one to somebody after a talk.

    Whether the person has a plan with somebody else makes no difference to whoever proposes.

    Raises:
        NotFound: there is no such person, or the actor may propose plans to nobody but themselves.
        Conflict: the actor has a plan, or has proposed one to this person, already.
        Invalid: words, lead, basis or the text that was shown are missing.
    """
    own = person_id == actor.person_id
    if not reach or not (own or reach is Reach.ALL) or not await _works_here(person_id, now.date()):
        raise NotFound(_("There is no such person, or they do not work here any more."))
    check_proposal(draft, own=own)
    lead_id = draft.lead_id if own else actor.person_id
    if lead_id == person_id or lead_id is None or not await _works_here(lead_id, now.date()):
        raise Invalid({"lead": _("Choose a support lead from the list.")})
    await _check_none(person_id, lead_id, own=own)
    row = await _written(actor, ring, person_id, lead_id, draft, now, own=own)
    return done(await plan(actor, ring, row.id, now), events.PlanAgreed if own else events.PlanProposed)


async def _works_here(person_id: int, today: date) -> bool:
    return bool(
        await Person.raw(
            "SELECT id FROM person WHERE id = {} AND external = '' AND (ended_on IS NULL OR ended_on >= {})"
            " FOR SHARE",
            person_id, today,
        )
    )  # fmt: skip


async def _check_none(person_id: int, lead_id: int, *, own: bool) -> None:
    """Refuse what is there already, as far as the actor is on it."""
    await Person.raw("SELECT id FROM person WHERE id = {} FOR NO KEY UPDATE", person_id)
    mine = (SupportPlan.person == person_id) & SupportPlan.closed_at.is_null()
    if own and await SupportPlan.exists().where(mine & SupportPlan.agreed_at.is_not_null()):
        raise Conflict(_("You have a support plan already."))
    if await SupportPlan.exists().where(mine & (SupportPlan.lead == lead_id)):
        if own:
            raise Conflict(_("This support lead has proposed a plan to you already. Answer that one."))
        raise Conflict(_("You keep a plan with this person, or have proposed one, already."))


async def _written(
    actor: Actor, ring: KeyRing, person_id: int, lead_id: int, draft: Proposal, now: datetime, *, own: bool
) -> SupportPlan:
    uid, today = uuid4().hex, now.date()
    key = await make_key(ring, uid, now)
    body = PlanBody(
        raised=draft.raised, basis=draft.basis, basis_text=draft.basis_text, proposed_by=actor.name,
        why=draft.why.strip(), words=draft.words.strip(),
        basis_on=today if own else None, words_on=today if own else None,
    )  # fmt: skip
    row = SupportPlan(
        uid=uid, person=person_id, lead=lead_id, proposed_at=now, agreed_at=now if own else None,
        review_on=months_from(today, REVIEW_MONTHS) if own else None,
        check_in_on=today + FIRST_TALK if own else None,
        body=sealed_body(key, body, place("support_plan", uid, uid)),
    )  # fmt: skip
    await row.save()
    return row


@command
async def agree_plan(actor: Actor, ring: KeyRing, plan_id: int, words: str, now: datetime) -> Logged[Event]:
    """Agree to a plan that was proposed, in one's own words. Nobody else can.

    Raises:
        NotFound: there is no such plan, or the actor may not open it.
        Conflict: it is not proposed to the actor, is agreed already, or they have another one.
        Invalid: the words are missing.
    """
    found = await _proposal(actor, ring, plan_id, now)
    if found.side is not Side.WORKER:
        raise Conflict(_("Only the person whose plan it is can do this."))
    if errors := check_text("words", words, _("Say in your own words what would help.")):
        raise Invalid(errors)
    await Person.raw("SELECT id FROM person WHERE id = {} FOR NO KEY UPDATE", found.person_id)
    if await SupportPlan.exists().where(
        SupportPlan.person == found.person_id,
        SupportPlan.agreed_at.is_not_null(),
        SupportPlan.closed_at.is_null(),
    ):
        raise Conflict(_("You have a support plan already. Close that one first, or decline this one."))
    today = now.date()
    body = replace(found.body, words=words.strip(), words_on=today, basis_on=today)
    await _save(found, body, {
        SupportPlan.agreed_at: now, SupportPlan.review_on: months_from(today, REVIEW_MONTHS),
        SupportPlan.check_in_on: today + FIRST_TALK,
    })  # fmt: skip
    return done(found, events.PlanAgreed)


async def _proposal(actor: Actor, ring: KeyRing, plan_id: int, now: datetime) -> Plan:
    found = await plan(actor, ring, plan_id, now, lock=True)
    if found.agreed_at is not None or found.closed_at is not None:
        raise Conflict(_("This was answered already."))
    return found


async def _save(found: Plan, body: PlanBody, columns: dict[object, object] | None = None) -> None:
    await SupportPlan.update(
        {
            SupportPlan.body: found.seal("support_plan", found.uid, body),
            SupportPlan.edition: SupportPlan.edition + 1,
            **(columns or {}),  # type: ignore[dict-item]
        }
    ).where(SupportPlan.id == found.id)


def _check_edition(found: Plan, shown: int) -> None:
    if found.edition != shown:
        raise Conflict(_("Somebody else changed this plan while you were editing. Look at it again first."))


@command
async def change_words(
    actor: Actor, ring: KeyRing, plan_id: int, words: str, edition: int, now: datetime
) -> Logged[Event]:
    """Change one's own words. Nobody else can.

    Raises:
        NotFound: there is no such plan, or the actor may not open it.
        Conflict: the actor is not the worker, it is closed, or the form is stale.
        Invalid: the words are missing or too long.
    """
    found = await working_plan(actor, ring, plan_id, now, Side.WORKER)
    _check_edition(found, edition)
    if errors := check_text("words", words, _("Say in your own words what would help.")):
        raise Invalid(errors)
    await _save(found, replace(found.body, words=words.strip(), words_on=now.date()))
    return done(found, events.WordsChanged)


@command
async def change_plan(
    actor: Actor, ring: KeyRing, plan_id: int, draft: Agreement, now: datetime
) -> Logged[Event]:
    """Change signs and who to call, the way back, and when both look at it again.

    Raises:
        NotFound: there is no such plan, or the actor may not open it.
        Conflict: the actor only reads it, it is closed, or the form is stale.
        Invalid: a text or a day cannot be used.
    """
    found = await working_plan(actor, ring, plan_id, now, Side.WORKER, Side.LEAD)
    _check_edition(found, draft.edition)
    check_agreement(draft, now.date())
    body = replace(
        found.body, signs=draft.signs.strip(), call=draft.call.strip(), way_back=draft.way_back.strip()
    )
    days: dict[object, object] = {
        SupportPlan.review_on: draft.review_on,
        SupportPlan.check_in_on: draft.check_in_on,
    }
    await _save(found, body, days)
    return done(found, events.PlanChanged)


@command
async def declare_cases(
    actor: Actor, ring: KeyRing, plan_id: int, references: Sequence[str], now: datetime
) -> Logged[Event]:
    """Say which cases are close to one's own past, by reference; the worker alone says so.

    Raises:
        NotFound: there is no such plan, or the actor may not open it.
        Conflict: the actor is not the worker, or it is closed.
        Invalid: something is not a reference.
    """
    found = await working_plan(actor, ring, plan_id, now, Side.WORKER)
    wanted = tuple(dict.fromkeys(one.strip().upper() for one in references if one.strip()))
    check_references(wanted)
    said = {case.reference: case for case in found.body.cases}
    cases = tuple(said.get(one) or CaseMirror(one, now.date()) for one in wanted)
    await _save(found, replace(found.body, cases=cases))
    return done(found, events.CasesDeclared)


@command
async def change_lead(
    actor: Actor, ring: KeyRing, plan_id: int, lead_id: int, now: datetime
) -> Logged[Event]:
    """Choose another support lead. The worker alone does; the one before can open the plan no more.

    Raises:
        NotFound: there is no such plan, or the actor may not open it.
        Conflict: the actor is not the worker, or it is closed.
        Invalid: nobody of that number works here.
    """
    found = await working_plan(actor, ring, plan_id, now, Side.WORKER)
    if lead_id == found.person_id or not await _works_here(lead_id, now.date()):
        raise Invalid({"lead": _("Choose a support lead from the list.")})
    await _save(found, found.body, {SupportPlan.lead: lead_id})
    return done(found, events.PlanChanged)


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
    await PlanReader.update({PlanReader.ended_at: now}).where(
        PlanReader.plan == found.id, PlanReader.ended_at.is_null()
    )
    await _save(found, replace(found.body, ended=ended), {
        SupportPlan.closed_at: now, SupportPlan.delete_on: months_from(now.date(), months),
        SupportPlan.review_on: None, SupportPlan.check_in_on: None,
    })  # fmt: skip
