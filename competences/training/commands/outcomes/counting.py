"""Part of the commands on outcomes: what counts once an outcome is signed and, where asked, moderated."""

from datetime import date, datetime

from competences.actor import Actor
from competences.assessments.commands.trainer import let_count
from competences.training.commands.completions import record
from competences.training.commands.lone_work import note_changes
from competences.training.queries.sessions import SessionView
from competences.training.rules.expiry import day_of
from competences.training.tables import Outcome
from competences.training.tables.completions import Origin
from competences.training.tables.sessions import Result


async def let_outcome_count(
    actor: Actor, row: Outcome, view: SessionView, person_id: int | None, today: date, now: datetime
) -> None:
    """Part of a command: levels become the person's, completing records the completion. Nothing of a guest.

    What was only attended has no assessment and completes nothing, so that it changes nothing here (rule 15).
    """
    if person_id is None:
        return
    if row.assessment is not None:
        await let_count(row.assessment, now)
    if row.result == Result.COMPLETED.value:
        await record(
            actor, person_id=person_id, version_id=view.version_id,
            completed_on=day_of(view.days[-1].starts_at, view.zone), origin=Origin.SESSION.value,
            outcome_id=row.id, now=now,
        )  # fmt: skip
    if row.result != Result.ATTENDED.value:
        await note_changes(actor, [person_id], today, now)
