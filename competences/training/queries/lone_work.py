"""Who may work alone on a day, and why not: worked out anew each time from levels, courses and exceptions."""

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from competences.actor import Actor
from competences.assessments.queries import current_levels
from competences.errors import NotFound
from competences.people import queries as people
from competences.people.reach import Reach
from competences.role_profiles.queries import roles_of
from competences.text import _
from competences.training.queries.standing import standings
from competences.training.rules.lone_work import (
    Allowed,
    Asked,
    Held,
    Lack,
    LoneWork,
    Missing,
    missing_courses,
    missing_levels,
)
from competences.training.rules.standing import CourseStanding
from competences.training.tables import Course, LoneWorkChange, LoneWorkException, LoneWorkNeed

_NEEDS = """
SELECT n.profile, v.framework AS framework_id, c.code, c.name, n.level
FROM lone_work_need n JOIN competence c ON c.id = n.competence JOIN framework_version v ON v.id = c.version
WHERE n.profile = ANY({}::int[]) ORDER BY c.position, c.id
"""

_TITLES = """
SELECT DISTINCT ON (k.id) k.id, k.code, v.title FROM course k JOIN course_version v ON v.course = k.id
WHERE v.published_at IS NOT NULL AND k.id = ANY({}::int[]) ORDER BY k.id, v.number DESC
"""

_ALLOWED = f"""
SELECT DISTINCT ON (x.person) x.person, x.id, x.from_on, x.until_on, x.reason, x.given_by
FROM lone_work_exception x JOIN person p ON p.id = x.person
WHERE x.person = ANY({{}}::int[]) AND x.ended_at IS NULL AND {{}} BETWEEN x.from_on AND x.until_on AND {people.SEEN}
ORDER BY x.person, x.until_on DESC, x.id DESC
"""  # noqa: S608  constants only


async def lone_work_of(
    actor: Actor, reach: Reach, person_ids: Collection[int], today: date, zone: tzinfo | None = None
) -> dict[int, LoneWork]:
    """Return for each of these people whom the actor reaches whether they may work alone on a day.

    Nobody does who does not work here on that day, whatever role they have or had.

    Args:
        today: The day to look at; a later one shows what will have run out by then.
        zone: Where a level has its day; None: UTC.
    """
    seen = await _seen(actor, reach, person_ids)
    roles = await roles_of(actor, reach, seen, today)
    here = await _here(seen, today)
    profiles = {
        person: role.profile_id for person, role in roles.items() if person in here and role.from_on <= today
    }
    asked = await _asked(set(profiles.values()))
    held = await _held(actor, reach, profiles, zone)
    rows = await standings(actor, reach, today, list(profiles))
    titles = await _titles({row.course_id for row in rows if row.before_lone_work})
    exceptions = await _exceptions(actor, reach, here, today)
    courses: dict[int, list[CourseStanding]] = defaultdict(list)
    for row in rows:
        courses[row.person_id].append(row)
    found = {}
    for person in seen:
        missing = [Missing(Lack.ROLE)]
        if person in profiles:
            levels, mine = asked[profiles[person]], courses[person]
            missing = missing_levels(levels, held[person], today)
            missing += missing_courses(mine, titles, today)
            # A role of which nothing is said is not one that asks for nothing: nobody works alone by oversight.
            if not levels and not any(row.before_lone_work for row in mine):
                missing = [Missing(Lack.UNSAID)]
        found[person] = LoneWork(person, tuple(missing), exceptions.get(person))
    return found


async def lone_work_seen(
    actor: Actor,
    reach: Reach,
    levels: Reach,
    person_ids: Collection[int],
    today: date,
    zone: tzinfo | None = None,
) -> dict[int, LoneWork]:
    """Return the same for a reader of training; whose levels they do not see, of those without which level is missing.

    Args:
        levels: How far the reader sees levels.
    """
    found = await lone_work_of(actor, reach, person_ids, today, zone)
    open_to = set(await _seen(actor, levels, list(found)))
    return {person: row if person in open_to else row.without_levels for person, row in found.items()}


async def _seen(actor: Actor, reach: Reach, person_ids: Collection[int]) -> list[int]:
    if not reach or not person_ids:
        return []
    sql = f"SELECT p.id FROM person p WHERE p.id = ANY({{}}::int[]) AND p.external = '' AND {people.SEEN} ORDER BY p.id"  # noqa: S608
    rows = await LoneWorkNeed.raw(sql, sorted(person_ids), *people.seen_by(actor, reach))
    return [row["id"] for row in rows]


async def _here(person_ids: Collection[int], today: date) -> set[int]:
    """Return who of these works here on a day: of nobody else is it known which courses they have to have."""
    sql = f"SELECT id FROM ({people.PRESENT}) here WHERE id = ANY({{}}::int[])"  # noqa: S608  constants only
    rows = await LoneWorkNeed.raw(sql, today, today, sorted(person_ids)) if person_ids else []
    return {row["id"] for row in rows}


