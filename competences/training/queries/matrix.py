"""Who stands how towards every course, in groups; and the cells of some people."""

from collections.abc import Collection, Mapping
from datetime import date

from competences.actor import Actor
from competences.people.reach import Reach
from competences.training.queries.standing import STANDING, standing_filling
from competences.training.rules.matrix import Overview, State, Trainee
from competences.training.rules.standing import CourseStanding
from competences.training.tables import Completion

_STAMP = "SELECT entries, digest FROM audit_head"


async def stamp() -> tuple[object, ...]:
    """Return what changes with every write: as long as it is the same, nothing that counts has changed."""
    rows = await Completion.raw(_STAMP)
    return tuple(rows[0].values()) if rows else ()


# The groups of CourseStanding.stands, but that nothing waits, and what is in date goes by how long it is.
_GROUPS = f"""
WITH {STANDING}, pairs AS (
    SELECT n.person, n.course, CASE
        WHEN d.person IS NULL THEN CASE WHEN n.due_on < the.day THEN 'overdue' ELSE 'to-do' END
        WHEN d.expires_on = 'infinity' THEN 'in-date' WHEN d.expires_on < the.day THEN 'expired'
        WHEN d.expires_on <= the.day + 30 THEN 'in-30' WHEN d.expires_on <= the.day + 60 THEN 'in-60'
        WHEN d.expires_on <= the.day + 90 THEN 'in-90' ELSE 'in-date' END AS state
    FROM needs n CROSS JOIN the LEFT JOIN done d ON d.person = n.person AND d.course = n.course
)
SELECT course, state, array_agg(person) AS people FROM pairs GROUP BY course, state
UNION ALL SELECT course, 'booked', array_agg(person) FROM booked GROUP BY course
UNION ALL SELECT DISTINCT course, 'other', ARRAY[]::int[] FROM done
"""  # noqa: S608  constants only

_PEOPLE = f"""
WITH {STANDING}
SELECT p.id, p.name, p.post, p.unit AS unit_id, u.name AS unit
FROM seen s JOIN person p ON p.id = s.id LEFT JOIN unit u ON u.id = p.unit ORDER BY lower(p.name), p.id
"""  # noqa: S608  constants only


async def overview(actor: Actor, reach: Reach, today: date) -> Overview:
    """Return everybody whom the actor reaches, and who is in which state towards which course on a day.

    Of what is done without being required only the courses are told, with nobody in the group.
    """
    if not reach:
        return Overview((), {})
    filling = standing_filling(actor, reach, today)
    people = await Completion.raw(_PEOPLE, *filling)
    rows = await Completion.raw(_GROUPS, *filling)
    return Overview(
        tuple(Trainee(**row) for row in people),
        {(row["course"], State(row["state"])): tuple(row["people"]) for row in rows},
    )


# One row a person: arrays of many values cost a fraction of many rows.
_CELLS = f"""
WITH {STANDING}
SELECT person_id, array_agg(course_id) AS course_id, array_agg(required) AS required,
       array_agg(before_lone_work) AS before_lone_work, array_agg(due_on) AS due_on, array_agg(done_on) AS done_on,
       array_agg(expires_on) AS expires_on, array_agg(booked_on) AS booked_on, array_agg(session_id) AS session_id,
       array_agg(waits) AS waits
FROM standing GROUP BY person_id
"""  # noqa: S608  constants only


async def cells(
    actor: Actor, reach: Reach, today: date, person_ids: Collection[int]
) -> Mapping[int, Mapping[int, CourseStanding]]:
    """Return how each of some people stands, by person and course."""
    if not reach or not person_ids:
        return {}
    rows = await Completion.raw(_CELLS, *standing_filling(actor, reach, today, person_ids))
    return {row["person_id"]: _by_course(row.pop("person_id"), *row.values()) for row in rows}


def _by_course(person_id: int, courses: list[int], *columns: list[object]) -> dict[int, CourseStanding]:
    return {
        course: CourseStanding(person_id, course, *values)  # type: ignore[arg-type]  in the order of its fields
        for course, *values in zip(courses, *columns, strict=True)
    }
