"""Writes of levels: what a panel agreed, and that a level does not count any more."""

from collections.abc import Sequence
from datetime import datetime

from competences.actor import Actor
from competences.assessments.events import AgreedLevelsRecorded, LevelSuperseded
from competences.assessments.queries import history_of
from competences.assessments.rules import AgreedRating
from competences.assessments.tables import Assessment, Kind, Rating, Supersession
from competences.audit.commands import command
from competences.errors import Conflict, Invalid, NotFound
from competences.frameworks.tables import Competence
from competences.people import queries as people
from competences.people.reach import Reach
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


@command
async def supersede_level(
    actor: Actor, reach: Reach, person_id: int, rating_id: int, reason: str, now: datetime
) -> LevelSuperseded:
    """Say that a level does not count any more, and why. It stays in the history; the one before counts again.

    Raises:
        NotFound: there is no such person or level, or the actor does not reach them.
        Conflict: it was done already, or the actor has a line manager who does this for them.
        Invalid: no reason is given.
    """
    await people.led(actor, reach, person_id)
    row = next((row for row in await history_of(actor, reach, person_id) if row.rating_id == rating_id), None)
    if row is None:
        raise NotFound(_("There is no such level."))
    if not reason.strip():
        raise Invalid({"reason": _("Say why this level does not count any more.")})
    made = await Supersession.raw(
        "INSERT INTO supersession (rating, at, by, reason) VALUES ({}, {}, {}, {})"
        " ON CONFLICT (rating) DO NOTHING RETURNING id",
        rating_id, now, actor.name, reason.strip(),
    )  # fmt: skip
    if not made:
        raise Conflict(_("Somebody took this level back already."))
    return LevelSuperseded(subject_id=rating_id, person_id=person_id)
