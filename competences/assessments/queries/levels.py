"""Levels that people have, and had. What somebody thinks of themselves, or a manager alone, is none."""

from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from competences.actor import Actor
from competences.assessments.tables import LEVELS_FROM, Assessment
from competences.people import queries as people
from competences.people.reach import Reach

#: LEVELS_FROM, as statements name them.
KINDS = ", ".join(f"'{kind.value}'" for kind in LEVELS_FROM)

# What counts for whom. A competence is the same one in each version of its framework.
_GIVEN = f"""
given AS (
    SELECT a.person, v.framework, c.code, c.id AS competence, r.id AS rating, r.level, r.evidence, a.kind,
           a.submitted_at, a.id AS assessment
    FROM assessment a JOIN person p ON p.id = a.person JOIN rating r ON r.assessment = a.id
    JOIN competence c ON c.id = r.competence JOIN framework_version v ON v.id = c.version
    WHERE a.person = ANY({{}}::int[]) AND {people.SEEN} AND a.kind IN ({KINDS})
      AND a.submitted_at IS NOT NULL AND (r.level IS NOT NULL OR r.no_evidence)
      AND NOT EXISTS (SELECT FROM supersession s WHERE s.rating = r.id)
)"""  # noqa: S608  constants only

# The newest level counts. Having asked since without learning enough does not take it away.
_CURRENT = f"""
{_GIVEN}, current AS (
    SELECT DISTINCT ON (person, framework, code) *,
           max(submitted_at) FILTER (WHERE level IS NULL) OVER (PARTITION BY person, framework, code) AS asked_at,
           lead(level) OVER (PARTITION BY person, framework, code
                             ORDER BY level IS NULL, submitted_at DESC, assessment DESC) AS earlier
    FROM given ORDER BY person, framework, code, level IS NULL, submitted_at DESC, assessment DESC
)"""  # noqa: S608  constants only


@dataclass(frozen=True, slots=True)
class CurrentLevel:
    """The level of one person in one competence; None where it was asked about without evidence.

    `competence_id` is the competence in the version that the level was given in.
    """

    person_id: int
    framework_id: int
    code: str
    competence_id: int
    level: int | None
    kind: str
    given_at: datetime
    asked_at: datetime | None
    rating_id: int


_OF_MANY = f"""
WITH {_CURRENT}
SELECT person AS person_id, framework AS framework_id, code, competence AS competence_id, level, kind,
       submitted_at AS given_at, asked_at, rating AS rating_id
FROM current ORDER BY person, framework, code
"""  # noqa: S608  constants only


async def current_levels(actor: Actor, reach: Reach, person_ids: Collection[int]) -> list[CurrentLevel]:
    """Return the levels of those of these people whom the actor reaches: one statement for all."""
    if not reach or not person_ids:
        return []
    rows = await Assessment.raw(_OF_MANY, sorted(person_ids), *people.seen_by(actor, reach))
    return [CurrentLevel(**row) for row in rows]


@dataclass(frozen=True, slots=True)
class HeldRow:
    """Who is at one level (None: no evidence) of one competence."""

    framework_id: int
    code: str
    level: int | None
    person_ids: list[int]


# The same as _CURRENT without sorting every rating: the turn of an assessment (the newest is the highest) and the
# level make one number, of which the largest counts. Of 18,000 ratings this takes less than half as long.
_NEWEST = f"""
WITH turn AS MATERIALIZED (
    SELECT a.id, a.person,
           (-8 * row_number() OVER (PARTITION BY a.person ORDER BY a.submitted_at DESC, a.id DESC))::int AS turn
    FROM assessment a JOIN person p ON p.id = a.person
    WHERE a.person = ANY({{}}::int[]) AND {people.SEEN} AND a.kind IN ({KINDS}) AND a.submitted_at IS NOT NULL
), same AS MATERIALIZED (
    SELECT c.id, min(c.id) OVER (PARTITION BY v.framework, c.code) AS competence
    FROM competence c JOIN framework_version v ON v.id = c.version
), newest AS (
    SELECT t.person, s.competence, max(t.turn + r.level) AS newest
    FROM turn t JOIN rating r ON r.assessment = t.id JOIN same s ON s.id = r.competence
    WHERE (r.level IS NOT NULL OR r.no_evidence) AND r.id NOT IN (SELECT x.rating FROM supersession x)
    GROUP BY t.person, s.competence
)"""  # noqa: S608  constants only

_HELD = f"""
{_NEWEST}, held AS (
    SELECT competence, newest & 7 AS level, array_agg(person) AS person_ids FROM newest GROUP BY 1, 2
)
SELECT v.framework AS framework_id, c.code, h.level, h.person_ids
FROM held h JOIN competence c ON c.id = h.competence JOIN framework_version v ON v.id = c.version
ORDER BY v.framework, c.code, h.level
"""  # noqa: S608  constants only


async def levels_held(actor: Actor, reach: Reach, person_ids: Collection[int]) -> list[HeldRow]:
    """Return the same levels as `current_levels`, one row for each competence and level that anybody has."""
    if not reach or not person_ids:
        return []
    rows = await Assessment.raw(_HELD, sorted(person_ids), *people.seen_by(actor, reach))
    return [
        HeldRow(row["framework_id"], row["code"], row["level"], sorted(row["person_ids"])) for row in rows
    ]


