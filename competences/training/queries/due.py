"""Who cannot begin a course yet. The other sections of the board follow from the overview of the matrix."""

from datetime import date

from competences.actor import Actor
from competences.people.reach import Reach
from competences.training.queries.standing import STANDING, standing_filling
from competences.training.tables import Completion

_WAITING = f"""
WITH {STANDING} SELECT course, array_agg(person) AS people FROM waiting GROUP BY course
"""  # noqa: S608  constants only


async def waiting(actor: Actor, reach: Reach, today: date) -> dict[int, tuple[int, ...]]:
    """Return for each course of whom it is required while another that comes first is not in date."""
    if not reach:
        return {}
    rows = await Completion.raw(_WAITING, *standing_filling(actor, reach, today))
    return {row["course"]: tuple(row["people"]) for row in rows}


#: What somebody has to do of their own within thirty days, unless a session is booked; for Today, as DUE of plans.
MINE = f"""
SELECT * FROM (
    WITH {STANDING}
    SELECT CASE WHEN s.done_on IS NULL THEN 'course-missing' WHEN s.expires_on < the.day THEN 'course-expired'
                ELSE 'course-ending' END AS kind,
           s.course_id AS id, s.person_id, NULL::varchar AS person, k.code || ' ' || v.title AS what,
           CASE WHEN s.done_on IS NULL THEN s.due_on ELSE s.expires_on END AS due_on, s.course_id AS begun
    FROM standing s CROSS JOIN the JOIN course k ON k.id = s.course_id
    CROSS JOIN LATERAL (SELECT n.title FROM course_version n WHERE n.course = k.id AND n.published_at IS NOT NULL
                        ORDER BY n.number DESC LIMIT 1) v
    WHERE s.required AND s.booked_on IS NULL AND NOT s.waits
) mine WHERE due_on <= {{}}::date + 30 ORDER BY due_on, id LIMIT {{}}
"""  # noqa: S608  constants only


def mine_filling(actor: Actor, reach: Reach, today: date, limit: int) -> tuple[object, ...]:
    """Return what fills the places of MINE; nobody else's, however far the actor reaches."""
    own = [] if actor.person_id is None or not reach else [actor.person_id]
    return *standing_filling(actor, Reach.OWN, today, own), today, limit
