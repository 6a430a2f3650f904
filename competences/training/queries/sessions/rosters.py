"""Who is on the list of a session, by turn, and whom it is open to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from competences.actor import Actor
from competences.people import queries as people
from competences.people.reach import Reach
from competences.people.tables import Person
from competences.training.queries.standing import STANDING, standing_filling, standings
from competences.training.tables import CourseRequest, Enrolment


@dataclass(frozen=True, slots=True)
class EnrolmentRow:
    """Somebody on the list; without `person_id` a guest of the `organisation`."""

    id: int
    person_id: int | None
    name: str
    organisation: str
    place: str
    turn: int
    joined_at: datetime


_ROSTER = f"""
SELECT e.id, e.person AS person_id, coalesce(p.name, e.guest) AS name, e.organisation, e.place, e.turn, e.joined_at
FROM enrolment e LEFT JOIN person p ON p.id = e.person
WHERE e.session = {{}} AND (p.id IS NULL AND {{}} = 3 OR {people.SEEN})
ORDER BY e.place <> 'booked', e.place <> 'waiting', CASE WHEN e.place = 'waiting' THEN e.turn END, lower(coalesce(p.name, e.guest)), e.id
"""  # noqa: S608  constants only


async def roster(actor: Actor, reach: Reach, session_id: int) -> list[EnrolmentRow]:
    """Return who is booked by name, who waits by turn, who withdrew: of those whom the actor reaches.

    Guests are for who reaches everybody.
    """
    if not reach:
        return []
    rows = await Enrolment.raw(_ROSTER, session_id, int(reach), *people.seen_by(actor, reach))
    return [EnrolmentRow(**row) for row in rows]


_ADDABLE = """
SELECT p.id, p.name FROM person p
WHERE p.external = '' AND (p.started_on IS NULL OR p.started_on <= {})
  AND (p.ended_on IS NULL OR p.ended_on >= {})
  AND NOT EXISTS (SELECT FROM enrolment e WHERE e.session = {} AND e.person = p.id AND e.place <> 'withdrawn')
ORDER BY lower(p.name), p.id LIMIT 1000
"""


async def addable(actor: Actor, reach: Reach, session_id: int, today: date) -> list[tuple[int, str]]:
    """Return (id, name) of those who work here and are not on the list; nothing for who adds nobody."""
    if reach is not Reach.ALL:
        return []
    return [(row["id"], row["name"]) for row in await Person.raw(_ADDABLE, today, today, session_id)]


async def named(
    actor: Actor, reach: Reach, person_ids: Collection[int], today: date
) -> list[tuple[int, str]]:
    """Return (id, name) of those of `person_ids` who work here, for who may add anybody; in the order given."""
    known = dict(await addable(actor, reach, 0, today)) if person_ids else {}
    return [(key, known[key]) for key in dict.fromkeys(person_ids) if key in known]


_FIRST = f"""
WITH {STANDING}
SELECT w.person, array_agg(k.code ORDER BY k.code) AS codes
FROM unnest({{}}::int[]) AS w (person) CROSS JOIN the JOIN prerequisite q ON q.version = {{}} JOIN course k ON k.id = q.course
LEFT JOIN done d ON d.person = w.person AND d.course = q.course AND d.expires_on >= the.day
WHERE d.person IS NULL GROUP BY w.person
"""  # noqa: S608  constants only


async def missing_first(
    actor: Actor, reach: Reach, version_id: int, person_ids: Collection[int], on: date
) -> dict[int, list[str]]:
    """Return for each person the codes of the courses that come first and are not in date on a day."""
    ids = sorted(set(person_ids))
    if not ids or not reach:
        return {}
    filling = standing_filling(actor, reach, on, ids)
    return {row["person"]: row["codes"] for row in await Enrolment.raw(_FIRST, *filling, ids, version_id)}


async def open_to(actor: Actor, course_id: int, today: date) -> bool:
    """Return whether a course is required of the actor, or their line manager approved that they go."""
    if actor.person_id is None:
        return False
    for row in await standings(actor, Reach.OWN, today, [actor.person_id]):
        if row.course_id == course_id and row.required:
            return True
    return bool(await CourseRequest.raw(_APPROVED, actor.person_id, course_id))


# The approved requests of somebody for a course that did not lead to a place yet, or to one that was given back.
_APPROVED = """
SELECT r.id FROM course_request r LEFT JOIN enrolment e ON e.id = r.enrolment
WHERE r.person = {} AND r.course = {} AND r.approved AND (e.id IS NULL OR e.place = 'withdrawn')
ORDER BY r.id DESC LIMIT 1
"""


#: Sessions that will not be held and on whose list somebody is; for Today, until the day has passed.
CANCELLED = """
SELECT s.id, v.title AS what, (min(d.starts_at) AT TIME ZONE s.zone)::date AS due_on
FROM enrolment e JOIN course_session s ON s.id = e.session AND s.cancelled_at IS NOT NULL
JOIN course_version v ON v.id = s.version JOIN session_day d ON d.session = s.id
WHERE e.person = {} AND e.place <> 'withdrawn' GROUP BY s.id, v.title HAVING max(d.ends_at) >= {}
ORDER BY 3, 1 LIMIT {}
"""


def cancelled_filling(actor: Actor, now: datetime, limit: int) -> tuple[object, ...]:
    """Return what fills the places of CANCELLED: only of the actor themselves."""
    return actor.person_id, now, limit
