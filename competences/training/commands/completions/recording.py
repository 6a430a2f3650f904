"""Part of the commands on completions: the one place that writes one down."""

from datetime import date, datetime
from secrets import token_hex

from competences.actor import Actor
from competences.training.rules.expiry import earlier, expires_on
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
    ends_on: date | None = None,
    issuer: str = "",
    statement: str | None = None,
    checked: bool = False,
) -> Completion:
    """Part of a command: write down that somebody completed a course version, with a code of its own.

    Args:
        origin: session, recorded, external or imported.
        ends_on: The last day in date that a certificate names. It counts no longer than the version says.
        checked: Whether the actor has seen the external certificate.
    """
    version = await CourseVersion.objects().get(CourseVersion.id == version_id)
    assert version is not None
    row = Completion(
        person=person_id, version=version_id, completed_on=completed_on, origin=origin, outcome=outcome_id,
        expires_on=earlier(ends_on, expires_on(completed_on, version.refresh_months)), issuer=issuer, statement=statement,
        checked_at=now if checked else None, checked_by=actor.name if checked else "", code=token_hex(16),
        recorded_at=now, recorded_by=actor.name,
    )  # fmt: skip
    await row.save()
    return row
