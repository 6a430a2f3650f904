"""Reads of development plans."""

from dataclasses import dataclass
from datetime import date, datetime

from competences.actor import Actor
from competences.errors import NotFound
from competences.people import queries as people
from competences.people.reach import Reach
from competences.plans.tables import PlanAction
from competences.text import _


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action of a plan. Without `ended_at` it is still to do."""

    id: int
    person_id: int
    person: str
    competence_id: int | None
    competence: str | None
    framework_id: int | None
    code: str | None
    step: str
    source: str
    participant_id: int | None
    what: str
    owner_id: int | None
    owner: str | None
    due_on: date | None
    added_at: datetime
    added_by: str
    ended_at: datetime | None
    dropped: bool
    result: str
    version: int


_ACTIONS = f"""
SELECT t.id, t.person AS person_id, p.name AS person, t.competence AS competence_id, c.name AS competence,
       v.framework AS framework_id, c.code, t.step, t.source, t.participant AS participant_id, t.what, t.owner AS owner_id, o.name AS owner,
       t.due_on, t.added_at, t.added_by, t.ended_at, t.dropped, t.result, t.version
FROM plan_action t JOIN person p ON p.id = t.person LEFT JOIN person o ON o.id = t.owner
LEFT JOIN competence c ON c.id = t.competence LEFT JOIN framework_version v ON v.id = c.version
WHERE ({{}} = 0 OR t.id = {{}}) AND ({{}} = 0 OR t.person = {{}}) AND {people.SEEN}
ORDER BY t.ended_at IS NOT NULL, t.ended_at DESC, t.due_on NULLS LAST, t.id
"""  # noqa: S608  constants only


async def actions_of(actor: Actor, reach: Reach, person_id: int) -> list[ActionRow]:
    """Return the plan of a person whom the actor reaches: what is still to do by date, then what ended."""
    return await _actions(actor, reach, 0, person_id)


async def action(actor: Actor, reach: Reach, action_id: int) -> ActionRow:
    """Return one action.

    Raises:
        NotFound: there is none, or the actor does not reach whose plan it is in.
    """
    rows = await _actions(actor, reach, action_id, 0) if action_id else []
    if not rows:
        raise NotFound(_("There is no such action, or you may not see it."))
    return rows[0]


#: Steps that somebody sees to and whose plan they read, for Today. What is not the line manager's is the person's own,
#: also where whoever saw to it leads them no more.
DUE = f"""
SELECT t.id, p.id AS person_id, p.name AS person, t.what, t.due_on
FROM plan_action t JOIN person p ON p.id = t.person
WHERE t.ended_at IS NULL AND t.due_on <= {{}} AND {{}} = CASE WHEN t.owner = p.manager THEN p.manager ELSE p.id END
  AND {people.SEEN}
ORDER BY t.due_on, t.id LIMIT {{}}
"""  # noqa: S608  constants only


def due_filling(actor: Actor, reach: Reach, until: date, limit: int) -> tuple[object, ...]:
    """Return what fills the places of DUE."""
    return until, actor.person_id, *people.seen_by(actor, reach), limit if reach else 0


async def _actions(actor: Actor, reach: Reach, action_id: int, person_id: int) -> list[ActionRow]:
    if not reach:
        return []
    ids = (action_id, action_id, person_id, person_id)
    rows = await PlanAction.raw(_ACTIONS, *ids, *people.seen_by(actor, reach))
    return [ActionRow(**row) for row in rows]
