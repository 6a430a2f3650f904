"""Writes of one's own assessment in a round: begin, save, share."""

from datetime import date, datetime

from competences.actor import Actor
from competences.assessments.commands.saving import WRITE, explain, filling, keep_submission
from competences.assessments.events import AnswerSaved, AssessmentShared, AssessmentStarted
from competences.assessments.queries import own
from competences.assessments.queries.places import READ_BEFORE, place
from competences.assessments.queries.sealed import why_sealed
from competences.assessments.rules import Mark, problems
from competences.assessments.rules.rounds import Place, why_closed
from competences.assessments.tables import Assessment, Kind, Participant, Rating
from competences.audit.commands import command
from competences.errors import Conflict, Invalid, NotFound
from competences.people.reach import Reach
from competences.text import _


async def start_assessment(
    actor: Actor, reach: Reach, participant_id: int, today: date, now: datetime
) -> int:
    """Return the id of the actor's own assessment of somebody in a round, begun now if it was not before.

    Raises:
        NotFound: the actor is neither the person, nor their line manager, nor a colleague who was asked.
        Conflict: the round is not open, or the talk was confirmed with an earlier line manager.
    """
    here = await place(actor, reach, participant_id)
    rows = await Assessment.select(Assessment.id, Assessment.started_at).where(
        Assessment.participant == participant_id, Assessment.kind == here.kind, Assessment.assessor == actor.person_id
    )  # fmt: skip
    if rows and rows[0]["started_at"] is not None:
        return int(rows[0]["id"])
    if closed := why_closed(here.opens_on, here.closes_on, today):
        raise Conflict(closed)
    return (await _start(actor, here, now)).subject_id


_START = """
INSERT INTO assessment (kind, version, person, assessor, participant, started_at) VALUES ({}, {}, {}, {}, {}, {})
ON CONFLICT (participant, kind, assessor) WHERE participant IS NOT NULL
    DO UPDATE SET started_at = coalesce(assessment.started_at, excluded.started_at)
RETURNING id
"""


@command
async def _start(actor: Actor, here: Place, now: datetime) -> AssessmentStarted:
    if here.kind == Kind.MANAGER.value and not here.of_two:
        raise Conflict(why_sealed(here))
    rows = await Assessment.raw(
        _START, here.kind, here.version_id, here.person_id, actor.person_id, here.participant_id, now
    )
    return AssessmentStarted(subject_id=rows[0]["id"], kind=here.kind)


# One statement: is this my open assessment, is the competence asked for, is the version the one I saw; write.
# The lock on the assessment makes a save and handing in take turns.
_SAVE = f"""
WITH card AS (
    SELECT a.id AS assessment, g.competence
    FROM assessment a JOIN participant t ON t.id = a.participant JOIN round o ON o.id = t.round
    JOIN person p ON p.id = t.person JOIN target g ON g.participant = t.id AND g.competence = {{}}
    WHERE a.id = {{}} AND {own.MINE} AND a.submitted_at IS NULL AND {{}} BETWEEN o.opens_on AND o.closes_on
      AND NOT (a.kind = 'peer' AND {READ_BEFORE})
    FOR UPDATE OF a
)
{WRITE}"""  # noqa: S608  constants only


@command
async def save_answer(
    actor: Actor, reach: Reach, assessment_id: int, mark: Mark, today: date, now: datetime
) -> AnswerSaved | None:
    """Save one competence of one's own open assessment; None when it was saved like that already.

    Raises:
        NotFound: the assessment is not the actor's, or does not ask about this competence.
        Conflict: it is shared, or the round is not open.
        Stale: what is stored is newer than `mark.version` and different.
    """
    if not reach:
        raise NotFound(_("There is no such assessment, or it is not yours."))
    rows = await Rating.raw(
        _SAVE, mark.competence_id, assessment_id, *own.mine(actor, reach), today, *filling(mark, now)
    )
    if rows:
        return AnswerSaved(
            subject_id=assessment_id, competence=mark.competence_id, version=rows[0]["version"]
        )
    card = await own.own(actor, reach, assessment_id)
    explain((await own.sheet(card)).items, mark, card.locked(today))
    return None


@command
async def share_assessment(
    actor: Actor, reach: Reach, assessment_id: int, today: date, now: datetime
) -> AssessmentShared:
    """Lock one's own assessment and keep it as it is now. With the second of the two the seal is lifted.

    Raises:
        Invalid: something is not answered, or a level that needs an example has none.
        Conflict: it is shared already, or the round is not open.
    """
    card = await own.own(actor, reach, assessment_id)
    # Colleagues and the two take turns, so that no range grows once somebody may have read it.
    await Participant.objects().where(Participant.id == card.participant_id).lock_rows().first()
    await Assessment.objects().where(Assessment.id == assessment_id).lock_rows().first()
    card = await own.own(actor, reach, assessment_id)  # as it is now that nobody else can write
    if locked := card.locked(today):
        raise Conflict(locked)
    items = (await own.sheet(card)).items
    if missing := problems(items):
        raise Invalid(missing)
    number = await keep_submission(assessment_id, items, now)
    return AssessmentShared(subject_id=assessment_id, kind=card.kind, number=number)
