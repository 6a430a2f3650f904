"""What is in a plan: needs, measures, what the team is told, talks; by whom, and never by anybody unnamed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from competences.care.commands.arrangements import end_arrangement
from competences.care.tables import Arrangement
from competences.errors import Conflict, Invalid, NotFound
from competences.sealing.rules import Changed, KeyLost
from competences.sealing.tables import DataKey
from competences.support.commands import check_ins, measures, needs, plans, readers
from competences.support.commands.emergencies import break_glass
from competences.support.commands.reading import open_plan
from competences.support.queries.catalogue import offered
from competences.support.queries.chain import broken_entry
from competences.support.rules.bodies import MeasureKind, TalkKind
from competences.support.rules.measures import MeasureDraft
from competences.support.rules.needs import NeedDraft
from competences.support.rules.talks import TalkDraft
from competences.support.tables import Measure, PlanReader, SupportPlan

from .conftest import NOW

TODAY = NOW.date()
SOON = TODAY + timedelta(days=30)
MEASURE = MeasureDraft(
    MeasureKind.CASE_MATCHING, "Cases linked to the old town", "Asked first.", None, TODAY, None, SOON
)
TALK = TalkDraft(TalkKind.CHECK_IN, TODAY, "Good week.", "", SOON)
TEAM = "Is not assigned in that area."


async def parts(house, who=None):
    return (await open_plan(who or house.daniel, house.ring, house.plan_id, NOW)).parts


async def add(house, who=None, **change) -> int:
    await measures.add_measure(who or house.ruth, house.ring, house.plan_id, replace(MEASURE, **change), NOW)
    return (await parts(house)).measures[-1].id


async def take(house, who, code="F3", **change):
    version = next(row.version_id for row in await offered() if row.code == code)
    return await needs.take_need(who, house.ring, house.plan_id, NeedDraft(version, **change), NOW)


async def test_every_part_is_shut_to_whoever_is_not_named(house):
    await house.begin()
    await take(house, house.ruth)
    number, need = await add(house), (await parts(house)).needs[0].id
    for stranger in house.unnamed:
        at = (stranger, house.ring, house.plan_id)
        for attempt in (
            take(house, stranger),
            needs.answer_need(*at, need, "No.", NOW, agreed=False, edition=1),
            needs.review_need(*at, need, SOON, NOW, edition=1),
            needs.end_need(*at, need, NOW, edition=1),
            measures.add_measure(*at, MEASURE, NOW),
            measures.change_measure(*at, number, replace(MEASURE, edition=1), NOW),
            measures.end_measure(*at, number, "", NOW, edition=1),
            measures.ask_team_words(*at, number, TEAM, NOW, about_cases=True, edition=1),
            measures.agree_team_words(*at, number, TEAM, NOW, edition=1),
            measures.decline_team_words(*at, number, NOW, edition=1),
            check_ins.record_check_in(*at, TALK, NOW),
        ):
            with pytest.raises(NotFound):
                await attempt
    held = await parts(house)
    assert (len(held.needs), len(held.measures), len(held.check_ins)) == (1, 1, 0)


async def test_a_part_of_another_plan_is_like_none(house):
    other = await house.begin_with(house.mara, house.lea)
    draft = NeedDraft((await offered())[0].version_id)
    await needs.take_need(house.mara, house.ring, other, draft, NOW)
    await measures.add_measure(house.mara, house.ring, other, MEASURE, NOW)
    theirs = (await open_plan(house.mara, house.ring, other, NOW)).parts
    await house.begin()
    at = (house.daniel, house.ring, house.plan_id)
    for attempt in (
        needs.end_need(*at, theirs.needs[0].id, NOW, edition=1),
        needs.end_need(*at, 999_999, NOW, edition=1),
        measures.end_measure(*at, theirs.measures[0].id, "", NOW, edition=1),
        measures.end_measure(*at, 999_999, "", NOW, edition=1),
    ):
        with pytest.raises(NotFound):
            await attempt


async def test_an_answer_agrees_or_says_something(house):
    await house.begin()
    await take(house, house.ruth)
    (need,) = (await parts(house)).needs
    with pytest.raises(Invalid):
        await needs.answer_need(
            house.daniel, house.ring, house.plan_id, need.id, " ", NOW, agreed=False, edition=1
        )


async def test_a_need_from_the_worker_is_agreed_and_one_from_the_lead_is_answered(house):
    await house.begin()
    await take(house, house.daniel, words="I want somebody outside.")
    await take(house, house.ruth, "F5")
    own, asked = (await parts(house)).needs
    assert (own.body.code, own.body.agreed_on, asked.body.agreed_on) == ("F3", TODAY, None)
    answer = (house.ring, house.plan_id, asked.id, "Only for old cases.", NOW)
    with pytest.raises(Conflict):
        await needs.answer_need(house.ruth, *answer, agreed=True, edition=1)
    await needs.answer_need(house.daniel, *answer, agreed=True, edition=1)
    with pytest.raises(Conflict):
        await needs.answer_need(house.daniel, *answer, agreed=True, edition=1)
    assert (await parts(house)).needs[1].body.agreed_on == TODAY


async def test_a_need_is_looked_at_again_by_the_interval_of_the_catalogue(house):
    await house.begin()
    await take(house, house.ruth)
    (need,) = (await parts(house)).needs
    months = next(row.review_months for row in await offered() if row.code == "F3")
    assert (need.review_on.year - 2026) * 12 + need.review_on.month - 11 == months
    await needs.review_need(house.ruth, house.ring, house.plan_id, need.id, SOON, NOW, edition=1)
    await needs.end_need(house.ruth, house.ring, house.plan_id, need.id, NOW, edition=2)
    (need,) = (await parts(house)).needs
    assert (need.ended_at, need.review_on) == (NOW, None)


async def test_whoever_sees_to_a_measure_can_read_the_plan(house):
    await house.begin()
    with pytest.raises(Invalid):
        await add(house, owner_id=house.mara.person_id)
    await add(house, owner_id=house.ruth.person_id)


@pytest.mark.parametrize(
    "change",
    [
        {"title": ""},
        {"until_on": TODAY - timedelta(days=1)},
        {"review_on": None},
        {"need": "of another plan"},
        {"what": "x" * 4001},
    ],
)
async def test_a_measure_has_a_title_days_in_order_and_a_day_to_look_at_it_again(house, change):
    await house.begin()
    with pytest.raises(Invalid):
        await add(house, **change)


async def test_a_measure_is_overdue_from_the_day_after_its_review(house):
    await house.begin()
    await add(house)
    (row,) = (await parts(house)).measures
    assert (row.overdue(SOON), row.overdue(SOON + timedelta(days=1))) == (None, SOON)


async def test_the_team_is_told_only_what_the_worker_agreed_to_word_by_word(house):
    await house.begin()
    number = await add(house)
    at = (house.ring, house.plan_id, number)
    await measures.ask_team_words(house.ruth, *at, TEAM, NOW, about_cases=True, edition=1)
    assert await Arrangement.count() == 0
    for who, words in ((house.ruth, TEAM), (house.daniel, "Other words.")):
        with pytest.raises(Conflict):
            await measures.agree_team_words(who, *at, words, NOW, edition=2)
    await measures.agree_team_words(house.daniel, *at, TEAM, NOW, edition=2)
    told = await Arrangement.objects().first()
    assert (told.words, told.about_cases, told.person) == (TEAM, True, house.daniel.person_id)
    await measures.decline_team_words(house.daniel, *at, NOW, edition=3)
    assert await Arrangement.count() == 0


async def test_other_words_end_what_was_told_before(house):
    await house.begin()
    number = await add(house)
    at = (house.ring, house.plan_id, number)
    await measures.ask_team_words(house.ruth, *at, TEAM, NOW, about_cases=True, edition=1)
    await measures.agree_team_words(house.daniel, *at, TEAM, NOW, edition=2)
    await measures.ask_team_words(house.ruth, *at, "Works in twos.", NOW, about_cases=True, edition=3)
    assert await Arrangement.count() == 0


async def test_what_ends_is_told_no_more_and_the_ordinary_log_names_no_support_lead(house):
    await house.begin()
    number = await add(house)
    at = (house.ring, house.plan_id, number)
    await measures.ask_team_words(house.ruth, *at, TEAM, NOW, about_cases=False, edition=1)
    await measures.agree_team_words(house.daniel, *at, TEAM, NOW, edition=2)
    told = await Arrangement.objects().first()
    with pytest.raises(NotFound):
        await end_arrangement(house.mara.person_id, told.id, TODAY)
    await measures.end_measure(house.ruth, *at, "No longer needed.", NOW, edition=3)
    assert await Arrangement.count() == 0
    names = await SupportPlan.raw("SELECT DISTINCT actor_name FROM audit_entry ORDER BY 1")
    assert [row["actor_name"] for row in names] == ["Daniel Rask", "Recruit"]
    with pytest.raises(Conflict):
        await measures.end_measure(house.ruth, *at, "", NOW, edition=4)


async def test_what_the_worker_ended_themselves_does_not_stop_its_measure_from_ending(house):
    await house.begin()
    number = await add(house)
    at = (house.ring, house.plan_id, number)
    await measures.ask_team_words(house.ruth, *at, TEAM, NOW, about_cases=False, edition=1)
    await measures.agree_team_words(house.daniel, *at, TEAM, NOW, edition=2)
    await end_arrangement(house.daniel.person_id, (await Arrangement.objects().first()).id, TODAY)
    await measures.end_measure(house.ruth, *at, "", NOW, edition=3)
    assert (await parts(house)).measures[0].done_on == TODAY


async def test_a_closed_plan_tells_the_team_nothing(house):
    await house.begin()
    number = await add(house)
    at = (house.ring, house.plan_id, number)
    await measures.ask_team_words(house.ruth, *at, TEAM, NOW, about_cases=False, edition=1)
    await measures.agree_team_words(house.daniel, *at, TEAM, NOW, edition=2)
    await plans.withdraw_consent(house.daniel, house.ring, house.plan_id, NOW)
    assert await Arrangement.count() == 0
    with pytest.raises(Conflict):
        await add(house, house.daniel)


@pytest.mark.parametrize("lost", ["a measure", "the plan itself", "the key"])
async def test_nothing_that_does_not_open_stands_in_the_way_of_a_withdrawal(house, lost):
    await house.begin()
    await add(house)
    number = await add(house)
    at = (house.ring, house.plan_id, number)
    await measures.ask_team_words(house.ruth, *at, TEAM, NOW, about_cases=False, edition=1)
    await measures.agree_team_words(house.daniel, *at, TEAM, NOW, edition=2)
    await readers.name_reader(house.ruth, house.ring, house.plan_id, house.lea.person_id, "Why.", SOON, NOW)
    if lost == "the key":
        await DataKey.delete(force=True)
    elif lost == "a measure":
        await Measure.update({Measure.body: b"x"}).where(Measure.id != number)
    else:
        await SupportPlan.update({SupportPlan.body: b"x"}, force=True)
    with pytest.raises(KeyLost if lost == "the key" else Changed):
        await open_plan(house.daniel, house.ring, house.plan_id, NOW)
    with pytest.raises(Conflict):
        await plans.withdraw_consent(house.ruth, house.ring, house.plan_id, NOW)
    await plans.withdraw_consent(house.daniel, house.ring, house.plan_id, NOW)
    row, reader = await SupportPlan.objects().first(), await PlanReader.objects().first()
    assert (row.closed_at, row.delete_on is None, reader.ended_at) == (NOW, False, NOW)
    assert await Arrangement.count() == (1 if lost == "the key" else 0)
    assert await broken_entry() is None


async def test_two_who_change_a_measure_do_not_overwrite_each_other(house):
    await house.begin()
    number = await add(house)
    draft = replace(MEASURE, in_place=True, edition=1)
    await measures.change_measure(house.ruth, house.ring, house.plan_id, number, draft, NOW)
    with pytest.raises(Conflict):
        await measures.change_measure(house.daniel, house.ring, house.plan_id, number, draft, NOW)


async def test_the_worker_sees_every_talk_and_when_the_next_is_due(house):
    await house.begin()
    await check_ins.record_check_in(house.ruth, house.ring, house.plan_id, TALK, NOW)
    view = await open_plan(house.daniel, house.ring, house.plan_id, NOW)
    (talk,) = view.parts.check_ins
    assert (talk.body.by, talk.body.note, view.plan.check_in_on) == ("Ruth Okello", "Good week.", SOON)


@pytest.mark.parametrize(
    "change",
    [
        {"note": ""},
        {"note": "x" * 601},
        {"held_on": TODAY + timedelta(days=1)},
        {"kind": TalkKind.WAY_BACK},
        {"kind": TalkKind.EARLY_TALK},
        {"next_on": TODAY - timedelta(days=1)},
    ],
)
async def test_a_talk_is_short_has_been_and_an_early_one_is_followed_by_a_step(house, change):
    await house.begin()
    with pytest.raises(Invalid):
        await check_ins.record_check_in(house.ruth, house.ring, house.plan_id, replace(TALK, **change), NOW)


async def test_a_talk_without_a_next_day_leaves_the_day_as_it_was(house):
    await house.begin()
    before = (await open_plan(house.daniel, house.ring, house.plan_id, NOW)).plan.check_in_on
    draft = replace(TALK, next_on=None)
    await check_ins.record_check_in(house.ruth, house.ring, house.plan_id, draft, NOW)
    assert (await open_plan(house.daniel, house.ring, house.plan_id, NOW)).plan.check_in_on == before


async def test_who_opened_a_plan_in_an_emergency_writes_no_talk_until_the_worker_agrees_to_them(house):
    await house.begin()
    at = (house.ring, house.plan_id)
    await break_glass(house.lea, house.ring, house.daniel.person_id, "He did not come home.", NOW)
    with pytest.raises(Conflict):
        await check_ins.record_check_in(house.lea, *at, TALK, NOW)
    await readers.name_reader(house.ruth, *at, house.lea.person_id, "Stands in.", SOON, NOW)
    with pytest.raises(Conflict):
        await check_ins.record_check_in(house.lea, *at, TALK, NOW)
    named = await PlanReader.objects().where(PlanReader.emergency == "").first()
    await readers.agree_reader(house.daniel, *at, named.id, NOW)
    await check_ins.record_check_in(house.lea, *at, TALK, NOW)
    assert [talk.body.by for talk in (await parts(house)).check_ins] == ["Lea Sommer"]
