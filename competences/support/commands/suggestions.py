"""What people say to a suggestion: accept it as a need, dismiss it with a reason, or postpone it; the worker answers."""

from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from competences.actor import Actor
from competences.audit.events import Event
from competences.errors import Conflict, Invalid, NotFound
from competences.sealing.rules import KeyRing
from competences.support import events
from competences.support.commands.log import Logged, command, done
from competences.support.commands.needs import write_need
from competences.support.queries.catalogue import offered
from competences.support.queries.facts import open_suggestions_of
from competences.support.queries.parts import parts
from competences.support.queries.plans import Plan, working_plan
from competences.support.rules.bodies import Choice, FlagBody
from competences.support.rules.needs import NeedDraft
from competences.support.rules.proposals import check_text
from competences.support.rules.readers import Side
from competences.support.rules.suggestions import AnswerDraft, Rule, Suggestion, check_choice
from competences.support.tables import Flag
from competences.text import _


@command
async def answer_suggestion(
    actor: Actor, ring: KeyRing, plan_id: int, draft: AnswerDraft, now: datetime
) -> Logged[Event]:
    """Accept a suggestion, which takes up its need; dismiss it with a reason; or postpone it.

    Raises:
        NotFound: there is no such plan or suggestion, or the actor may not open it.
        Conflict: the actor only reads it, it is not agreed yet or closed.
        Invalid: reason or day are missing, or the catalogue offers its need no more.
    """
    found = await working_plan(actor, ring, plan_id, now, Side.WORKER, Side.LEAD)
    check_choice(draft, now.date())
    held = await parts(found, now)
    listed = await open_suggestions_of(found, held, now)
    one = next((one for one in listed if (one.rule, one.rests_on) == (draft.rule, draft.rests_on)), None)
    if one is None:
        raise NotFound(_("This was answered already, or the records suggest it no more."))
    if draft.choice is Choice.ACCEPTED and one.rule is not Rule.REVIEW_OVERDUE:
        known = {need.body.code for need in held.needs if need.ended_at is None}
        if one.need not in known:
            await _take(actor, found, one, now)
    uid = uuid4().hex
    body = FlagBody(one.rule, one.rests_on, draft.choice, draft.reason.strip(), actor.name)
    await Flag(
        uid=uid, plan=found.id, until_on=draft.until_on if draft.choice is Choice.POSTPONED else None,
        answered_at=now, body=found.seal("flag", uid, body),
    ).save()  # fmt: skip
    return done(found, events.SuggestionAnswered, uid)


async def _take(actor: Actor, found: Plan, one: Suggestion, now: datetime) -> None:
    version = next((row.version_id for row in await offered() if row.code == one.need), None)
    if version is None:
        raise Invalid({"choice": _("The catalogue does not offer this need any more.")})
    await write_need(actor, found, NeedDraft(version), now)


@command
async def comment_suggestion(
    actor: Actor, ring: KeyRing, plan_id: int, flag_id: int, words: str, now: datetime, *, edition: int
) -> Logged[Event]:
    """Say something to what was answered to a suggestion. The worker alone.

    Raises:
        NotFound: there is no such plan or answer, or the actor may not open it.
        Conflict: the actor is not the worker, or the form is stale.
        Invalid: nothing is said.
    """
    found = await working_plan(actor, ring, plan_id, now, Side.WORKER)
    row = await Flag.objects().where(Flag.id == flag_id, Flag.plan == found.id).first()
    if row is None:
        raise NotFound(_("There is no such page, or it is not for you."))
    if row.edition != edition:
        raise Conflict(_("Somebody else changed this while you were editing. Look at it again first."))
    if errors := check_text("answer", words, _("Say how you see it.")):
        raise Invalid(errors)
    body = found.open(FlagBody, "flag", row.uid, row.body)
    row.body = found.seal("flag", row.uid, replace(body, answer=words.strip()))
    row.edition += 1
    await row.save()
    return done(found, events.SuggestionCommented, row.uid)
