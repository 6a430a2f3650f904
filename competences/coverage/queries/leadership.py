"""The leader competences across a group, and who answers for what."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from competences.actor import Actor
from competences.assessments.queries import levels_held
from competences.coverage.rules.cover import Named
from competences.coverage.rules.leadership import Lead, together
from competences.coverage.tables import Delegation
from competences.errors import NotFound
from competences.people import queries as people
from competences.people.queries import Member, led_people, units_of
from competences.people.reach import Reach
from competences.scoring.cover import MAX_PEOPLE, Covers
from competences.text import _

LEADER = "leader"

_LEADER = """
SELECT v.framework AS framework_id, f.title AS framework, c.code, c.name, d.name AS domain
FROM competence c JOIN domain d ON d.id = c.domain JOIN framework_version v ON v.id = c.version
JOIN framework f ON f.id = v.framework
WHERE v.id = (SELECT w.id FROM framework_version w JOIN framework g ON g.id = w.framework
              WHERE g.key = {} AND w.state = 'published' ORDER BY w.number DESC LIMIT 1)
ORDER BY c.code
"""


async def leader_competences() -> list[Named]:
    """Return the leader competences of the newest published version."""
    return [Named(**row) for row in await Delegation.raw(_LEADER, LEADER)]


@dataclass(frozen=True)
class Leadership:
    """A group, out of those whom the actor could choose, and what it holds of leadership."""

    choices: list[Member]
    group: list[Member]
    leads: list[Lead]

    @cached_property
    def names(self) -> dict[int, str]:
        """The names of everybody who can be chosen."""
        return {one.id: one.name for one in self.choices}

    @property
    def units(self) -> list[tuple[int, str]]:
        """The units of everybody who can be chosen."""
        return units_of(self.choices)

    @cached_property
    def covers(self) -> Covers[int, str]:
        """The smallest groups who together hold what anybody of the group holds."""
        return together([one.id for one in self.group], self.leads)


async def leadership(actor: Actor, reach: Reach, chosen: Collection[int], today: date) -> Leadership:
    """Return what a group chosen among the actor and the people they lead holds of leadership.

    When nobody of them is chosen, the group is all of them; never more than the search looks at.
    """
    choices = await led_people(actor, reach, today, self_too=True)
    group = [one for one in choices if one.id in chosen] or choices
    group = group[:MAX_PEOPLE]
    named = await leader_competences()
    levels: dict[tuple[int, str], dict[int, int]] = {(one.framework_id, one.code): {} for one in named}
    for row in await levels_held(actor, min(reach, Reach.TEAM), [one.id for one in group]):
        key = (row.framework_id, row.code)
        if row.level is not None and key in levels:
            levels[key] |= dict.fromkeys(row.person_ids, row.level)
    return Leadership(choices, group, [Lead(one, levels[one.framework_id, one.code]) for one in named])


@dataclass(frozen=True, slots=True)
class DelegationRow:
    """Somebody answers for a leader competence. Without `ended_on` it lasts."""

    id: int
    person_id: int
    person: str
    unit: str | None
    code: str
    name: str
    from_on: date
    review_on: date
    ended_on: date | None
    note: str


_DELEGATIONS = f"""
SELECT g.id, g.person AS person_id, p.name AS person, u.name AS unit, g.code,
       coalesce((SELECT c.name FROM competence c JOIN framework_version v ON v.id = c.version
                 WHERE v.framework = g.framework AND c.code = g.code AND v.state <> 'draft'
                 ORDER BY v.number DESC LIMIT 1), g.code) AS name, g.from_on, g.review_on, g.ended_on, g.note
FROM delegation g JOIN person p ON p.id = g.person LEFT JOIN unit u ON u.id = g.unit
WHERE ({{}} = 0 OR g.id = {{}}) AND {people.SEEN}
ORDER BY g.ended_on IS NOT NULL, g.ended_on DESC, g.code, g.from_on, g.id
"""  # noqa: S608  constants only


async def delegations(actor: Actor, reach: Reach) -> list[DelegationRow]:
    """Return who of the people whom the actor reaches answers, or answered, for what; what lasts comes first."""
    return await _delegations(actor, reach, 0)


async def delegation(actor: Actor, reach: Reach, delegation_id: int) -> DelegationRow:
    """Return one delegation.

    Raises:
        NotFound: there is none, or the actor does not reach the person.
    """
    rows = await _delegations(actor, reach, delegation_id) if delegation_id else []
    if not rows:
        raise NotFound(_("There is no such delegation, or you may not see it."))
    return rows[0]


async def _delegations(actor: Actor, reach: Reach, delegation_id: int) -> list[DelegationRow]:
    if not reach:
        return []
    rows = await Delegation.raw(_DELEGATIONS, delegation_id, delegation_id, *people.seen_by(actor, reach))
    return [DelegationRow(**row) for row in rows]


#: Delegations that somebody looks at again, as whoever leads the person or as the person, for Today.
DUE = f"""
SELECT g.id, p.id AS person_id, p.name AS person, coalesce((
           SELECT c.name FROM competence c JOIN framework_version v ON v.id = c.version
           WHERE v.framework = g.framework AND c.code = g.code AND v.state <> 'draft'
           ORDER BY v.number DESC LIMIT 1), g.code) AS what, g.review_on AS due_on
FROM delegation g JOIN person p ON p.id = g.person
WHERE g.ended_on IS NULL AND g.review_on <= {{}} AND {people.SEEN}
ORDER BY g.review_on, g.id LIMIT {{}}
"""  # noqa: S608  constants only


def due_filling(actor: Actor, reach: Reach, until: date, limit: int) -> tuple[object, ...]:
    """Return what fills the places of DUE."""
    return until, *people.seen_by(actor, reach), limit if reach else 0
