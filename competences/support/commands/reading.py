"""Reading is a command: whoever opens a plan leaves an entry, which the worker sees."""

from dataclasses import dataclass
from datetime import datetime

from competences.actor import Actor
from competences.sealing.rules import KeyRing
from competences.support import events
from competences.support.commands.log import Logged, command
from competences.support.queries.parts import EntryView, Parts, entries, parts
from competences.support.queries.plans import Plan, plan


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan with everything in it."""

    plan: Plan
    parts: Parts


@command
async def open_plan(actor: Actor, ring: KeyRing, plan_id: int, now: datetime) -> Logged[PlanView]:
    """Return a plan with everything in it, all opened.

    Raises:
        NotFound: there is no such plan, or the actor may not open it; the two are alike.
        KeyLost, Changed: it cannot be opened; the sentence says why.
    """
    found = await plan(actor, ring, plan_id, now)
    view = PlanView(found, await parts(found, now))
    return Logged(found, events.PlanOpened(subject_id=found.id), view)


@command
async def open_log(
    actor: Actor, ring: KeyRing, plan_id: int, now: datetime, before: int = 0
) -> Logged[tuple[Plan, list[EntryView]]]:
    """Return who opened and changed a plan, newest first, fifty at a time.

    Raises:
        NotFound: there is no such plan, or the actor may not open it.
        KeyLost, Changed: it cannot be opened.
    """
    found = await plan(actor, ring, plan_id, now)
    seen = await entries(found, before=before)
    return Logged(found, events.PlanOpened(subject_id=found.id), (found, seen))
