"""Reads of the register: days and choices of whoever the actor reaches."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from competences.actor import Actor
from competences.care.rules.choices import Duty, Gathering, Load
from competences.care.rules.intervals import MISSED
from competences.care.rules.register import CareFacts, Due, Held, Stands, all_due, missed_in_a_row
from competences.care.tables import CareEntry
from competences.people import queries as people
from competences.people.queries import Member
from competences.people.reach import Reach

_DUTIES = """
SELECT person, duty, max(offered_on) AS offered_on, max(done_on) AS done_on, max(declined_on) AS declined_on,
       (array_agg(next_on ORDER BY greatest(offered_on, done_on, declined_on) DESC, id DESC))[1] AS next_on,
       max(done_on) FILTER (WHERE outside) AS outside_on
FROM care_entry WHERE person = ANY({}::int[]) AND withdrawn_at IS NULL GROUP BY person, duty
"""

_PEOPLE = """
SELECT p.id, p.started_on, w.load, w.said_on, n.until_on
FROM person p
LEFT JOIN LATERAL (SELECT load, said_on FROM workload WHERE person = p.id ORDER BY said_on DESC LIMIT 1) w ON true
LEFT JOIN LATERAL (SELECT max(until_on) AS until_on FROM name_exception
    WHERE person = p.id AND ended_on IS NULL AND from_on <= {}) n ON true
WHERE p.id = ANY({}::int[])
"""

# The last meetings of a unit and of everybody hold the last ones of each of its people.
_CAME = """
WITH last AS (
    SELECT id, gathering, unit, held_on FROM (
        SELECT *, row_number() OVER (PARTITION BY gathering, unit ORDER BY held_on DESC, id DESC) AS n
        FROM meeting WHERE held_on <= {}) m WHERE n <= {}
)
SELECT p.id, l.gathering, array_agg(a.id IS NOT NULL ORDER BY l.held_on DESC, l.id DESC) AS came
FROM person p JOIN last l ON (l.unit IS NULL OR l.unit = p.unit) AND (p.started_on IS NULL OR l.held_on >= p.started_on)
LEFT JOIN meeting_attendance a ON a.meeting = l.id AND a.person = p.id
WHERE p.id = ANY({}::int[]) GROUP BY p.id, l.gathering
"""


async def facts_of(person_ids: Collection[int], today: date) -> dict[int, CareFacts]:
    """Return what is on record of people, in three statements. For callers that know whom the actor reaches."""
    ids = sorted(person_ids)
    if not ids:
        return {}
    duties: dict[int, dict[Duty, Held]] = {}
    for row in await CareEntry.raw(_DUTIES, ids):
        person, duty = row.pop("person"), Duty(row.pop("duty"))
        duties.setdefault(person, {})[duty] = Held(**row)
    missed: dict[int, list[Gathering]] = {}
    for row in await CareEntry.raw(_CAME, today, MISSED, ids):
        if missed_in_a_row(row["came"]):
            missed.setdefault(row["id"], []).append(Gathering(row["gathering"]))
    return {
        row["id"]: CareFacts(
            person_id=row["id"],
            started_on=row["started_on"],
            duties=duties.get(row["id"], {}),
            missed=tuple(sorted(missed.get(row["id"], ()))),
            load=Load(row["load"]) if row["load"] else None,
            said_on=row["said_on"],
            other_name_until=row["until_on"],
        )
        for row in await CareEntry.raw(_PEOPLE, today, ids)
    }


async def in_care(actor: Actor, reach: Reach, today: date) -> list[Member]:
    """Return the people of the register, by name: everybody, or the actor's team and the actor."""
    if reach is Reach.ALL:
        return await people.present(actor, reach, today)
    return await people.led_people(actor, reach, today, self_too=True)


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One line of the register."""

    person: Member
    facts: CareFacts
    due: tuple[Due, ...]

    @property
    def open(self) -> bool:
        """Whether anything is late, announced or missed."""
        return bool(self.facts.missed) or any(one.stands in (Stands.LATE, Stands.SOON) for one in self.due)

    def of(self, duty: Duty) -> Due:
        """Return how one duty stands."""
        return next(one for one in self.due if one.duty is duty)


async def register(actor: Actor, reach: Reach, today: date) -> list[RegisterRow]:
    """Return everybody whom the actor looks after, by name, and what is due to them."""
    members = await in_care(actor, reach, today)
    facts = await facts_of([one.id for one in members], today)
    return [RegisterRow(one, facts[one.id], all_due(facts[one.id], today)) for one in members]


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One thing on record of one person."""

    id: int
    duty: str
    offered_on: date | None
    done_on: date | None
    declined_on: date | None
    next_on: date | None
    outside: bool
    basis: str
    recorded_at: datetime
    recorded_by: str
    withdrawn_at: datetime | None


_ENTRIES = f"""
SELECT e.id, e.duty, e.offered_on, e.done_on, e.declined_on, e.next_on, e.outside, e.basis, e.recorded_at,
       e.recorded_by, e.withdrawn_at
FROM care_entry e JOIN person p ON p.id = e.person WHERE p.id = {{}} AND {people.SEEN}
ORDER BY greatest(e.offered_on, e.done_on, e.declined_on) DESC, e.id DESC
"""  # noqa: S608  constants only


async def entries_of(actor: Actor, reach: Reach, person_id: int) -> list[EntryRow]:
    """Return what is on record of a person whom the actor reaches, newest first; withdrawn entries too."""
    if not reach:
        return []
    return [
        EntryRow(**row) for row in await CareEntry.raw(_ENTRIES, person_id, *people.seen_by(actor, reach))
    ]


def counted(rows: Iterable[RegisterRow], duty: Duty) -> tuple[int, date | None]:
    """Return to how many people a duty is due or late, and since when."""
    found = [row.of(duty) for row in rows]
    days = [one.due_on for one in found if one.due_on and one.days_left is not None and one.days_left <= 0]
    return len(days), min(days, default=None)
