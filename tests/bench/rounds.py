"""Rounds to measure: a talk that can be held, and assessments that a line manager has begun."""

from datetime import UTC, date, datetime

from competences.actor import Actor
from competences.assessments.commands import answers
from competences.people.reach import Reach
from competences.people.tables import Person
from recruit import database
from recruit.accounts.tables import Account

_WAITING = """
SELECT t.id FROM participant t JOIN person p ON p.id = t.person JOIN person m ON m.id = p.manager
WHERE m.email = {} AND NOT EXISTS (SELECT FROM assessment a WHERE a.participant = t.id AND a.kind = 'manager')
"""
_TALK = """
SELECT t.id FROM participant t JOIN person p ON p.id = t.person JOIN person m ON m.id = p.manager
JOIN assessment a ON a.participant = t.id AND a.kind IN ('self', 'manager') AND a.submitted_at IS NOT NULL
LEFT JOIN talk k ON k.participant = t.id
WHERE m.email = {} AND k.manager_confirmed_at IS NULL GROUP BY t.id HAVING count(*) = 2 ORDER BY t.id LIMIT 1
"""
_ITEMS = """
SELECT a.id, g.competence, coalesce(r.version, 0) AS version
FROM assessment a JOIN person m ON m.id = a.assessor JOIN target g ON g.participant = a.participant
LEFT JOIN rating r ON r.assessment = a.id AND r.competence = g.competence
WHERE m.email = {} AND a.kind = 'manager' AND a.submitted_at IS NULL ORDER BY a.id, g.id LIMIT {}
"""


async def with_assessments(manager: str) -> None:
    """Begin the manager's assessment of everybody in a round whom they have not assessed."""
    async with database.pool():
        account = await Account.objects().get(Account.email == manager)
        actor = Actor(account.person, manager, frozenset(account.roles), account.id)
        for row in await Person.raw(_WAITING, manager):
            await answers.start_assessment(actor, Reach.TEAM, row["id"], date.today(), datetime.now(UTC))


async def talk(manager: str) -> int:
    """Return the participant whose talk the manager can hold."""
    return (await Person.raw(_TALK, manager))[0]["id"]


async def items(manager: str, most: int) -> list[dict]:
    """Return places to save to: assessment, competence, version."""
    return await Person.raw(_ITEMS, manager, most)
