"""What of all this is due to be seen to by one person, for Today."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from competences.actor import Actor
from competences.care.queries.incidents import CONCERNED, concerned_row
from competences.care.queries.register import RegisterRow, counted, facts_of
from competences.care.rules.choices import Duty
from competences.care.rules.incidents import hours_left
from competences.care.rules.register import all_due
from competences.care.tables import CareEntry
from competences.people.queries import Member
from competences.people.reach import Reach


@dataclass(frozen=True, slots=True)
class CareDue:
    """Something to see to. `count`: to how many people a duty is due; `hours`: how many are left for a debrief."""

    kind: str
    id: int = 0
    person: str = ""
    what: str = ""
    due_on: date | None = None
    count: int = 0
    hours: int | None = None


# Whoever has a line manager is looked after by them; the others by every support lead.
_MINE = """
p.external = '' AND (p.ended_on IS NULL OR p.ended_on >= {}) AND p.id <> {}
  AND ({} >= 2 AND p.manager = {} OR {} = 3 AND p.manager IS NULL)
"""


def _mine(actor: Actor, reach: Reach, today: date) -> tuple[object, ...]:
    return today, actor.person_id, int(reach), actor.person_id, int(reach)


async def due(
    actor: Actor,
    today: date,
    now: datetime,
    zone: tzinfo | None,
    limit: int,
    *,
    care: Reach,
    cases: Reach,
    media: Reach,
) -> list[CareDue]:
    """Return what the actor sees to: duties counted, debriefs and check-ins, reviews, talks, and their own decisions.

    Args:
        care: How far the actor records the register; `cases` and `media` likewise.
    """
    if actor.person_id is None:
        return []
    found = await _own_and_kept(actor, today, limit, care=care, cases=cases, media=media)
    if care >= Reach.TEAM:
        found += await _register(actor, care, today)
        found += await _incidents(actor, care, today, now, zone, limit)
    return found


async def _register(actor: Actor, reach: Reach, today: date) -> list[CareDue]:
    rows = await CareEntry.raw(
        f"SELECT p.id FROM person p WHERE {_MINE} AND (p.started_on IS NULL OR p.started_on <= {{}})",  # noqa: S608
        *_mine(actor, reach, today), today,
    )  # fmt: skip
    facts = await facts_of([row["id"] for row in rows], today)
    nobody = Member(0, "", None, "", None, None)
    register = [RegisterRow(nobody, one, all_due(one, today)) for one in facts.values()]
    found = []
    for duty in Duty:
        count, since = counted(register, duty)
        if count:
            found.append(CareDue(f"care-{duty.value}", due_on=since, count=count))
    return found


_INCIDENTS = f"""{CONCERNED} WHERE {_MINE}
  AND (c.checked_in_on IS NULL OR (c.debriefed_at IS NULL AND i.kind <> 'news')) ORDER BY i.happened_at LIMIT {{}}
"""


async def _incidents(
    actor: Actor, reach: Reach, today: date, now: datetime, zone: tzinfo | None, limit: int
) -> list[CareDue]:
    found = []
    for raw in await CareEntry.raw(_INCIDENTS, *_mine(actor, reach, today), limit):
        row = concerned_row(raw, zone)
        if row.debrief_open:
            assert row.debrief_until is not None
            day, left = row.debrief_until.astimezone(zone).date(), hours_left(row.debrief_until, now)
            found.append(CareDue("debrief", row.id, row.person, row.kind.value, day, hours=left))
        elif row.checked_in_on is None and row.check_in_by - timedelta(days=7) <= today:
            found.append(CareDue("check-in", row.id, row.person, row.kind.value, row.check_in_by))
    return found


# A review belongs to those who lead somebody in the unit; without a unit, to support leads.
_KEPT = """
SELECT 'appearance-answer' AS kind, a.id, '' AS person, a.medium AS what, a.planned_on AS due_on
FROM appearance a WHERE a.person = {} AND a.decision = '' AND a.guided_on IS NOT NULL AND a.planned_on >= {}
UNION ALL
SELECT 'appearance-talk', a.id, p.name, a.medium, a.planned_on FROM appearance a JOIN person p ON p.id = a.person
WHERE {} >= 2 AND p.id <> {} AND (p.manager = {} OR {} = 3 AND p.manager IS NULL) AND a.decision = '' AND a.guided_on IS NULL AND a.planned_on >= {}
UNION ALL
SELECT CASE d.decision WHEN '' THEN 'case-decision' ELSE 'case-review' END, d.id, '', d.reference, d.review_on
FROM case_discussion d
WHERE {} = 3 AND (d.review_on <= {} OR d.decision = '') AND d.decision <> 'decline'
  AND CASE WHEN d.unit IS NULL THEN {} ELSE EXISTS (SELECT FROM person p WHERE p.manager = {} AND p.unit = d.unit) END
  AND NOT EXISTS (SELECT FROM case_discussion n
    WHERE n.reference = d.reference AND (n.discussed_on, n.id) > (d.discussed_on, d.id))
ORDER BY due_on, id LIMIT {}
"""


async def _own_and_kept(
    actor: Actor, today: date, limit: int, *, care: Reach, cases: Reach, media: Reach
) -> list[CareDue]:
    me: int | None = actor.person_id
    filling: Collection[object] = (
        me, today, int(media), me, me, int(media), today, int(cases), today, care is Reach.ALL, me, limit,
    )  # fmt: skip
    return [CareDue(**row) for row in await CareEntry.raw(_KEPT, *filling)]
