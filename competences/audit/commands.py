"""The only writer of the log."""

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from competences.actor import Actor
from competences.audit.events import Event
from competences.audit.tables import AuditEntry

P = ParamSpec("P")
E = TypeVar("E", bound=Event | None)


def command(
    write: Callable[Concatenate[Actor, P], Awaitable[E]],
) -> Callable[Concatenate[Actor, P], Awaitable[E]]:
    """Run `write` and log the event that it returns, both in one transaction or neither.

    A command that changed nothing returns None and leaves no entry. A command called inside
    another joins its transaction.
    """

    @wraps(write)
    async def run(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> E:
        async with AuditEntry._meta.db.transaction():
            event = await write(actor, *args, **kwargs)
            if event is not None:
                await _record(actor, event)
        return event

    return run


async def _record(actor: Actor, event: Event) -> None:
    await AuditEntry.raw(
        "INSERT INTO audit_entry (at, actor_id, actor_name, event, subject, subject_id, details)"
        " VALUES ({}, {}, {}, {}, {}, {}, {}::jsonb)",
        datetime.now(UTC),
        actor.person_id,
        actor.name,
        event.name,
        event.subject,
        event.subject_id,
        json.dumps(event.details(), default=str),
    )
