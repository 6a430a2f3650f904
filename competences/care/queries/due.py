"""What of all this is due to be seen to by one person, for Today: one statement, whatever the rows."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from competences.actor import Actor
from competences.care.rules.choices import Duty
from competences.care.rules.intervals import CHECK_IN_DAYS, DEBRIEF_HOURS, INTERVALS, Span
from competences.care.tables import CareEntry
from competences.people.reach import Reach

#: A check-in after an incident is announced so many days ahead.
AHEAD = 7


def _interval(span: Span | None) -> str:
    return f"interval '{span.months} months {span.days} days'" if span else "NULL::interval"


_INTERVALS = ", ".join(
    f"('{duty.value}', {_interval(INTERVALS[duty].first)}, {_interval(INTERVALS[duty].again)})"
    for duty in Duty
)

# Whoever has a line manager is looked after by them; the others by every support lead. What `rules.register.due_on`
# says of one person is said here of many, from the same table of intervals; a test holds the two together.
_DUE = f"""
WITH mine AS MATERIALIZED (
    SELECT p.id, p.name, p.started_on FROM person p
    WHERE p.external = '' AND p.id <> {{me}} AND (p.ended_on IS NULL OR p.ended_on >= {{today}})
      AND (p.started_on IS NULL OR p.started_on <= {{today}})
      AND ({{care}} >= 2 AND p.manager = {{me}} OR {{care}} = 3 AND p.manager IS NULL)
), latest AS (
    SELECT e.person, e.duty, greatest(max(e.done_on), max(e.declined_on)) AS last,
           (array_agg(e.next_on ORDER BY greatest(e.offered_on, e.done_on, e.declined_on) DESC, e.id DESC))[1] AS next_on
    FROM care_entry e JOIN mine ON mine.id = e.person WHERE e.withdrawn_at IS NULL GROUP BY e.person, e.duty
), duties AS (
    SELECT d.duty, CASE
        WHEN l.next_on > coalesce(l.last, '-infinity') THEN l.next_on
        WHEN l.last IS NOT NULL THEN (l.last + d.again)::date
        WHEN d.first IS NULL THEN NULL
        ELSE coalesce((mine.started_on + d.first)::date, {{today}}) END AS due_on
    FROM mine CROSS JOIN (VALUES {_INTERVALS}) AS d (duty, first, again)
    LEFT JOIN latest l ON l.person = mine.id AND l.duty = d.duty
    WHERE d.duty <> '{Duty.REAL_NAME.value}' OR NOT EXISTS (SELECT FROM name_exception n
        WHERE n.person = mine.id AND n.ended_on IS NULL AND {{today}} BETWEEN n.from_on AND n.until_on)
), owed AS (
    SELECT c.id, mine.name, i.kind, i.happened_at, i.kind <> 'news' AND c.debriefed_at IS NULL AS debrief, c.checked_in_on,
           i.happened_at + interval '{DEBRIEF_HOURS} hours' AS until,
           (i.happened_at AT TIME ZONE {{zone}})::date AS happened_on
    FROM mine JOIN incident_person c ON c.person = mine.id JOIN staff_incident i ON i.id = c.incident
    WHERE c.checked_in_on IS NULL OR (c.debriefed_at IS NULL AND i.kind <> 'news')
), checks AS (
    SELECT id, name, kind, CASE kind WHEN 'news' THEN date_trunc('week', happened_on)::date + 6
        ELSE happened_on + {CHECK_IN_DAYS} END AS due_on
    FROM owed WHERE NOT debrief AND checked_in_on IS NULL
)
SELECT 'care-' || duty AS kind, 0 AS id, NULL AS person, '' AS what, min(due_on) AS due_on, count(*)::int AS number
FROM duties WHERE due_on <= {{today}} GROUP BY duty
UNION ALL
SELECT 'debrief', id, name, kind, (until AT TIME ZONE {{zone}})::date,
       floor(extract(epoch FROM until - {{now}}::timestamptz) / 3600)::int FROM owed WHERE debrief
UNION ALL
SELECT 'check-in', id, name, kind, due_on, NULL FROM checks WHERE due_on - {AHEAD} <= {{today}}
UNION ALL
SELECT 'appearance-answer', a.id, NULL, a.medium, a.planned_on, NULL FROM appearance a
WHERE a.person = {{me}} AND a.decision = '' AND a.guided_on IS NOT NULL AND a.planned_on >= {{today}}
UNION ALL
SELECT 'appearance-talk', a.id, p.name, a.medium, a.planned_on, NULL FROM appearance a JOIN person p ON p.id = a.person
WHERE p.id <> {{me}} AND ({{media}} >= 2 AND p.manager = {{me}} OR {{media}} = 3 AND p.manager IS NULL)
  AND a.decision = '' AND a.guided_on IS NULL AND a.planned_on >= {{today}}
UNION ALL
SELECT CASE d.decision WHEN '' THEN 'case-decision' ELSE 'case-review' END, d.id, NULL, d.reference, d.review_on, NULL
FROM case_discussion d
WHERE {{cases}} = 3 AND (d.review_on <= {{today}} OR d.decision = '') AND d.decision <> 'decline'
  AND CASE WHEN d.unit IS NOT NULL THEN EXISTS (SELECT FROM person p WHERE p.manager = {{me}} AND p.unit = d.unit)
      ELSE {{care}} = 3 OR EXISTS (SELECT FROM case_participant k JOIN person p ON p.id = k.person
          WHERE k.discussion = d.id AND p.manager = {{me}}) END
  AND NOT EXISTS (SELECT FROM case_discussion n
    WHERE n.reference = d.reference AND (n.discussed_on, n.id) > (d.discussed_on, d.id))
ORDER BY due_on, id LIMIT {{limit}}
"""  # noqa: S608  constants only

_TYPES = {"today": "::date", "me": "::int", "zone": "::text"}
_NAMES = re.findall(r"{(\w+)}", _DUE)
#: For Today, which joins it with what else is due; `due_filling` has what fills the places.
DUE = re.sub(r"{(\w+)}", lambda found: "{}" + _TYPES.get(found[1], ""), _DUE)


def due_filling(
    actor: Actor, now: datetime, limit: int, *, care: Reach, cases: Reach, media: Reach
) -> tuple[object, ...]:
    """Return what fills the places of DUE.

    Args:
        now: In the organisation's time zone; days of incidents are counted there, or in UTC where it has no name.
        care: How far the actor records the register; `cases` and `media` likewise.
    """
    given = {
        "me": actor.person_id, "today": now.date(), "now": now, "care": int(care), "cases": int(cases),
        "media": int(media), "zone": getattr(now.tzinfo, "key", "UTC"), "limit": limit,
    }  # fmt: skip
    return tuple(given[name] for name in _NAMES)


@dataclass(frozen=True, slots=True)
class CareDue:
    """Something to see to. `number`: to how many people a duty is due, or how many hours are left for a debrief."""

    kind: str
    id: int
    person: str | None
    what: str
    due_on: date | None
    number: int | None


async def due(
    actor: Actor, now: datetime, limit: int, *, care: Reach, cases: Reach, media: Reach
) -> list[CareDue]:
    """Return what the actor sees to: duties counted, debriefs and check-ins, reviews, talks, their own decisions."""
    if actor.person_id is None:
        return []
    filling = due_filling(actor, now, limit, care=care, cases=cases, media=media)
    return [CareDue(**row) for row in await CareEntry.raw(DUE, *filling)]
