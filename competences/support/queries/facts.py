"""What the records say of the person of a plan: days and references that exist, nothing out of free text."""

import re
from datetime import date, datetime
from typing import Any

from competences.actor import SYSTEM
from competences.people.reach import Reach
from competences.support.queries.parts import Parts
from competences.support.queries.plans import Plan
from competences.support.rules.suggestions import Answered, Facts, Suggestion, open_suggestions, suggestions
from competences.support.tables import SupportPlan
from competences.training.queries.standing import STANDING, standing_filling

# One statement, since the page of a plan asks for it each time.
_RECORDS = f"""
WITH {STANDING}, lacking AS (
    SELECT s.course_id FROM standing s CROSS JOIN the
    WHERE s.required AND (s.done_on IS NULL OR s.expires_on < the.day)
)
SELECT (SELECT count(*) FROM standing WHERE required) AS required,
       (SELECT count(*) FROM standing WHERE done_on IS NOT NULL) AS done,
       ARRAY(SELECT (SELECT title FROM course_version WHERE course = k.course_id ORDER BY number DESC LIMIT 1)
             FROM lacking k ORDER BY 1) AS missing,
       (SELECT max(done_on) FROM care_entry WHERE person = {{me}} AND duty = 'supervision' AND outside
            AND withdrawn_at IS NULL AND done_on <= {{today}}) AS supervised,
       EXISTS (SELECT FROM care_entry WHERE person = {{me}} AND duty = 'address' AND withdrawn_at IS NULL
            AND done_on > {{today}}::date - interval '12 months') AS address,
       ARRAY(SELECT DISTINCT d.reference FROM case_participant c JOIN case_discussion d ON d.id = c.discussion
            WHERE c.person = {{me}} AND c.may_take AND c.alone AND d.decision = 'take' ORDER BY 1) AS alone,
       ARRAY(SELECT planned_on FROM appearance WHERE person = {{me}} AND planned_on >= {{today}}
            AND appeared_on IS NULL AND decision <> 'refused' ORDER BY 1) AS coming,
       (SELECT count(*) FROM appearance
            WHERE person = {{me}} AND appeared_on > {{today}}::date - interval '12 months') AS appeared,
       (SELECT max(i.happened_at)::date FROM incident_person c JOIN staff_incident i ON i.id = c.incident
            WHERE c.person = {{me}} AND i.kind IN ('threat', 'exposure')) AS incident
"""  # noqa: S608  constants only
_PLACES = re.findall(r"{(me|today)}", _RECORDS)
_FILLED = re.sub(r"{(me|today)}", "{}", _RECORDS)


async def facts(plan: Plan, parts: Parts, today: date) -> Facts:
    """Return what the records say of the person of a plan that the actor has opened."""
    one = await _records(plan.person_id, today)
    return Facts(
        today=today,
        started_on=plan.started_on,
        courses_done=one["done"],
        courses_required=one["required"],
        courses_missing=tuple(one["missing"]),
        outside_supervision_on=one["supervised"],
        alone_in=tuple(one["alone"]),
        cases=tuple(case.reference for case in plan.body.cases),
        appearances_on=tuple(one["coming"]),
        appeared=one["appeared"],
        incident_on=one["incident"],
        address_confirmed=one["address"],
        reviews=tuple(_reviews(parts)),
    )


async def _records(person_id: int, today: date) -> dict[str, Any]:
    given = {"me": person_id, "today": today}
    own = [given[name] for name in _PLACES]
    rows = await SupportPlan.raw(_FILLED, *standing_filling(SYSTEM, Reach.ALL, today, [person_id]), *own)
    return rows[0]  # type: ignore[no-any-return]


def _reviews(parts: Parts) -> list[tuple[str, str, date]]:
    codes = {need.uid: need.body.code for need in parts.needs}
    needs = [
        (need.body.code, need.body.title, need.review_on)
        for need in parts.needs
        if need.review_on and need.ended_at is None
    ]
    measures = [
        (codes.get(row.body.need, ""), row.body.title, row.review_on)
        for row in parts.measures
        if row.review_on and row.done_on is None
    ]
    return needs + measures


async def open_suggestions_of(plan: Plan, parts: Parts, now: datetime) -> list[Suggestion]:
    """Return what the records suggest for a plan that the actor has opened, and nobody has answered."""
    today = now.date()
    answers = [
        Answered(flag.body.rule, flag.body.rests_on, flag.body.choice, flag.until_on) for flag in parts.flags
    ]
    return open_suggestions(suggestions(await facts(plan, parts, today)), answers, today)
