"""How a plan begins: asked for by the worker, or proposed to them; agreed to or declined in their own session."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
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
from competences.support.commands.deletion import erase
from competences.support.commands.log import Logged, command, done
from competences.support.commands.plans.writing import save_plan, works_here
from competences.support.queries.plans import Plan, plan
from competences.support.rules.bodies import PlanBody, place, sealed_body
from competences.support.rules.plans import FIRST_TALK, REVIEW_MONTHS
from competences.support.rules.proposals import Proposal, check_proposal, check_text
from competences.support.rules.readers import LEAD, Side
from competences.support.tables import SupportPlan
from competences.text import _


@command
async def propose_plan(
    actor: Actor,
    ring: KeyRing,
    reach: Reach,
    person_id: int,
    draft: Proposal,
    now: datetime,
    leads: Collection[int] = (),
) -> Logged[Event]:
    """Ask for a plan for oneself, which begins with it; or, as a support lead, propose one to somebody after a talk.

    Whether the person has a plan with somebody else makes no difference to whoever proposes.

    Args:
        leads: Ids of the support leads whom somebody may choose for their own plan.

    Raises:
        NotFound: there is no such person, or the actor may propose plans to nobody but themselves.
        Conflict: the actor has a plan, or has proposed one to this person, already.
        Invalid: words, lead, basis or the text that was shown are missing.
    """
    own = person_id == actor.person_id
    if not reach or not (own or reach is Reach.ALL) or not await works_here(person_id, now.date()):
        raise NotFound(_("There is no such person, or they do not work here any more."))
    check_proposal(draft, own=own)
    lead_id = draft.lead_id if own else actor.person_id
    keeps = lead_id in leads if own else LEAD in actor.roles
    if not keeps or lead_id == person_id or lead_id is None or not await works_here(lead_id, now.date()):
        raise Invalid({"lead": _("Choose a support lead from the list.")})
    await _check_none(person_id, lead_id, own=own)
    row = await _written(actor, ring, person_id, lead_id, draft, now, own=own)
    return done(await plan(actor, ring, row.id, now), events.PlanAgreed if own else events.PlanProposed)


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
    await save_plan(found, body, {
        SupportPlan.agreed_at: now, SupportPlan.review_on: months_from(today, REVIEW_MONTHS),
        SupportPlan.check_in_on: today + FIRST_TALK,
    })  # fmt: skip
    return done(found, events.PlanAgreed)


async def _proposal(actor: Actor, ring: KeyRing, plan_id: int, now: datetime) -> Plan:
    found = await plan(actor, ring, plan_id, now, lock=True)
    if found.agreed_at is not None or found.closed_at is not None:
        raise Conflict(_("This was answered already."))
    return found


@command
async def decline_plan(actor: Actor, ring: KeyRing, plan_id: int, now: datetime) -> Logged[Event]:
    """Say no to a proposal, or take back one's own. Nothing of it is kept, unless a legal hold keeps it closed.

    Raises:
        NotFound: there is no such plan, or the actor may not open it.
        Conflict: it is agreed already.
    """
    found = await _proposal(actor, ring, plan_id, now)
    if found.held is not None and found.held >= now.date():
        await SupportPlan.update({SupportPlan.closed_at: now, SupportPlan.delete_on: now.date()}).where(
            SupportPlan.id == found.id
        )
    else:
        await erase(found.id, found.uid, now)
    return done(found, events.PlanDeclined)
