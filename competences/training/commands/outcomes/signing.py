"""Writes that sign what came of a session."""

from datetime import date, datetime

from competences.actor import Actor
from competences.assessments.commands.trainer import note_observed
from competences.assessments.rules import AgreedRating
from competences.audit.commands import command
from competences.errors import Conflict, Invalid, NotFound
from competences.people.reach import Reach
from competences.text import _
from competences.training.commands.outcomes.counting import let_outcome_count
from competences.training.events.outcomes import AttendedSigned, OutcomeSigned
from competences.training.queries.attendance import presence
from competences.training.queries.courses import LevelRow, levels_of_version
from competences.training.queries.sessions import SessionView, leading
from competences.training.rules import outcomes as rules
from competences.training.rules.attendance import Presence
from competences.training.rules.outcomes import OutcomeDraft
from competences.training.tables import Enrolment, Outcome
from competences.training.tables.sessions import Place, Result


@command
async def sign_outcome(
    actor: Actor,
    reach: Reach,
    session_id: int,
    enrolment_id: int,
    draft: OutcomeDraft,
    today: date,
    now: datetime,
) -> OutcomeSigned:
    """Sign what came of a session for one person, as one of its trainers.

    Levels and completion count at once, or once a second trainer agreed where the course asks for that. Of a guest
    the outcome alone is kept.

    Raises:
        NotFound: there is no such person with a place, or the actor does not lead the session.
        Conflict: it is the actor themselves, it is signed already, or they were not there as often as it takes.
        Invalid: method, evidence or a level is missing, or a level is below what completing asks for.
    """
    view = await led(actor, reach, session_id, now)
    row = await _locked(session_id, enrolment_id)
    if row.person == actor.person_id:
        raise Conflict(_("Nobody signs for themselves. Another trainer of the session does it."))
    if await Outcome.exists().where(Outcome.enrolment == enrolment_id, Outcome.corrected_at.is_null()):
        raise Conflict(_("This is signed already. Correct it where it is wrong."))
    asked = await levels_of_version(view.version_id) if row.person else []
    if errors := rules.wrong(draft, {one.competence_id: one.level for one in asked}, view.assessed_by):
        raise Invalid(errors)
    came = (await presence(session_id)).get(enrolment_id, Presence(0, len(view.days)))
    if words := rules.why_not(draft.result, came):
        raise Conflict(words)
    made = await _signed(actor, row, draft, asked, now)
    waits = view.moderated and draft.assessed
    if not waits:
        await let_outcome_count(actor, made, view, row.person, today, now)
    return OutcomeSigned(
        subject_id=made.id, session_id=session_id, person_id=row.person or 0, result=draft.result, moderated=waits
    )  # fmt: skip


async def led(actor: Actor, reach: Reach, session_id: int, now: datetime) -> SessionView:
    """Return a session that has begun and that the actor leads.

    Raises:
        NotFound: there is none, or the actor does not lead it.
        Conflict: it was cancelled, or is still to come.
    """
    view = await leading(actor, reach, session_id)
    if not view.led_by(actor):
        raise NotFound(_("There is no such session, or you do not lead it."))
    if view.cancelled_at is not None:
        raise Conflict(_("This session was cancelled."))
    if not view.begun(now):
        raise Conflict(_("This session is still to come."))
    return view


async def _locked(session_id: int, enrolment_id: int) -> Enrolment:
    """Return somebody with a place, locked until the transaction ends, so that two signatures take turns."""
    mine = (Enrolment.id == enrolment_id) & (Enrolment.session == session_id)
    row: Enrolment | None = await Enrolment.objects().get(mine).lock_rows()
    if row is None or row.place != Place.BOOKED.value:
        raise NotFound(_("There is no such person on the list, or you may not see them."))
    return row


async def _signed(
    actor: Actor, row: Enrolment, draft: OutcomeDraft, asked: list[LevelRow], now: datetime
) -> Outcome:
    """Write down the levels, which do not count yet, and the outcome that they belong to."""
    assessment = None
    if draft.assessed and asked and row.person:
        given = {one.competence_id: one.level for one in draft.levels}
        ratings = [
            AgreedRating(one.competence_id, given[one.competence_id], draft.evidence.strip()) for one in asked
        ]
        version = asked[0].framework_version_id
        assessment = await note_observed(actor, row.person, version, ratings, now)
    made = Outcome(
        enrolment=row.id, result=draft.result, trainer=actor.person_id, assessment=assessment, signed_at=now,
        assessed_by=draft.assessed_by if draft.assessed else "",
        evidence=draft.evidence.strip() if draft.assessed else "",
    )  # fmt: skip
    await made.save()
    return made


_ATTENDED = """
INSERT INTO outcome (enrolment, result, assessed_by, evidence, trainer, signed_at, moderation, corrected_by, corrected_reason)
SELECT e.id, {}, '', '', {}, {}, '', '', '' FROM enrolment e
WHERE e.session = {} AND e.place = 'booked' AND e.person IS DISTINCT FROM {}
  AND EXISTS (SELECT FROM attendance a WHERE a.enrolment = e.id AND a.present)
  AND NOT EXISTS (SELECT FROM outcome o WHERE o.enrolment = e.id AND o.corrected_at IS NULL)
ORDER BY e.id FOR UPDATE OF e
RETURNING id
"""


@command
async def sign_attended(actor: Actor, reach: Reach, session_id: int, now: datetime) -> AttendedSigned | None:
    """Sign for all who were there and have no outcome yet that they attended. It changes no level (rule 15).

    Raises:
        NotFound: there is no such session, or the actor does not lead it.
        Conflict: it was cancelled, or is still to come.
    """
    await led(actor, reach, session_id, now)
    me = actor.person_id
    rows = await Outcome.raw(_ATTENDED, Result.ATTENDED.value, me, now, session_id, me)
    return AttendedSigned(subject_id=session_id, outcomes=len(rows)) if rows else None
