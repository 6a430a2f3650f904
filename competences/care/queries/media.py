"""Reads of appearances in public and of who speaks to the media."""

from dataclasses import dataclass
from datetime import date, datetime

from competences.actor import Actor
from competences.care.tables import Appearance, SpokespersonDuty
from competences.errors import NotFound
from competences.people import queries as people
from competences.people.reach import Reach
from competences.text import _


@dataclass(frozen=True, slots=True)
class AppearanceRow:
    """Somebody is asked to appear in public. `decision` is theirs: agreed, refused, or empty until then."""

    id: int
    person_id: int
    person: str
    medium: str
    planned_on: date
    asked_on: date
    guided_on: date | None
    guided_by: str | None
    decision: str
    decided_at: datetime | None
    appeared_on: date | None


_APPEARANCES = f"""
SELECT a.id, a.person AS person_id, p.name AS person, a.medium, a.planned_on, a.asked_on, a.guided_on,
       g.name AS guided_by, a.decision, a.decided_at, a.appeared_on
FROM appearance a JOIN person p ON p.id = a.person LEFT JOIN person g ON g.id = a.guided_by
WHERE ({{}} = 0 OR a.person = {{}}) AND ({{}} = 0 OR a.id = {{}}) AND {people.SEEN}
ORDER BY a.planned_on DESC, a.id DESC LIMIT 500
"""  # noqa: S608  constants only


async def appearances(actor: Actor, reach: Reach, person_id: int = 0) -> list[AppearanceRow]:
    """Return appearances of people whom the actor reaches, latest first; of one person only, if wanted."""
    return await _appearances(actor, reach, person_id, 0)


async def appearance(actor: Actor, reach: Reach, appearance_id: int) -> AppearanceRow:
    """Return one appearance.

    Raises:
        NotFound: there is none, or the actor does not reach whose it is.
    """
    rows = await _appearances(actor, reach, 0, appearance_id) if appearance_id else []
    if not rows:
        raise NotFound(_("There is no such appearance, or it is not for you."))
    return rows[0]


async def _appearances(actor: Actor, reach: Reach, person_id: int, appearance_id: int) -> list[AppearanceRow]:
    if not reach:
        return []
    filling = (person_id, person_id, appearance_id, appearance_id, *people.seen_by(actor, reach))
    return [AppearanceRow(**row) for row in await Appearance.raw(_APPEARANCES, *filling)]


async def appearances_of(person_id: int) -> list[AppearanceRow]:
    """Return one person's appearances, latest first. For callers that know that the actor reaches them."""
    return await _appearances(Actor(person_id, ""), Reach.OWN, person_id, 0)


@dataclass(frozen=True, slots=True)
class SpokespersonRow:
    """Who speaks to the media from one day until another."""

    id: int
    person_id: int
    person: str
    from_on: date
    until_on: date


_DUTY = """
SELECT d.id, d.person AS person_id, p.name AS person, d.from_on, d.until_on
FROM spokesperson_duty d JOIN person p ON p.id = d.person WHERE d.until_on >= {} ORDER BY d.from_on
"""


async def spokespersons(today: date) -> list[SpokespersonRow]:
    """Return who speaks to the media from today on; everybody at work may know whom to send callers to."""
    return [SpokespersonRow(**row) for row in await SpokespersonDuty.raw(_DUTY, today)]
