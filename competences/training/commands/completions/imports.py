"""Completions from another system, all of them in one transaction."""

from collections.abc import Sequence
from datetime import date, datetime

from competences.actor import Actor
from competences.audit.commands import command
from competences.errors import Conflict, NotFound
from competences.people.reach import Reach
from competences.text import _
from competences.training.commands.completions.recording import record
from competences.training.commands.lone_work import note_changes
from competences.training.events.completions import CompletionsImported
from competences.training.rules.completions import BroughtCompletion
from competences.training.tables.completions import Origin


@command
async def import_completions(
    actor: Actor, reach: Reach, brought: Sequence[BroughtCompletion], today: date, now: datetime
) -> CompletionsImported:
    """Keep completions that another system had; a statement is taken once, whatever became of it here.

    Raises:
        NotFound: the actor records no completions.
        Conflict: there is nothing to keep, or something is the actor's own.
    """
    if reach is not Reach.ALL:
        raise NotFound(_("There is no such page, or it is not for you."))
    if not brought:
        raise Conflict(_("No row is left to import."))
    if actor.person_id in {one.person_id for one in brought}:
        raise Conflict(_("Nobody imports their own completions. Another trainer does."))
    rows = [
        await record(
            actor, person_id=one.person_id, version_id=one.version_id, completed_on=one.completed_on,
            origin=Origin.IMPORTED.value, now=now, ends_on=one.ends_on, issuer=one.issuer, statement=one.statement,
        )
        for one in brought
    ]  # fmt: skip
    ids = sorted({row.person for row in rows})
    await note_changes(actor, ids, today, now)
    return CompletionsImported(subject_id=rows[0].id, people=len(ids), completions=len(rows))
