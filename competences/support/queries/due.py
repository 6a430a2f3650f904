"""What support asks of somebody, for Today: which kind and by when; never whose plan it is, nor what is in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from competences.actor import Actor
from competences.support.queries.notices import OFFICER
from competences.support.queries.plans import HOURS
from competences.support.rules.readers import GLASS, LEAD
from competences.support.tables import SupportPlan

# The plans that one keeps or that are one's own are few; everything else hangs on them.
_DUE = f"""
WITH plans AS MATERIALIZED (
    SELECT p.id, p.agreed_at IS NOT NULL AS agreed, p.review_on, p.check_in_on, p.person = {{me}} AS own
    FROM support_plan p
    WHERE p.closed_at IS NULL AND (p.person = {{me}} OR (p.lead = {{me}} AND {{lead}}))
), readable AS (
    SELECT id FROM plans WHERE agreed
    UNION SELECT r.plan FROM plan_reader r
    WHERE r.person = {{me}} AND r.ended_at IS NULL AND CASE WHEN r.emergency = '{GLASS}'
        THEN r.from_at > {{now}}::timestamptz - interval '{HOURS} hours'
        ELSE r.agreed_at IS NOT NULL AND r.until_on >= {{today}}::date END
)
SELECT 'support-proposal' AS kind, id, NULL::date AS due_on FROM plans WHERE own AND NOT agreed
UNION ALL
SELECT 'support-review', id, review_on FROM plans WHERE NOT own AND agreed AND review_on <= {{until}}::date
UNION ALL
SELECT 'support-check-in', id, check_in_on FROM plans WHERE NOT own AND agreed AND check_in_on <= {{until}}::date
UNION ALL
SELECT 'support-need', p.id, min(n.review_on) FROM plans p JOIN plan_need n ON n.plan = p.id
WHERE NOT p.own AND p.agreed AND n.ended_at IS NULL AND n.review_on <= {{until}}::date GROUP BY p.id
UNION ALL
SELECT 'support-measure', m.plan, min(least(m.review_on, m.until_on)) FROM measure m
JOIN support_plan p ON p.id = m.plan AND p.closed_at IS NULL
WHERE m.owner = {{me}} AND m.done_on IS NULL AND least(m.review_on, m.until_on) <= {{until}}::date
  AND m.plan IN (SELECT id FROM readable) GROUP BY m.plan
UNION ALL
SELECT DISTINCT 'support-reader', p.id, NULL::date FROM plans p JOIN plan_reader r ON r.plan = p.id
WHERE p.own AND r.agreed_at IS NULL AND r.ended_at IS NULL AND r.emergency = '' AND r.until_on >= {{today}}::date
UNION ALL
SELECT DISTINCT 'support-words', p.id, NULL::date FROM plans p JOIN measure m ON m.plan = p.id
WHERE p.own AND m.asked_at IS NOT NULL
UNION ALL
SELECT 'support-notice', n.id, NULL::date FROM emergency_notice n
WHERE (n.person = {{me}} AND n.person_seen_at IS NULL)
   OR ({{officer}} AND n.person <> {{me}} AND n.officer_seen_at IS NULL AND n.by IS DISTINCT FROM {{me}})
"""  # noqa: S608  constants only

_NAMES: Sequence[str] = re.findall(r"{(\w+)}", _DUE)
#: For Today, which joins it with what else is due; `due_filling` has what fills the places.
DUE = re.sub(r"{\w+}", "{}", _DUE)


def due_filling(actor: Actor, now: datetime, until: date) -> tuple[object, ...]:
    """Return what fills the places of DUE. Who is nobody has nothing due: nothing equals their number."""
    given = {
        "me": actor.person_id, "lead": LEAD in actor.roles, "officer": OFFICER in actor.roles,
        "now": now, "today": now.date(), "until": until,
    }  # fmt: skip
    return tuple(given[name] for name in _NAMES)


@dataclass(frozen=True, slots=True)
class Due:
    """Something that support asks for. `id` is the plan, or for a notice the notice."""

    kind: str
    id: int
    due_on: date | None


async def due(actor: Actor, now: datetime, until: date) -> list[Due]:
    """Return what support asks of the actor until a day, in one statement."""
    order = " ORDER BY due_on NULLS FIRST, kind, id"
    return [Due(**row) for row in await SupportPlan.raw(DUE + order, *due_filling(actor, now, until))]
