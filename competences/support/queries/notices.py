"""That somebody asked for a plan in an emergency: told to the person and to privacy officers, with and without a plan."""

from dataclasses import dataclass
from datetime import datetime

from competences.actor import Actor
from competences.support.tables import EmergencyNotice

OFFICER = "privacy_officer"


@dataclass(frozen=True, slots=True)
class Notice:
    """Who asked for whose plan when. `own`: it is the reader's own plan that was asked for, if there is one."""

    id: int
    at: datetime
    by: str
    person: str
    own: bool


_NOTICES = """
SELECT n.id, n.at, n.by_name AS by, p.name AS person, n.person = {} AS own
FROM emergency_notice n JOIN person p ON p.id = n.person
WHERE (n.person = {} AND n.person_seen_at IS NULL)
   OR ({} AND n.person <> {} AND n.officer_seen_at IS NULL AND n.by IS DISTINCT FROM {})
ORDER BY n.at DESC, n.id DESC
"""


async def notices(actor: Actor) -> list[Notice]:
    """Return what the actor has not taken note of yet, newest first."""
    if actor.person_id is None:
        return []
    me = actor.person_id
    rows = await EmergencyNotice.raw(_NOTICES, me, me, OFFICER in actor.roles, me, me)
    return [Notice(**row) for row in rows]
