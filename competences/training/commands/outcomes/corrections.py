"""Writes that take back what was signed wrongly."""

from datetime import date, datetime

from competences.actor import Actor
from competences.assessments.commands.trainer import let_count_no_more
from competences.audit.commands import command
from competences.errors import Conflict, Invalid, NotFound
from competences.people.reach import Reach
from competences.text import _
from competences.training.commands.lone_work import note_changes
from competences.training.commands.outcomes.signing import led
from competences.training.events.outcomes import OutcomeCorrected
from competences.training.queries import outcomes as queries
from competences.training.tables import Completion, Outcome


@command
async def correct_outcome(
    actor: Actor, reach: Reach, outcome_id: int, reason: str, today: date, now: datetime
) -> OutcomeCorrected:
    """Say that an outcome was wrong, and why. It stays with the reason; levels and completion count no more.

    Then the right one may be signed.

    Raises:
        NotFound: there is no such outcome, or the actor does not lead the session.
        Conflict: it was corrected already.
        Invalid: no reason is given.
    """
    view = await queries.outcome(actor, reach, outcome_id)
    await led(actor, reach, view.session_id, now)
    if not reason.strip():
        raise Invalid(
            {"reason": _("Say what was wrong. It stays with the outcome, and the person reads it.")}
        )
    row: Outcome | None = await Outcome.objects().get(Outcome.id == outcome_id).lock_rows()
    if row is None:
        raise NotFound(_("There is no such outcome, or you may not see it."))
    if row.corrected_at is not None:
        raise Conflict(_("This was corrected already."))
    row.corrected_at, row.corrected_by, row.corrected_reason = now, actor.name, reason.strip()
    await row.save([Outcome.corrected_at, Outcome.corrected_by, Outcome.corrected_reason])
    if row.assessment is not None:
        await let_count_no_more(actor, row.assessment, reason.strip(), now)
    await Completion.raw(
        "UPDATE completion SET withdrawn_at = {}, withdrawn_by = {}, withdrawn_reason = {}"
        " WHERE outcome = {} AND withdrawn_at IS NULL",
        now, actor.name, reason.strip(), outcome_id,
    )  # fmt: skip
    if view.person_id is not None:
        await note_changes(actor, [view.person_id], today, now)
    return OutcomeCorrected(subject_id=outcome_id, session_id=view.session_id, person_id=view.person_id or 0)