async def _asked(profile_ids: Collection[int]) -> dict[int, list[Asked]]:
    found: dict[int, list[Asked]] = defaultdict(list)
    for row in await LoneWorkNeed.raw(_NEEDS, sorted(profile_ids)) if profile_ids else []:
        found[row["profile"]].append(Asked(row["framework_id"], row["code"], row["name"], row["level"]))
    return found


async def _held(
    actor: Actor, reach: Reach, person_ids: Collection[int], zone: tzinfo | None
) -> dict[int, dict[tuple[int, str], Held]]:
    found: dict[int, dict[tuple[int, str], Held]] = defaultdict(dict)
    for row in await current_levels(actor, reach, person_ids):
        given = row.given_at.astimezone(zone) if zone else row.given_at
        found[row.person_id][row.framework_id, row.code] = Held(row.level, given.date())
    return found


async def _titles(course_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    rows = await Course.raw(_TITLES, sorted(course_ids)) if course_ids else []
    return {row["id"]: (row["code"], row["title"]) for row in rows}


async def _exceptions(
    actor: Actor, reach: Reach, person_ids: Collection[int], today: date
) -> dict[int, Allowed]:
    if not person_ids:
        return {}
    rows = await LoneWorkException.raw(_ALLOWED, sorted(person_ids), today, *people.seen_by(actor, reach))
    return {row.pop("person"): Allowed(**row) for row in rows}


@dataclass(frozen=True, slots=True)
class ExceptionRow:
    """An exception that somebody has or had."""

    id: int
    person_id: int
    from_on: date
    until_on: date
    reason: str
    given_by: str
    given_at: datetime
    ended_at: datetime | None
    ended_by: str

    def lasted(self, zone: tzinfo | None) -> date:
        """Return its last day, or the day on which it was taken back."""
        return self.until_on if self.ended_at is None else self.ended_at.astimezone(zone).date()


_EXCEPTIONS = f"""
SELECT x.id, x.person AS person_id, x.from_on, x.until_on, x.reason, x.given_by, x.given_at, x.ended_at, x.ended_by
FROM lone_work_exception x JOIN person p ON p.id = x.person
WHERE ({{}} = 0 OR x.person = {{}}) AND ({{}} = 0 OR x.id = {{}}) AND {people.SEEN} ORDER BY x.from_on DESC, x.id DESC
"""  # noqa: S608  constants only


async def exceptions_of(actor: Actor, reach: Reach, person_id: int) -> list[ExceptionRow]:
    """Return every exception that somebody has or had, the newest first."""
    if not reach or not person_id:
        return []
    rows = await LoneWorkException.raw(_EXCEPTIONS, person_id, person_id, 0, 0, *people.seen_by(actor, reach))
    return [ExceptionRow(**row) for row in rows]


async def exception(actor: Actor, reach: Reach, exception_id: int) -> ExceptionRow:
    """Return one exception.

    Raises:
        NotFound: there is none, or the actor does not reach whose it is.
    """
    rows = []
    if reach and exception_id:
        filling = (0, 0, exception_id, exception_id, *people.seen_by(actor, reach))
        rows = await LoneWorkException.raw(_EXCEPTIONS, *filling)
    if not rows:
        raise NotFound(_("There is no such exception, or you may not see it."))
    return ExceptionRow(**rows[0])


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """When somebody became ready for lone work, or no longer was."""

    id: int
    person_id: int
    person: str
    on: date
    authorised: bool
    by_exception: bool
    missing: list[str]


_CHANGES = f"""
SELECT c.id, c.person AS person_id, p.name AS person, c."on", c.authorised, c.by_exception, c.missing
FROM lone_work_change c JOIN person p ON p.id = c.person
WHERE c.person = {{}} AND {people.SEEN} ORDER BY c.id DESC LIMIT {{}}
"""  # noqa: S608  constants only


async def changes_of(actor: Actor, reach: Reach, person_id: int, limit: int = 20) -> list[ChangeRow]:
    """Return the last changes that were noticed of somebody, the newest first."""
    if not reach:
        return []
    rows = await LoneWorkChange.raw(_CHANGES, person_id, *people.seen_by(actor, reach), limit)
    return [ChangeRow(**{**row, "missing": json.loads(row["missing"])}) for row in rows]


#: Changes that the person, or whoever leads them, has not read yet, for Today: the newest of each person.
NOTICES = """
SELECT c.id, p.id AS person_id, p.name AS person, CASE WHEN c.authorised THEN 'yes' ELSE 'no' END AS what, c."on" AS due_on
FROM lone_work_change c JOIN person p ON p.id = c.person
WHERE ((p.id = {} AND c.seen_by_person_at IS NULL) OR ({} AND p.manager = {} AND c.seen_by_manager_at IS NULL))
  AND NOT EXISTS (SELECT FROM lone_work_change n WHERE n.person = c.person AND n.id > c.id)
ORDER BY c.id DESC LIMIT {}
"""


def notices_filling(actor: Actor, leads: bool, limit: int) -> tuple[object, ...]:
    """Return what fills the places of NOTICES."""
    return actor.person_id, leads, actor.person_id, limit
