"""Writes of completions. One stays as it was recorded; a wrong one is withdrawn with a reason and kept."""

from datetime import date, datetime
from secrets import token_hex

from competences.actor import Actor
from competences.training.rules.expiry import expires_on
from competences.training.tables import Completion, CourseVersion


async def record(
    actor: Actor,
    *,
    person_id: int,
    version_id: int,
    completed_on: date,
    origin: str,
    now: datetime,
    outcome_id: int | None = None,
    issuer: str = "",
    statement: str | None = None,
    ends_on: date | None = None,
) -> Completion:
    """Keep that somebody completed a course version; in date as long as the version says. Part of a command.

    Args:
        ends_on: The last day in date where a certificate names one; None: by the version.
    """
    version = await CourseVersion.objects().get(CourseVersion.id == version_id)
    assert version is not None
    row = Completion(
        person=person_id, version=version_id, completed_on=completed_on, origin=origin, outcome=outcome_id,
        expires_on=ends_on or expires_on(completed_on, version.refresh_months), issuer=issuer, statement=statement,
        code=token_hex(16), recorded_at=now, recorded_by=actor.name,
    )  # fmt: skip
    await row.save()
    return row
