"""What the team is told: how things are done, never why, and only in the exact words that the worker agreed to."""

from dataclasses import replace
from datetime import datetime

from competences.actor import Actor
from competences.audit.events import Event
from competences.care.commands.arrangements import set_arrangement
from competences.errors import Conflict
from competences.sealing.rules import KeyRing
from competences.support import events
from competences.support.commands.log import Logged, command, done
from competences.support.commands.measures.rows import measure, untold, write
from competences.support.queries.plans import working_plan
from competences.support.rules.measures import check_team_words
from competences.support.rules.readers import Side
from competences.text import _


@command
async def ask_team_words(
    actor: Actor,
    ring: KeyRing,
    plan_id: int,
    measure_id: int,
    words: str,
    now: datetime,
    *,
    about_cases: bool,
    edition: int,
) -> Logged[Event]:
    """Ask the worker to agree to what the team is told; what it was told before ends.

    Raises:
        NotFound: there is no such plan or measure, or the actor may not open it.
        Conflict: the actor only reads it, it has ended, or the form is stale.
        Invalid: there are no words, or too many.
    """
    found = await working_plan(actor, ring, plan_id, now, Side.WORKER, Side.LEAD)
    row, body = await measure(found, measure_id, edition)
    check_team_words(words)
    body = await untold(found, body, now.date())
    row.asked_at = now
    await write(found, row, replace(body, team_words=words.strip(), about_cases=about_cases))
    return done(found, events.TeamWordsAsked, row.uid)


@command
async def agree_team_words(
    actor: Actor, ring: KeyRing, plan_id: int, measure_id: int, words: str, now: datetime, *, edition: int
) -> Logged[Event]:
    """Agree to what the team is told, word by word; it is told from now on. The worker alone.

    Raises:
        NotFound: there is no such plan or measure, or the actor may not open it.
        Conflict: the actor is not the worker, was not asked, or was shown other words.
    """
    found = await working_plan(actor, ring, plan_id, now, Side.WORKER)
    row, body = await measure(found, measure_id, edition)
    if row.asked_at is None or words != body.team_words:
        raise Conflict(_("These are not the words that you were asked about. Look at them again first."))
    made = await set_arrangement(
        actor, body.team_words, max(row.from_on, now.date()), now, about_cases=body.about_cases
    )
    row.asked_at = None
    await write(found, row, replace(body, arrangement_id=made.subject_id))
    return done(found, events.TeamWordsAgreed, row.uid)


@command
async def decline_team_words(
    actor: Actor, ring: KeyRing, plan_id: int, measure_id: int, now: datetime, *, edition: int
) -> Logged[Event]:
    """Say that the team is not to be told, or no longer. The worker alone; no reason is asked.

    Raises:
        NotFound: there is no such plan or measure, or the actor may not open it.
        Conflict: the actor is not the worker, it has ended, or the form is stale.
    """
    found = await working_plan(actor, ring, plan_id, now, Side.WORKER)
    row, body = await measure(found, measure_id, edition)
    row.asked_at = None
    body = await untold(found, body, now.date())
    await write(found, row, replace(body, team_words="", about_cases=False))
    return done(found, events.TeamWordsDeclined, row.uid)