@dataclass(frozen=True, slots=True)
class CountRow:
    """How many are at one level (None: no evidence) of one competence, and one of them."""

    framework_id: int
    code: str
    level: int | None
    people: int
    one: int


_COUNTED = f"""
{_NEWEST}, counted AS (
    SELECT competence, newest & 7 AS level, count(*) AS people, min(person) AS one FROM newest GROUP BY 1, 2
)
SELECT v.framework AS framework_id, c.code, h.level, h.people, h.one
FROM counted h JOIN competence c ON c.id = h.competence JOIN framework_version v ON v.id = c.version
ORDER BY v.framework, c.code, h.level
"""  # noqa: S608  constants only


# What a count rests on: which assessments this reader sees of these people, and which levels were taken back. Given
# levels never change, so as long as these are the same ones the count is.
_STAMP = f"""
SELECT md5(concat_ws(' ', string_agg(a.id::text, ' ' ORDER BY a.id),
    (SELECT string_agg(x.rating::text, ' ' ORDER BY x.rating) FROM supersession x))) AS stamp
FROM assessment a JOIN person p ON p.id = a.person
WHERE a.person = ANY({{}}::int[]) AND {people.SEEN} AND a.kind IN ({KINDS}) AND a.submitted_at IS NOT NULL
"""  # noqa: S608  constants only
MOST = 16

_kept: OrderedDict[tuple[str, tuple[int, ...]], list[CountRow]] = OrderedDict()


async def levels_counted(actor: Actor, reach: Reach, person_ids: Collection[int]) -> list[CountRow]:
    """Return the same as `levels_held`, with a count instead of everybody: of hundreds, far less to carry.

    Counting costs some 15 ms for 500 people and changes seldom, so this process keeps the last few counts; each
    call asks the database whether they still hold.
    """
    if not reach or not person_ids:
        return []
    ids, seen = sorted(person_ids), people.seen_by(actor, reach)
    key = ((await Assessment.raw(_STAMP, ids, *seen))[0]["stamp"] or "", tuple(ids))
    if key not in _kept:
        _kept[key] = [CountRow(**row) for row in await Assessment.raw(_COUNTED, ids, *seen)]
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    _kept.move_to_end(key)
    return _kept[key]


@dataclass(frozen=True, slots=True)
class LevelRow:
    """The level of one person in one competence, in the words of the version that it was given in.

    `earlier` is the level before it, `newest` the number of the newest published version.
    """

    competence_id: int
    code: str
    name: str
    domain_code: str
    domain: str
    framework_id: int
    framework: str
    version_id: int
    number: int
    newest: int | None
    level: int | None
    earlier: int | None
    reason: str
    kind: str
    given_at: datetime
    asked_at: datetime | None
    rating_id: int


_OF_ONE = f"""
WITH {_CURRENT}
SELECT c.id AS competence_id, c.code, c.name, d.code AS domain_code, d.name AS domain, f.id AS framework_id,
       f.title AS framework, v.id AS version_id, v.number, n.newest, l.level, l.earlier, l.evidence AS reason,
       l.kind, l.submitted_at AS given_at, l.asked_at, l.rating AS rating_id
FROM current l JOIN competence c ON c.id = l.competence JOIN domain d ON d.id = c.domain
JOIN framework_version v ON v.id = c.version JOIN framework f ON f.id = v.framework
LEFT JOIN (SELECT framework, max(number) AS newest FROM framework_version WHERE state = 'published'
           GROUP BY framework) n ON n.framework = f.id
ORDER BY f.title, d.position, c.position, c.code
"""  # noqa: S608  constants only


async def levels_of(actor: Actor, reach: Reach, person_id: int) -> list[LevelRow]:
    """Return the levels of a person, in the order of the framework.

    Raises:
        NotFound: there is no such person, or the actor does not reach them.
    """
    rows = await Assessment.raw(_OF_ONE, [person_id], *people.seen_by(actor, reach)) if reach else []
    if not rows:  # for want of levels, or of reach
        await people.person(actor, reach, person_id)
    return [LevelRow(**row) for row in rows]


async def imported_already(person_ids: Collection[int]) -> set[tuple[int, int, str, datetime]]:
    """Return which levels of these people came from a spreadsheet: person, framework, code, when.

    For imports, which know whom the actor reaches; it says no level.
    """
    rows = await Assessment.raw(
        "SELECT a.person, v.framework, c.code, a.started_at FROM assessment a"
        " JOIN rating r ON r.assessment = a.id JOIN competence c ON c.id = r.competence"
        " JOIN framework_version v ON v.id = c.version"
        " WHERE a.kind = 'imported' AND a.person = ANY({}::int[])"
        " AND NOT EXISTS (SELECT FROM supersession s WHERE s.rating = r.id)",
        sorted(person_ids),
    )
    return {(row["person"], row["framework"], row["code"], row["started_at"]) for row in rows}
