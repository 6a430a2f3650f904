"""The log of support: what was done or read goes into it in the same transaction, sealed with the key of the plan.

The ordinary log is read by people who are not named on a plan, so it holds nothing of this.
"""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import Concatenate, Generic, ParamSpec, TypeVar

from competences.actor import Actor
from competences.audit.events import Event
from competences.sealing.rules import KeyRing
from competences.support.queries.parts import CLEAR
from competences.support.queries.plans import OwnPlan, Plan
from competences.support.rules.bodies import EntryBody, entry_uid, place, sealed_body
from competences.support.tables import SupportEntry

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Logged(Generic[R]):
    """What a command did with which plan, and what its caller gets."""

    plan: Plan | OwnPlan
    event: Event
    result: R
    about: str = ""


def done(plan: Plan | OwnPlan, kind: type[Event], about: str = "") -> Logged[Event]:
    """Return the entry of a write, whose caller gets the event."""
    event = kind(subject_id=plan.id)
    return Logged(plan, event, event, about)


def command(
    write: Callable[Concatenate[Actor, KeyRing, P], Awaitable[Logged[R]]],
) -> Callable[Concatenate[Actor, KeyRing, P], Awaitable[R]]:
    """Run `write` and log it, both in one transaction or neither; return its result."""

    @wraps(write)
    async def run(actor: Actor, ring: KeyRing, /, *args: P.args, **kwargs: P.kwargs) -> R:
        async with SupportEntry._meta.db.transaction():
            logged = await write(actor, ring, *args, **kwargs)
            await record(actor, logged.plan, logged.event, logged.about)
        return logged.result

    return run


async def record(actor: Actor, plan: Plan | OwnPlan, event: Event, about: str = "") -> None:
    """Write one entry; in clear, and naming nobody, where the key is lost. Part of a command."""
    at = datetime.now(UTC)
    if plan.key is None:
        await record_clear(plan.uid, event.name, at)
        return
    body = EntryBody(actor.person_id, actor.name, event.name, about)
    sealed = sealed_body(plan.key, body, place("support_entry", entry_uid(at), plan.uid))
    await SupportEntry.raw(
        "INSERT INTO support_entry (plan, at, body) VALUES ({}, {}, {})", plan.uid, at, sealed
    )


async def record_clear(uid: str, event: str, at: datetime) -> None:
    """Write one entry in clear, which names nobody. Part of a command."""
    body = CLEAR + json.dumps({"event": event}).encode()
    await SupportEntry.raw("INSERT INTO support_entry (plan, at, body) VALUES ({}, {}, {})", uid, at, body)
