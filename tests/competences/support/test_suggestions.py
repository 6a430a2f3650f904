"""What the records suggest: each rule on and off, why in a sentence, and what people answer."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from competences.care.tables import (
    Appearance,
    CareEntry,
    CaseDiscussion,
    CaseParticipant,
    IncidentPerson,
    StaffIncident,
)
from competences.errors import Conflict, Invalid, NotFound
from competences.support.commands import plans, suggestions
from competences.support.commands.reading import open_plan
from competences.support.queries.facts import open_suggestions_of
from competences.support.rules.bodies import Choice
from competences.support.rules.suggestions import (
    AnswerDraft,
    Answered,
    Facts,
    Rule,
    open_suggestions,
)
from competences.support.rules.suggestions import suggestions as suggested

from .conftest import NOW

TODAY = NOW.date()
QUIET = Facts(today=TODAY, started_on=date(2020, 1, 1), outside_supervision_on=TODAY)


def test_where_the_records_say_nothing_nothing_is_suggested():
    assert suggested(QUIET) == []


@pytest.mark.parametrize(
    ("change", "rule", "need"),
    [
        ({"started_on": date(2024, 11, 26)}, Rule.FIRST_MONTHS, "F1"),
        ({"courses_required": 2, "courses_missing": ("Law",)}, Rule.NO_QUALIFICATION, "F2"),
        ({"courses_required": 2, "courses_done": 1, "courses_missing": ("Law",)}, Rule.COURSE_MISSING, "F2"),
        ({"outside_supervision_on": None}, Rule.NO_OUTSIDE_SUPERVISION, "F3"),
        ({"outside_supervision_on": date(2026, 8, 24)}, Rule.NO_OUTSIDE_SUPERVISION, "F3"),
        ({"alone_in": ("B-1",)}, Rule.WORKS_ALONE, "F4"),
        ({"cases": ("B-1",)}, Rule.CASE_MIRRORS, "F5"),
        ({"appearances_on": (TODAY,)}, Rule.OWN_PUBLICITY, "F7"),
        ({"appeared": 3}, Rule.STORY_OFTEN, "F8"),
        ({"incident_on": date(2026, 8, 25)}, Rule.INCIDENT, "F11"),
        ({"address_confirmed": False}, Rule.ADDRESS_OPEN, "F11"),
        ({"reviews": (("F9", "A neutral title", TODAY - timedelta(days=1)),)}, Rule.REVIEW_OVERDUE, "F9"),
    ],
)
def test_each_rule_suggests_its_need_and_says_why(change, rule, need):
    (one,) = suggested(replace(QUIET, **change))
    assert (one.rule, one.need) == (rule, need)
    assert one.why.endswith(".")


@pytest.mark.parametrize(
    "change",
    [
        {"started_on": date(2024, 11, 25)},
        {"started_on": None},
        {"courses_required": 2, "courses_done": 2},
        {"outside_supervision_on": date(2026, 8, 25)},
        {"appeared": 2},
        {"incident_on": date(2026, 8, 24)},
        {"reviews": (("F9", "A neutral title", TODAY),)},
    ],
)
def test_each_rule_keeps_quiet_on_the_other_side_of_its_limit(change):
    assert suggested(replace(QUIET, **change)) == []


def test_one_that_was_answered_comes_back_only_when_the_records_change_or_its_day_comes():
    found = suggested(replace(QUIET, cases=("B-1",)))
    for choice, until_on, shown in (
        (Choice.ACCEPTED, None, False),
        (Choice.DISMISSED, None, False),
        (Choice.POSTPONED, TODAY + timedelta(days=1), False),
        (Choice.POSTPONED, TODAY, True),
    ):
        answers = [Answered(Rule.CASE_MIRRORS, "B-1", choice, until_on)]
        assert bool(open_suggestions(found, answers, TODAY)) is shown
    other = suggested(replace(QUIET, cases=("B-1", "B-2")))
    answers = [Answered(Rule.CASE_MIRRORS, "B-1", Choice.DISMISSED, None)]
    assert [one.rests_on for one in open_suggestions(other, answers, TODAY)] == ["B-2"]


async def listed(house, who=None):
    view = await open_plan(who or house.daniel, house.ring, house.plan_id, NOW)
    found = await open_suggestions_of(view.plan, view.parts, NOW)
    return {one.rule: one.rests_on for one in found}


async def answer(house, who, rule, choice, **more):
    draft = AnswerDraft(rule, (await listed(house))[rule], choice, **more)
    await suggestions.answer_suggestion(who, house.ring, house.plan_id, draft, NOW)


async def test_the_records_are_read_and_nothing_else(house):
    await house.begin()
    assert set(await listed(house)) == {Rule.NO_OUTSIDE_SUPERVISION, Rule.ADDRESS_OPEN}
    me = house.daniel.person_id
    common = {"recorded_at": NOW, "recorded_by": "Mara Keller"}
    for duty in ("supervision", "address"):
        await CareEntry(person=me, duty=duty, done_on=TODAY, outside=True, **common).save()
    case = CaseDiscussion(
        reference="B-7", discussed_on=TODAY, hazards=[], measures=[], decision="take", decided_by="Mara Keller",
        decided_at=NOW, review_on=TODAY, **common,
    )  # fmt: skip
    await case.save()
    await CaseParticipant(discussion=case.id, person=me, may_take=True, alone=True).save()
    await Appearance(person=me, medium="radio", planned_on=TODAY, asked_on=TODAY).save()
    incident = StaffIncident(kind="threat", happened_at=NOW, **common)
    await incident.save()
    await IncidentPerson(incident=incident.id, person=me).save()
    await plans.declare_cases(house.daniel, house.ring, house.plan_id, ["B-9"], NOW)
    assert await listed(house) == {
        Rule.WORKS_ALONE: "B-7",
        Rule.CASE_MIRRORS: "B-9",
        Rule.OWN_PUBLICITY: TODAY.isoformat(),
        Rule.INCIDENT: TODAY.isoformat(),
    }


async def test_a_suggestion_that_is_accepted_becomes_a_need_that_the_worker_answers(house):
    await house.begin()
    await answer(house, house.ruth, Rule.NO_OUTSIDE_SUPERVISION, Choice.ACCEPTED)
    parts = (await open_plan(house.daniel, house.ring, house.plan_id, NOW)).parts
    assert [(need.body.code, need.body.agreed_on) for need in parts.needs] == [("F3", None)]
    assert Rule.NO_OUTSIDE_SUPERVISION not in await listed(house)


async def test_one_is_dismissed_with_a_reason_which_the_worker_may_answer(house):
    await house.begin()
    for choice in (Choice.DISMISSED, Choice.POSTPONED):
        with pytest.raises(Invalid):
            await answer(house, house.ruth, Rule.ADDRESS_OPEN, choice)
    await answer(house, house.ruth, Rule.ADDRESS_OPEN, Choice.DISMISSED, reason="Done last week.")
    (flag,) = (await open_plan(house.daniel, house.ring, house.plan_id, NOW)).parts.flags
    at = (house.ring, house.plan_id, flag.id, "Not quite.", NOW)
    with pytest.raises(Conflict):
        await suggestions.comment_suggestion(house.ruth, *at, edition=1)
    await suggestions.comment_suggestion(house.daniel, *at, edition=1)
    with pytest.raises(Conflict):
        await suggestions.comment_suggestion(house.daniel, *at, edition=1)
    other = await house.begin_with(house.mara, house.lea)
    with pytest.raises(NotFound):
        await suggestions.comment_suggestion(
            house.mara, house.ring, other, flag.id, "Not mine.", NOW, edition=2
        )
    (flag,) = (await open_plan(house.ruth, house.ring, house.plan_id, NOW)).parts.flags
    assert (flag.body.reason, flag.body.answer) == ("Done last week.", "Not quite.")


async def test_strangers_see_and_answer_no_suggestion(house):
    await house.begin()
    draft = AnswerDraft(Rule.ADDRESS_OPEN, "open", Choice.ACCEPTED)
    for stranger in house.unnamed:
        with pytest.raises(NotFound):
            await listed(house, stranger)
        with pytest.raises(NotFound):
            await suggestions.answer_suggestion(stranger, house.ring, house.plan_id, draft, NOW)
        with pytest.raises(NotFound):
            await suggestions.comment_suggestion(stranger, house.ring, house.plan_id, 1, "x", NOW, edition=1)
    with pytest.raises(NotFound):
        await suggestions.answer_suggestion(
            house.ruth, house.ring, house.plan_id, replace(draft, rests_on="else"), NOW
        )
