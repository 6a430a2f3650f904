"""Who stands how towards every course, in groups; and the cells of some people."""

from collections.abc import Collection, Mapping
from datetime import date

from competences.actor import Actor
from competences.people.reach import Reach
from competences.training.queries.standing import STANDING, standing_filling
from competences.training.rules.matrix import Overview, State, Trainee, never_done
from competences.training.rules.standing import CourseStanding
from competences.training.tables import Completion

_STAMP = "SELECT entries, digest FROM audit_head"


async def stamp() -> tuple[object, ...]:
    """Return what changes with every write: as long as it is the same, nothing that counts has changed."""
    rows = await Completion.raw(_STAMP)
    return tuple(rows[0].values()) if rows else ()


# What is done, as CourseStanding.stands has it, but that what is in date goes by how long it is. Numbers are sorted and
# sent for a fraction of what words cost. What is required and was never done needs no joining here: it is the rest.
# What is asked of each kind of person, with the days that they have, comes along below nought, for one statement less.
_STATES = (State.EXPIRED, State.IN_30, State.IN_60, State.IN_90, State.IN_DATE, State.OTHER, State.BOOKED)
_GROUPS = f"""
WITH {STANDING}
SELECT d.course, CASE
        WHEN a.course IS NULL THEN 5 WHEN d.expires_on < the.day THEN 0 WHEN d.expires_on <= the.day + 30 THEN 1
        WHEN d.expires_on <= the.day + 60 THEN 2 WHEN d.expires_on <= the.day + 90 THEN 3 ELSE 4 END AS state,
    array_agg(d.person) AS people
FROM done d CROSS JOIN the JOIN seen s ON s.id = d.person
LEFT JOIN asked a ON a.kind = s.kind AND a.course = d.course GROUP BY 1, 2
UNION ALL SELECT course, 6, array_agg(person) FROM booked GROUP BY course
UNION ALL SELECT course, -kind, ARRAY[days] FROM asked
"""  # noqa: S608  constants only

_PEOPLE = f"""
WITH {STANDING}
SELECT p.id, p.name, p.post, p.unit AS unit_id, u.name AS unit, s.kind, s.since
FROM seen s JOIN person p ON p.id = s.id LEFT JOIN unit u ON u.id = p.unit ORDER BY lower(p.name), p.id
"""  # noqa: S608  constants only


async def overview(actor: Actor, reach: Reach, today: date) -> Overview:
    """Return everybody whom the actor reaches, and who is in which state towards which course on a day."""
    if not reach:
        return Overview((), {})
    filling = standing_filling(actor, reach, today)
    people = await Completion.raw(_PEOPLE, *filling)
    groups = await Completion.raw(_GROUPS, *filling)
    done = {
        (row["course"], _STATES[row["state"]]): tuple(row["people"]) for row in groups if row["state"] >= 0
    }
    by_kind: dict[int, dict[int, date | None]] = {}
    for row in people:
        by_kind.setdefault(row.pop("kind"), {})[row["id"]] = row.pop("since")
    needs = [(row["course"], by_kind[-row["state"]], row["people"][0]) for row in groups if row["state"] < 0]
    return Overview(tuple(Trainee(**row) for row in people), done | never_done(needs, done, today))


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
    # The columns come in the order of its fields.
    return {
        course: CourseStanding(person_id, course, *values)
        for course, *values in zip(courses, *columns, strict=True)
    }
