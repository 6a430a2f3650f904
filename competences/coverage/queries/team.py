"""Cover of the people whom somebody leads."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from competences.actor import Actor
from competences.assessments.queries import levels_counted
from competences.coverage.rules.cover import Named, Need, Row, in_order, need_of
from competences.coverage.tables import CoverNeed
from competences.errors import NotFound
from competences.people.queries import Member, led_people, units_of
from competences.people.reach import Reach
from competences.role_profiles.queries import asked_by, roles_held
from competences.scoring.scale import LEVELS
from competences.text import _

Key = tuple[int, str]


@dataclass(frozen=True)
class Cover:
    """The cover of a group, the smallest margin first. `unit_id` is None for people of several units."""

    people: list[Member]
    units: list[tuple[int, str]]
    unit_id: int | None
    rows: list[Row]

    @cached_property
    def names(self) -> dict[int, str]:
        """The names of the people of the group."""
        return {one.id: one.name for one in self.people}


async def team_cover(actor: Actor, reach: Reach, unit_id: int | None, today: date) -> Cover:
    """Return the cover of the people whom the actor leads, of one unit or of all.

    Needs that were set for a unit hold where the group is of that unit.
    """
    everybody = await led_people(actor, reach, today)
    units = units_of(everybody)
    if len(units) == 1 and all(one.unit_id for one in everybody):
        unit_id = units[0][0]
    elif unit_id not in dict(units):
        unit_id = None
    people = [one for one in everybody if unit_id in (None, one.unit_id)]
    ids = [one.id for one in people]
    rows = await rows_of(actor, min(reach, Reach.TEAM), ids, unit_id, today)
    return Cover(people, units, unit_id, in_order(rows))


async def rows_of(
    actor: Actor, reach: Reach, person_ids: Collection[int], unit_id: int | None, today: date
) -> list[Row]:
    """Return what these people cover, in the order of the frameworks. For queries that know who may see it."""
    held: dict[Key, dict[int, tuple[int, int]]] = {}
    for row in await levels_counted(actor, reach, person_ids):
        levels = held.setdefault((row.framework_id, row.code), {})
        if row.level is not None:
            levels[row.level] = row.people, row.one
    required = await _required(await roles_held(actor, reach, person_ids, today))
    found = []
    for named, given in await _named(unit_id, {*held, *required}):
        key = (named.framework_id, named.code)
        cells = [held.get(key, {}).get(level, (0, None)) for level in LEVELS]
        at = tuple(count for count, _one in cells)
        need = given or need_of(required.get(key, ()), at)
        found.append(Row(named, at, tuple(one for _count, one in cells), len(person_ids) - sum(at), need))
    return found


async def _required(roles: Mapping[int, int]) -> dict[Key, list[int]]:
    """Return for each competence the level for every person whose role asks for it; `roles`: people by profile."""
    required: dict[Key, list[int]] = {}
    for row in await asked_by(roles):
        levels = required.setdefault((row.framework_id, row.code), [])
        levels += [row.required_level] * roles[row.profile_id]
    return required


# The newest version that has the competence names it; a draft does not yet.
_NAMED = """
WITH wanted AS (SELECT * FROM unnest({}::int[], {}::text[]) AS w (framework, code)),
     needed AS (SELECT framework, code, level, people FROM cover_need WHERE unit = {})
SELECT * FROM (
    SELECT DISTINCT ON (v.framework, c.code) v.framework AS framework_id, f.title AS framework, c.code, c.name,
           d.name AS domain, d.position AS major, c.position AS minor, n.level, n.people
    FROM competence c JOIN framework_version v ON v.id = c.version JOIN framework f ON f.id = v.framework
    JOIN domain d ON d.id = c.domain LEFT JOIN needed n ON n.framework = v.framework AND n.code = c.code
    WHERE v.state <> 'draft' AND (n.level IS NOT NULL OR (v.framework, c.code) IN (SELECT framework, code FROM wanted))
    ORDER BY v.framework, c.code, v.number DESC
) newest ORDER BY framework, major, minor, code
"""


async def _named(unit_id: int | None, keys: Collection[Key]) -> list[tuple[Named, Need | None]]:
    """Return these competences and those that the unit set a need for, in the order of their frameworks."""
    frameworks, codes = [key[0] for key in keys], [key[1] for key in keys]
    found = []
    for row in await CoverNeed.raw(_NAMED, frameworks, codes, unit_id or 0):
        named = Named(row["framework_id"], row["framework"], row["code"], row["name"], row["domain"])
        need = Need(row["level"], row["people"], given=True) if row["level"] else None
        found.append((named, need))
    return found


async def needs_of(actor: Actor, reach: Reach, unit_id: int, today: date) -> dict[Key, Need]:
    """Return what was set for a unit of which the actor leads somebody.

    Raises:
        NotFound: there is no such unit, or the actor leads nobody there.
    """
    if unit_id not in dict(units_of(await led_people(actor, reach, today))):
        raise NotFound(_("There is no such unit, or you lead nobody there."))
    rows = await CoverNeed.raw(
        "SELECT framework, code, level, people FROM cover_need WHERE unit = {}", unit_id
    )
    return {(row["framework"], row["code"]): Need(row["level"], row["people"], given=True) for row in rows}
