"""Reads of what was considered before somebody was taken on."""

from dataclasses import dataclass
from datetime import date, datetime

from competences.actor import Actor
from competences.care.tables import CaseDiscussion
from competences.errors import NotFound
from competences.people.reach import Reach
from competences.text import _


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One discussion. `latest`: no later one has the same reference."""

    id: int
    reference: str
    unit_id: int | None
    unit: str | None
    discussed_on: date
    hazards: list[str]
    measures: list[str]
    decision: str
    decided_by: str
    decided_at: datetime | None
    review_on: date
    recorded_by: str
    edition: int
    latest: bool


@dataclass(frozen=True, slots=True)
class TookPart:
    """Who discussed it, and whether they take it on, with a colleague or alone."""

    person_id: int
    name: str
    post: str
    may_take: bool
    alone: bool


_SEEN = "({} = 3 OR EXISTS (SELECT FROM case_participant k WHERE k.discussion = d.id AND k.person = {} AND {} > 0))"
_LATEST = """NOT EXISTS (SELECT FROM case_discussion n
    WHERE n.reference = d.reference AND (n.discussed_on, n.id) > (d.discussed_on, d.id))"""

_CASES = f"""
SELECT d.id, d.reference, d.unit AS unit_id, u.name AS unit, d.discussed_on, d.hazards, d.measures, d.decision,
       d.decided_by, d.decided_at, d.review_on, d.recorded_by, d.edition, {_LATEST} AS latest
FROM case_discussion d LEFT JOIN unit u ON u.id = d.unit
WHERE ({{}} = 0 OR d.id = {{}}) AND ({{}} = '' OR d.reference = {{}}) AND (NOT {{}} OR {_LATEST}) AND {_SEEN}
ORDER BY d.discussed_on DESC, d.id DESC LIMIT {{}} OFFSET {{}}
"""  # noqa: S608  constants only


async def cases(actor: Actor, reach: Reach, *, limit: int = 50, offset: int = 0) -> list[CaseRow]:
    """Return the latest discussion of each reference: all, or those that the actor took part in."""
    return await _cases(actor, reach, latest=True, limit=limit, offset=offset)


async def history_of(actor: Actor, reach: Reach, reference: str) -> list[CaseRow]:
    """Return every discussion of a reference that the actor may see, latest first."""
    return await _cases(actor, reach, reference=reference, limit=200) if reference else []


async def case(actor: Actor, reach: Reach, discussion_id: int) -> CaseRow:
    """Return one discussion.

    Raises:
        NotFound: there is none, or it is not for the actor.
    """
    rows = await _cases(actor, reach, discussion_id=discussion_id) if discussion_id else []
    if not rows:
        raise NotFound(_("There is no such page, or it is not for you."))
    return rows[0]


async def _cases(
    actor: Actor,
    reach: Reach,
    *,
    discussion_id: int = 0,
    reference: str = "",
    latest: bool = False,
    limit: int = 1,
    offset: int = 0,
) -> list[CaseRow]:
    if not reach:
        return []
    wanted = (discussion_id, discussion_id, reference, reference, latest)
    seen = (int(reach), actor.person_id, int(reach))
    return [CaseRow(**row) for row in await CaseDiscussion.raw(_CASES, *wanted, *seen, limit, offset)]


_PART = """
SELECT p.id AS person_id, p.name, p.post, k.may_take, k.alone
FROM case_participant k JOIN person p ON p.id = k.person WHERE k.discussion = {} ORDER BY lower(p.name), p.id
"""


async def took_part(actor: Actor, reach: Reach, discussion_id: int) -> list[TookPart]:
    """Return who took part in a discussion that the actor may see.

    Raises:
        NotFound: there is none, or it is not for the actor.
    """
    row = await case(actor, reach, discussion_id)
    return [TookPart(**one) for one in await CaseDiscussion.raw(_PART, row.id)]
