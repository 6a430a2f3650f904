"""What changes in a plan beside its parts: the worker's words, what both keep together, who keeps it."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from competences.actor import Actor
from competences.audit.events import Event
from competences.errors import Invalid
from competences.sealing.rules import KeyRing
from competences.support import events
from competences.support.commands.log import Logged, command, done
from competences.support.commands.plans.writing import check_edition, save_plan, works_here
from competences.support.queries.plans import working_plan
from competences.support.rules.bodies import CaseMirror
from competences.support.rules.plans import Agreement, check_agreement, check_references
from competences.support.rules.proposals import check_text
from competences.support.rules.readers import Side
from competences.support.tables import SupportPlan
from competences.text import _


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
    check_edition(found, edition)
    if errors := check_text("words", words, _("Say in your own words what would help.")):
        raise Invalid(errors)
    await save_plan(found, replace(found.body, words=words.strip(), words_on=now.date()))
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
    check_edition(found, draft.edition)
    check_agreement(draft, now.date())
    body = replace(
        found.body, signs=draft.signs.strip(), call=draft.call.strip(), way_back=draft.way_back.strip()
    )
    days: dict[object, object] = {
        SupportPlan.review_on: draft.review_on,
        SupportPlan.check_in_on: draft.check_in_on,
    }
    await save_plan(found, body, days)
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
    await save_plan(found, replace(found.body, cases=cases))
    return done(found, events.CasesDeclared)


@command
async def change_lead(
    actor: Actor, ring: KeyRing, plan_id: int, lead_id: int, now: datetime, leads: Collection[int]
) -> Logged[Event]:
    """Choose another support lead. The worker alone does; the one before can open the plan no more.

    Args:
        leads: Ids of the support leads whom the worker may choose.

    Raises:
        NotFound: there is no such plan, or the actor may not open it.
        Conflict: the actor is not the worker, or it is closed.
        Invalid: it is no support lead who works here.
    """
    found = await working_plan(actor, ring, plan_id, now, Side.WORKER)
    if lead_id not in leads or lead_id == found.person_id or not await works_here(lead_id, now.date()):
        raise Invalid({"lead": _("Choose a support lead from the list.")})
    await save_plan(found, found.body, {SupportPlan.lead: lead_id})
    return done(found, events.PlanChanged)
