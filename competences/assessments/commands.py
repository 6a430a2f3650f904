"""Writes of assessments that no panel page makes."""

from collections.abc import Sequence
from datetime import datetime

from competences.actor import Actor
from competences.assessments.events import AgreedLevelsRecorded
from competences.assessments.rules import AgreedRating
from competences.assessments.tables import Assessment, Kind, Rating
from competences.audit.commands import command
from competences.errors import Conflict
from competences.frameworks.tables import Competence
from competences.text import _


@command
async def record_agreed_levels(
    actor: Actor, person_id: int, version_id: int, ratings: Sequence[AgreedRating], now: datetime
) -> AgreedLevelsRecorded:
    """Keep what a panel agreed as levels of a person who became a colleague; locked at once.

    Raises:
        Conflict: a competence is not of this framework version, or named twice.
    """
    ids = [rating.competence_id for rating in ratings]
    known = await Competence.count().where(Competence.version == version_id, Competence.id.is_in([0, *ids]))
    if not ids or known != len(ids):
        raise Conflict(_("The agreed levels do not belong to one framework version."))
    row = Assessment(
        kind=Kind.AGREED.value, version=version_id, person=person_id, assessor=actor.person_id, started_at=now
    )
    await row.save()
    await Rating.insert(
        *(
            Rating(
                assessment=row.id, competence=rating.competence_id, level=rating.level,
                no_evidence=rating.level is None, evidence=rating.reason, saved_at=now,
            )
            for rating in ratings
        )
    )  # fmt: skip
    await Assessment.update({Assessment.submitted_at: now}).where(Assessment.id == row.id)
    return AgreedLevelsRecorded(subject_id=row.id, person_id=person_id, competences=len(ids))
