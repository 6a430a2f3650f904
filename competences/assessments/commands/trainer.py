"""Part of the commands on outcomes of training: what a trainer observed, until it counts and after it was wrong."""

from collections.abc import Sequence
from datetime import datetime

from competences.actor import Actor
from competences.assessments.rules import AgreedRating
from competences.assessments.tables import Assessment, Kind, Rating


async def note_observed(
    actor: Actor, person_id: int, version_id: int, ratings: Sequence[AgreedRating], now: datetime
) -> int:
    """Part of a command: write down levels that a trainer observed; they do not count yet. Return the assessment."""
    row = Assessment(
        kind=Kind.TRAINER.value,
        version=version_id,
        person=person_id,
        assessor=actor.person_id,
        started_at=now,
    )
    await row.save()
    await Rating.insert(
        *(
            Rating(
                assessment=row.id, competence=one.competence_id, level=one.level,
                no_evidence=one.level is None, evidence=one.reason, saved_at=now,
            )
            for one in ratings
        )
    )  # fmt: skip
    return int(row.id)


async def let_count(assessment_id: int, now: datetime) -> None:
    """Part of a command: make what a trainer observed the person's levels, locked from now on."""
    await Assessment.update({Assessment.submitted_at: now}).where(
        Assessment.id == assessment_id, Assessment.kind == Kind.TRAINER.value
    )


async def let_count_no_more(actor: Actor, assessment_id: int, reason: str, now: datetime) -> None:
    """Part of a command: take back all levels of an assessment, with a reason; those before count again."""
    await Assessment.raw(
        "INSERT INTO supersession (rating, at, by, reason) SELECT r.id, {}, {}, {} FROM rating r"
        " WHERE r.assessment = {} ON CONFLICT (rating) DO NOTHING",
        now, actor.name, reason, assessment_id,
    )  # fmt: skip
