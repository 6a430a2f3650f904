"""Writes of the second trainer, where a course asks for one."""

from datetime import date, datetime

from competences.actor import Actor
from competences.audit.commands import command
from competences.errors import Conflict, Invalid
from competences.people.reach import Reach
from competences.text import _
from competences.training.commands.outcomes.counting import let_outcome_count
from competences.training.events.outcomes import OutcomeModerated, OutcomeSentBack
from competences.training.queries import outcomes as queries
from competences.training.queries.sessions import leading
from competences.training.tables import Outcome


@command
async def agree_outcome(
    actor: Actor, reach: Reach, outcome_id: int, words: str, today: date, now: datetime
) -> OutcomeModerated:
    """Agree with what another trainer signed: its levels and completion count from now on.

    Raises:
        NotFound: there is no such outcome, or it is the actor's own.
        Conflict: the actor signed it, or nothing waits for a second trainer.
    """
    view = await _waiting(actor, reach, outcome_id)
    row = await _locked(outcome_id)
    row.moderator, row.moderated_at, row.moderation = actor.person_id, now, words.strip()
    await row.save([Outcome.moderator, Outcome.moderated_at, Outcome.moderation])
    session = await leading(actor, reach, view.session_id)
    await let_outcome_count(actor, row, session, view.person_id, today, now)
    return OutcomeModerated(subject_id=outcome_id, session_id=view.session_id, person_id=view.person_id or 0)


@command
async def send_outcome_back(
    actor: Actor, reach: Reach, outcome_id: int, words: str, now: datetime
) -> OutcomeSentBack:
    """See it otherwise than another trainer, and say how: the outcome is kept, counts nothing, and is signed anew.

    Raises:
        NotFound: there is no such outcome, or it is the actor's own.
        Conflict: the actor signed it, or nothing waits for a second trainer.
        Invalid: nothing is said.
    """
    view = await _waiting(actor, reach, outcome_id)
    if not words.strip():
        raise Invalid({"words": _("Say what you see otherwise. The trainer reads it.")})
    row = await _locked(outcome_id)
    row.corrected_at, row.corrected_by, row.corrected_reason = now, actor.name, words.strip()
    await row.save([Outcome.corrected_at, Outcome.corrected_by, Outcome.corrected_reason])
    return OutcomeSentBack(subject_id=outcome_id, session_id=view.session_id, person_id=view.person_id or 0)


async def _waiting(actor: Actor, reach: Reach, outcome_id: int) -> queries.OutcomeView:
    view = await queries.outcome(actor, reach, outcome_id)
    if not view.waits:
        raise Conflict(_("Nothing waits for a second trainer here."))
    if view.trainer_id == actor.person_id:
        raise Conflict(_("You signed this. Another trainer looks at it."))
    return view


async def _locked(outcome_id: int) -> Outcome:
    """Return an outcome that still waits, locked until the transaction ends."""
    row: Outcome | None = await Outcome.objects().get(Outcome.id == outcome_id).lock_rows()
    if row is None or row.moderated_at is not None or row.corrected_at is not None:
        raise Conflict(_("Nothing waits for a second trainer here."))
    return row
