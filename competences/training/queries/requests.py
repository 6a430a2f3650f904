"""Reads of requests for courses."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from competences.actor import Actor
from competences.errors import NotFound
from competences.people import queries as people
from competences.people.reach import Reach
from competences.text import _
from competences.training.tables import CourseRequest


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request. `approved` is None while it waits; `session_id` is where it led to."""

    id: int
    person_id: int
    person: str
    manager_id: int | None
    manager: str | None
    course_id: int
    code: str
    title: str
    why: str
    asked_at: datetime
    answered_at: datetime | None
    answered_by: str | None
    approved: bool | None
    answer: str
    session_id: int | None


_COLUMNS = """
SELECT r.id, p.id AS person_id, p.name AS person, p.manager AS manager_id, m.name AS manager, r.course AS course_id,
       k.code, coalesce((SELECT v.title FROM course_version v WHERE v.course = k.id AND v.published_at IS NOT NULL
           ORDER BY v.number DESC LIMIT 1), '') AS title,
       r.why, r.asked_at, r.answered_at, a.name AS answered_by, r.approved, r.answer, e.session AS session_id
"""
_FROM = """
FROM course_request r JOIN person p ON p.id = r.person JOIN course k ON k.id = r.course
LEFT JOIN person m ON m.id = p.manager LEFT JOIN person a ON a.id = r.answered_by
LEFT JOIN enrolment e ON e.id = r.enrolment AND e.place <> 'withdrawn'
"""
_OF = f"""
{_COLUMNS} {_FROM} WHERE r.person = {{}} AND {people.SEEN} ORDER BY r.answered_at IS NOT NULL, r.asked_at DESC, r.id
"""


async def requests_of(actor: Actor, reach: Reach, person_id: int) -> list[RequestRow]:
    """Return what somebody asked for, what waits for an answer first.

    Why, and what was answered, stays between the person and their line manager: for others these words are empty.
    """
    if not reach:
        return []
    rows = await CourseRequest.raw(_OF, person_id, *people.seen_by(actor, reach))
    found = [RequestRow(**row) for row in rows]
    return [
        row
        if actor.person_id is not None and actor.person_id in {row.person_id, row.manager_id}
        else replace(row, why="", answer="")
        for row in found
    ]


# Nobody answers for themselves whom somebody leads.
_MINE = f"{people.SEEN} AND (p.id <> {{}} OR p.manager IS NULL)"
_OPEN = f"{_COLUMNS} {_FROM} WHERE r.answered_at IS NULL AND {_MINE} ORDER BY r.asked_at, r.id"
_ANSWERED = f"""
{_COLUMNS} {_FROM} WHERE r.answered_at IS NOT NULL AND {_MINE} ORDER BY r.answered_at DESC, r.id LIMIT {{}}
"""


async def to_answer(actor: Actor, reach: Reach) -> list[RequestRow]:
    """Return the requests that the actor answers, the one that waits longest first."""
    if reach < Reach.TEAM or actor.person_id is None:
        return []
    rows = await CourseRequest.raw(_OPEN, *people.seen_by(actor, reach), actor.person_id)
    return [RequestRow(**row) for row in rows]


async def answered(actor: Actor, reach: Reach, limit: int = 20) -> list[RequestRow]:
    """Return requests that were answered, the latest first, of people for whom the actor answers."""
    if reach < Reach.TEAM or actor.person_id is None:
        return []
    rows = await CourseRequest.raw(_ANSWERED, *people.seen_by(actor, reach), actor.person_id, limit)
    return [RequestRow(**row) for row in rows]


_ONE = f"{_COLUMNS} {_FROM} WHERE r.id = {{}} AND {_MINE}"


async def request(actor: Actor, reach: Reach, request_id: int) -> RequestRow:
    """Return one request that the actor answers.

    Raises:
        NotFound: there is none, or somebody else answers it.
    """
    rows = (
        await CourseRequest.raw(_ONE, request_id, *people.seen_by(actor, reach), actor.person_id)
        if reach >= Reach.TEAM
        else []
    )
    if not rows:
        raise NotFound(_("There is no such request, or somebody else answers it."))
    return RequestRow(**rows[0])


#: Approved, of people who work here, and not on the list of a session because of it.
APPROVED = f"""
FROM course_request r JOIN person p ON p.id = r.person LEFT JOIN enrolment e ON e.id = r.enrolment
WHERE r.approved AND (e.id IS NULL OR e.place = 'withdrawn') AND {people.SEEN}
  AND (p.ended_on IS NULL OR p.ended_on >= {{}})
"""

_APPROVED = f"SELECT r.course, array_agg(DISTINCT r.person) AS people {APPROVED} GROUP BY r.course"


async def approved(actor: Actor, reach: Reach, today: date) -> dict[int, tuple[int, ...]]:
    """Return for each course who asked for it, was told yes and is on no list yet."""
    if not reach:
        return {}
    rows = await CourseRequest.raw(_APPROVED, *people.seen_by(actor, reach), today)
    return {row["course"]: tuple(row["people"]) for row in rows}


#: Requests that somebody answers, for Today.
TO_ANSWER = f"""
SELECT r.id, p.id AS person_id, p.name AS person, k.code || ' ' || coalesce((SELECT v.title FROM course_version v
    WHERE v.course = k.id AND v.published_at IS NOT NULL ORDER BY v.number DESC LIMIT 1), '') AS what,
    NULL::date AS due_on
FROM course_request r JOIN person p ON p.id = r.person JOIN course k ON k.id = r.course
WHERE r.answered_at IS NULL AND {{}} >= 2 AND {_MINE} ORDER BY r.asked_at, r.id LIMIT {{}}
"""  # noqa: S608  constants only


def to_answer_filling(actor: Actor, reach: Reach, limit: int) -> tuple[object, ...]:
    """Return what fills the places of TO_ANSWER."""
    return int(reach), *people.seen_by(actor, reach), actor.person_id, limit


#: One line for who plans sessions, with the number of people who were told yes and wait for a place.
PLACES_WANTED = f"""
SELECT * FROM (SELECT count(DISTINCT (r.person, r.course))::text AS what, min(r.id) AS id {APPROVED}) wanted
WHERE id IS NOT NULL AND {{}}
"""  # noqa: S608  constants only


def places_wanted_filling(actor: Actor, reach: Reach, today: date) -> tuple[object, ...]:
    """Return what fills the places of PLACES_WANTED; `reach` is how far the actor plans sessions."""
    return *people.seen_by(actor, reach), today, reach is Reach.ALL
