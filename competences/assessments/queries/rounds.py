"""Rounds as a line manager follows them: who has begun, who has shared. Never a level."""

from dataclasses import dataclass
from datetime import date

from competences.actor import Actor
from competences.assessments.queries.places import LIFTED
from competences.assessments.tables import Round
from competences.errors import NotFound
from competences.people.reach import Reach
from competences.text import _


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round with as many of one's people as are in it, and how far they are.

    `movable` says whether the actor may change its last day: who opened it may, and when they have left or lead
    nobody in it any more, whoever leads somebody in it.
    """

    id: int
    title: str
    unit: str | None
    opens_on: date
    closes_on: date
    peers: bool
    opener: str | None
    movable: bool
    people: int
    shared: int
    confirmed: int


_ROUNDS = """
SELECT o.id, o.title, u.name AS unit, o.opens_on, o.closes_on, o.peers, l.name AS opener,
       o.opened_by = {} OR NOT EXISTS (
           SELECT FROM participant x JOIN person y ON y.id = x.person
           WHERE x.round = o.id AND y.manager = l.id AND (l.ended_on IS NULL OR l.ended_on >= current_date)
       ) AS movable, count(*) AS people,
       count(*) FILTER (WHERE s.submitted_at IS NOT NULL AND m.submitted_at IS NOT NULL) AS shared,
       count(*) FILTER (WHERE k.person_confirmed_at IS NOT NULL AND k.manager_confirmed_at IS NOT NULL) AS confirmed
FROM round o LEFT JOIN unit u ON u.id = o.unit LEFT JOIN person l ON l.id = o.opened_by
JOIN participant t ON t.round = o.id
JOIN person p ON p.id = t.person AND p.manager = {}
LEFT JOIN assessment s ON s.participant = t.id AND s.kind = 'self'
LEFT JOIN assessment m ON m.participant = t.id AND m.kind = 'manager' AND m.assessor = p.manager
LEFT JOIN talk k ON k.participant = t.id
WHERE {} = 0 OR o.id = {}
GROUP BY o.id, u.name, l.id ORDER BY o.closes_on DESC, o.id DESC LIMIT 200
"""


async def rounds(actor: Actor, reach: Reach) -> list[RoundRow]:
    """Return the rounds in which somebody is whom the actor leads, the latest first."""
    return await _rounds(actor, reach, 0)


async def round_of(actor: Actor, reach: Reach, round_id: int) -> RoundRow:
    """Return one round.

    Raises:
        NotFound: there is none, or nobody is in it whom the actor leads.
    """
    rows = await _rounds(actor, reach, round_id) if round_id else []
    if not rows:
        raise NotFound(_("There is no such round, or none of your people is in it."))
    return rows[0]


async def _rounds(actor: Actor, reach: Reach, round_id: int) -> list[RoundRow]:
    if reach < Reach.TEAM or actor.person_id is None:
        return []
    me = actor.person_id
    return [RoundRow(**row) for row in await Round.raw(_ROUNDS, me, me, round_id, round_id)]


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """How far one person is in a round. `assessment_id` is the actor's own assessment of them, if begun.

    `earlier` is an earlier line manager who has shared a view of them.
    """

    id: int
    person_id: int
    person: str
    profile: str
    framework: str
    number: int
    self_started: bool
    self_shared: bool
    assessment_id: int | None
    manager_shared: bool
    earlier: str | None
    peers_asked: int
    peers_in: int
    held_on: date | None
    person_confirmed: bool
    manager_confirmed: bool

    @property
    def lifted(self) -> bool:
        """Whether both have shared, so that they can talk."""
        return self.self_shared and self.manager_shared

    @property
    def confirmed(self) -> bool:
        """Whether both have confirmed what they agreed."""
        return self.person_confirmed and self.manager_confirmed


_PARTICIPANTS = """
SELECT t.id, p.id AS person_id, p.name AS person, r.title AS profile, f.title AS framework, v.number,
       s.id IS NOT NULL AS self_started, s.submitted_at IS NOT NULL AS self_shared, m.id AS assessment_id,
       m.submitted_at IS NOT NULL AS manager_shared,
       (SELECT max(b.name) FROM assessment a JOIN person b ON b.id = a.assessor WHERE a.participant = t.id
        AND a.kind = 'manager' AND a.submitted_at IS NOT NULL AND b.id <> p.manager) AS earlier,
       coalesce(c.asked, 0) AS peers_asked, coalesce(c.shared, 0) AS peers_in, k.held_on,
       k.person_confirmed_at IS NOT NULL AS person_confirmed,
       k.manager_confirmed_at IS NOT NULL AS manager_confirmed
FROM participant t JOIN person p ON p.id = t.person JOIN role_profile r ON r.id = t.profile
JOIN framework_version v ON v.id = t.version JOIN framework f ON f.id = v.framework
LEFT JOIN assessment s ON s.participant = t.id AND s.kind = 'self'
LEFT JOIN assessment m ON m.participant = t.id AND m.kind = 'manager' AND m.assessor = p.manager
LEFT JOIN (SELECT participant, count(*) AS asked, count(submitted_at) AS shared FROM assessment
           WHERE kind = 'peer' GROUP BY participant) c ON c.participant = t.id
LEFT JOIN talk k ON k.participant = t.id
WHERE t.round = {} AND p.manager = {} ORDER BY lower(p.name), p.id
"""


async def participants(actor: Actor, reach: Reach, round_id: int) -> list[ParticipantRow]:
    """Return those of a round whom the actor leads, by name."""
    if reach < Reach.TEAM or actor.person_id is None:
        return []
    return [ParticipantRow(**row) for row in await Round.raw(_PARTICIPANTS, round_id, actor.person_id)]


async def peers_of(participant_id: int) -> list[tuple[int, str]]:
    """Return (person, name) of the colleagues who were asked, not who has shared. For those who have the place."""
    rows = await Round.raw(
        "SELECT p.id, p.name FROM assessment a"
        " JOIN person p ON p.id = a.assessor WHERE a.participant = {} AND a.kind = 'peer' ORDER BY lower(p.name)",
        participant_id,
    )
    return [(row["id"], row["name"]) for row in rows]


@dataclass(frozen=True, slots=True)
class PastRow:
    """A round that somebody took part in themselves."""

    participant_id: int
    title: str
    closes_on: date
    assessment_id: int | None
    self_shared: bool
    lifted: bool
    confirmed: bool
    held_on: date | None


_OF_ONE = f"""
SELECT t.id AS participant_id, o.title, o.closes_on, s.id AS assessment_id,
       s.submitted_at IS NOT NULL AS self_shared,
       {LIFTED} AS lifted,
       k.person_confirmed_at IS NOT NULL AND k.manager_confirmed_at IS NOT NULL AS confirmed, k.held_on
FROM participant t JOIN round o ON o.id = t.round JOIN person p ON p.id = t.person
LEFT JOIN assessment s ON s.participant = t.id AND s.kind = 'self'
LEFT JOIN talk k ON k.participant = t.id
WHERE t.person = {{}} ORDER BY o.closes_on DESC, o.id DESC LIMIT 100
"""  # noqa: S608  constants only


async def own_rounds(actor: Actor, reach: Reach) -> list[PastRow]:
    """Return the rounds in which the actor is assessed, the latest first."""
    if not reach or actor.person_id is None:
        return []
    return [PastRow(**row) for row in await Round.raw(_OF_ONE, actor.person_id)]
