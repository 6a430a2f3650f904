"""Reads of people and units."""

from dataclasses import dataclass
from datetime import date

from competences.actor import Actor
from competences.errors import Conflict, NotFound
from competences.people.reach import Reach
from competences.people.tables import Person, Unit
from competences.stamp import stamp
from competences.text import _


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in a list."""

    id: int
    name: str
    post: str
    unit: str | None
    manager: str | None
    external: str
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class PersonView:
    """One person's record."""

    id: int
    name: str
    email: str | None
    post: str
    unit_id: int | None
    unit: str | None
    manager_id: int | None
    manager: str | None
    external: str
    started_on: date | None
    ended_on: date | None

    @property
    def stamp(self) -> str:
        """What a form shows of this record, digested."""
        return stamp(
            self.name, self.email, self.post, self.unit_id, self.manager_id, self.started_on, self.ended_on
        )


#: Whose rows, for statements in which `p` is the person; `seen_by` has what fills the places.
SEEN = "({} = 3 OR p.id = {} OR ({} = 2 AND p.manager = {}))"

_FROM = "FROM person p LEFT JOIN unit u ON u.id = p.unit LEFT JOIN person m ON m.id = p.manager"

_WHERE = f"""
WHERE {SEEN}
  AND ({{}} OR p.external = '') AND ({{}} OR p.ended_on IS NULL OR p.ended_on >= current_date)
  AND ({{}} = '' OR lower(p.name) LIKE {{}} OR lower(p.post) LIKE {{}} OR lower(u.name) LIKE {{}})
"""

_LIST = f"""
SELECT p.id, p.name, p.post, u.name AS unit, m.name AS manager, p.external, p.ended_on
{_FROM} {_WHERE} ORDER BY lower(p.name), p.id LIMIT {{}} OFFSET {{}}
"""

_COUNT = f"SELECT count(*) AS count {_FROM} {_WHERE}"


def seen_by(actor: Actor, reach: Reach) -> tuple[object, ...]:
    """Return what fills the places of SEEN."""
    return int(reach), actor.person_id, int(reach), actor.person_id


async def people(
    actor: Actor,
    reach: Reach,
    *,
    search: str = "",
    everybody: bool = False,
    limit: int = 50,
    offset: int = 0,
) -> list[PersonRow]:
    """Return some of the people whom the actor may see, by name.

    `everybody` includes outside panel members and those who have left.
    """
    if not reach:
        return []
    rows = await Person.raw(_LIST, *_filter(actor, reach, search, everybody), limit, offset)
    return [PersonRow(**row) for row in rows]


async def count_people(actor: Actor, reach: Reach, *, search: str = "", everybody: bool = False) -> int:
    """Return how many people `people` has in all."""
    if not reach:
        return 0
    rows = await Person.raw(_COUNT, *_filter(actor, reach, search, everybody))
    return int(rows[0]["count"])


def _filter(actor: Actor, reach: Reach, search: str, everybody: bool) -> tuple[object, ...]:
    word = search.strip().lower()
    like = f"%{_escaped(word)}%"
    return *seen_by(actor, reach), everybody, everybody, word, like, like, like


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


_ONE = f"""
SELECT p.id, p.name, p.email, p.post, p.unit AS unit_id, u.name AS unit, p.manager AS manager_id,
       m.name AS manager, p.external, p.started_on, p.ended_on
{_FROM} WHERE p.id = {{}} AND {SEEN}
"""


async def person(actor: Actor, reach: Reach, person_id: int) -> PersonView:
    """Return one person's record.

    Raises:
        NotFound: there is none, or the actor does not reach it.
    """
    rows = await Person.raw(_ONE, person_id, *seen_by(actor, reach)) if reach else []
    if not rows:
        raise NotFound(_("There is no such person, or you may not see them."))
    return PersonView(**rows[0])


async def led(actor: Actor, reach: Reach, person_id: int) -> PersonView:
    """Return somebody of whom the actor says what counts: their own record only where nobody leads them.

    Raises:
        NotFound: there is no such person, or the actor does not reach them.
        Conflict: it is the actor, who has a line manager for this.
    """
    row = await person(actor, reach, person_id)
    if row.id == actor.person_id and row.manager_id is not None:
        raise Conflict(_("Your line manager does this for you."))
    return row


_CHOICES = """
SELECT p.id, p.name, p.post FROM person p
WHERE p.external = '' AND (p.ended_on IS NULL OR p.ended_on >= current_date) AND p.id <> {}
ORDER BY lower(p.name), p.id LIMIT 1000
"""


async def managers(*, without: int = 0) -> list[tuple[int, str]]:
    """Return (id, name and post) of those who could be somebody's line manager."""
    rows = await Person.raw(_CHOICES, without)
    return [(row["id"], f"{row['name']}, {row['post']}" if row["post"] else row["name"]) for row in rows]


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit and how many people belong to it."""

    id: int
    name: str
    people: int


async def units() -> list[UnitRow]:
    """Return every unit, by name."""
    rows = await Unit.raw(
        "SELECT u.id, u.name, count(p.id) AS people FROM unit u LEFT JOIN person p ON p.unit = u.id"
        " GROUP BY u.id ORDER BY lower(u.name)"
    )
    return [UnitRow(**row) for row in rows]


async def unit(unit_id: int) -> UnitRow:
    """Return one unit.

    Raises:
        NotFound: there is none.
    """
    for row in await units():
        if row.id == unit_id:
            return row
    raise NotFound(_("There is no such unit."))


async def leads(manager_id: int, person_id: int) -> bool:
    """Return whether `person_id` is somewhere above `manager_id`, so that they cannot swap places."""
    rows = await Person.raw(
        "WITH RECURSIVE above AS (SELECT id, manager FROM person WHERE id = {}"
        " UNION SELECT p.id, p.manager FROM person p JOIN above a ON p.id = a.manager)"
        " SELECT 1 FROM above WHERE id = {}",
        manager_id, person_id,
    )  # fmt: skip
    return bool(rows)
