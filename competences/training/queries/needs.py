"""Who needs which course, for what reason: from what is required, what runs out, and levels below the role.

Nobody's level leaves this module: whoever plans reads that a course aims at a gap of somebody, not how large it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from competences.actor import SYSTEM, Actor
from competences.assessments.queries import levels_held
from competences.people import queries as people
from competences.people.reach import Reach
from competences.role_profiles.queries import asked_by, roles_of
from competences.training.queries.courses import before_each
from competences.training.queries.standing import standings
from competences.training.rules.needs import Aim, Gap, needs, waiting
from competences.training.rules.plan import CourseNeed
from competences.training.tables import Course

_AIMS = """
SELECT v.course AS course_id, f.framework AS framework_id, c.code, l.level, v.hours
FROM course_version v JOIN course k ON k.id = v.course JOIN course_level l ON l.version = v.id
JOIN competence c ON c.id = l.competence JOIN framework_version f ON f.id = c.version
WHERE v.published_at IS NOT NULL AND NOT k.retired AND NOT EXISTS (SELECT FROM course_version n
    WHERE n.course = v.course AND n.published_at IS NOT NULL AND n.number > v.number)
ORDER BY v.course, c.code
"""


@dataclass(frozen=True, slots=True)
class Needs:
    """Who can begin a course that they need, and who has to take another one first."""

    ready: tuple[CourseNeed, ...]
    waiting: tuple[CourseNeed, ...]


async def needs_of_all(actor: Actor, reach: Reach, today: date, until: date) -> Needs:
    """Return who needs which course until a day; nothing for who plans no sessions.

    Args:
        until: What runs out or is due later is left for another plan.
    """
    if reach is not Reach.ALL:
        return Needs((), ())
    rows = await standings(actor, reach, today)
    aims = [Aim(**{**row, "hours": float(row["hours"])}) for row in await Course.raw(_AIMS)]
    everybody = [one.id for one in await people.present(actor, reach, today)]
    found = needs(rows, await _gaps(everybody, today), aims, today, until)
    later = waiting(found, rows, await before_each(), today)
    held_back = {(need.person_id, need.course_id) for need in later}
    ready = tuple(need for need in found if (need.person_id, need.course_id) not in held_back)
    return Needs(ready, tuple(later))


async def _gaps(person_ids: Iterable[int], today: date) -> list[Gap]:
    """Return where people have a level below their role. A competence that nobody looked at is no gap yet."""
    roles = await roles_of(SYSTEM, Reach.ALL, list(person_ids), today)
    profiles = {id_: role.profile_id for id_, role in roles.items() if role.from_on <= today}
    levels = {
        (person, row.framework_id, row.code): row.level
        for row in await levels_held(SYSTEM, Reach.ALL, list(profiles))
        for person in row.person_ids
    }
    asked = await asked_by(set(profiles.values()))
    return [
        Gap(person, row.framework_id, row.code, row.required_level, row.gate)
        for person, profile in profiles.items()
        for row in asked
        if row.profile_id == profile
        and (level := levels.get((person, row.framework_id, row.code))) is not None
        and level < row.required_level
    ]
