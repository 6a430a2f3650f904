"""A plan begins with the worker, belongs to the worker and ends when they say so."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import asyncpg
import pytest

from competences.errors import Conflict, Invalid, NotFound
from competences.people.reach import Reach
from competences.sealing.queries import wrapped_keys
from competences.support.commands import plans
from competences.support.commands.reading import open_log, open_plan
from competences.support.queries.plans import own_places
from competences.support.rules.bodies import Ended
from competences.support.rules.plans import Agreement
from competences.support.rules.readers import Side
from competences.support.tables import CheckIn, SupportPlan

from .conftest import NOW, WORDS, asked, proposed


async def propose(house, actor=None, person=None, draft=None, reach=Reach.ALL) -> int:
    actor, person = actor or house.ruth, person or house.daniel
    event = await plans.propose_plan(
        actor, house.ring, reach, person.person_id, draft or proposed(), NOW, house.leads
    )
    return event.subject_id


async def test_who_asks_for_a_plan_has_agreed_to_it_in_their_own_words(house):
    view = await open_plan(house.daniel, house.ring, await house.begin(), NOW)
    assert (view.plan.body.words, view.plan.body.basis_text, view.plan.body.basis_on) == (
        WORDS,
        "I agree.",
        NOW.date(),
    )
    assert (view.plan.side, view.plan.agreed_at, view.plan.check_in_on) == (
        Side.WORKER,
        NOW,
        NOW.date() + timedelta(days=7),
    )


async def test_a_plan_that_a_lead_proposes_begins_when_the_worker_agrees(house):
    number = await propose(house)
    with pytest.raises(Conflict):
        await plans.agree_plan(house.ruth, house.ring, number, WORDS, NOW)
    with pytest.raises(Conflict):
        await plans.change_words(house.daniel, house.ring, number, WORDS, 1, NOW)
    with pytest.raises(Invalid):
        await plans.agree_plan(house.daniel, house.ring, number, " ", NOW)
    await plans.agree_plan(house.daniel, house.ring, number, WORDS, NOW)
    view = await open_plan(house.ruth, house.ring, number, NOW)
    assert (view.plan.body.words, view.plan.agreed_at, view.plan.side) == (WORDS, NOW, Side.LEAD)


async def test_the_database_keeps_a_proposal_empty(house):
    number = await propose(house)
    with pytest.raises(asyncpg.PostgresError):
        await CheckIn(uid="x", plan=number, held_on=NOW.date(), recorded_at=NOW, body=b"x").save()


async def test_a_lead_learns_nothing_of_another_plan_by_proposing_one(house):
    await house.begin()
    assert await propose(house, house.lea) != house.plan_id
    with pytest.raises(Conflict):
        await propose(house, house.lea)


async def test_the_worker_has_one_plan_at_a_time(house):
    await house.begin()
    with pytest.raises(Conflict):
        await propose(house, house.daniel, house.daniel, asked(house.lea), Reach.OWN)
    second = await propose(house, house.lea)
    with pytest.raises(Conflict):
        await plans.agree_plan(house.daniel, house.ring, second, WORDS, NOW)


async def test_nobody_proposes_a_plan_who_does_not_reach_everybody(house):
    for reach in (Reach.NO, Reach.OWN, Reach.TEAM):
        with pytest.raises(NotFound):
            await propose(house, house.lea, reach=reach)


@pytest.mark.parametrize("change", [{"words": ""}, {"lead_id": None}, {"basis_text": ""}])
async def test_a_request_needs_words_a_lead_and_the_text_that_was_shown(house, change):
    with pytest.raises(Invalid):
        await propose(
            house, house.daniel, house.daniel, replace(asked(house.ruth), **change), reach=Reach.OWN
        )


async def test_nobody_keeps_their_own_plan(house):
    with pytest.raises(Invalid):
        await propose(house, house.ruth, house.ruth, asked(house.ruth))


async def test_a_strangers_plan_is_like_none(house):
    await house.begin()
    for stranger in house.unnamed:
        with pytest.raises(NotFound) as theirs:
            await open_plan(stranger, house.ring, house.plan_id, NOW)
        with pytest.raises(NotFound) as none:
            await open_plan(stranger, house.ring, 999_999, NOW)
        assert str(theirs.value) == str(none.value)
        assert await own_places(stranger, NOW) == []
    assert [(place.person, place.side) for place in await own_places(house.ruth, NOW)] == [
        ("Daniel Rask", Side.LEAD)
    ]


async def test_a_lead_who_is_no_support_lead_any_more_opens_nothing(house):
    await house.begin()
    with pytest.raises(NotFound):
        await open_plan(replace(house.ruth, roles=frozenset({"staff"})), house.ring, house.plan_id, NOW)


async def test_only_the_worker_changes_the_workers_words_and_declares_cases(house):
    await house.begin()
    for act in (
        lambda who: plans.change_words(who, house.ring, house.plan_id, "Other words.", 1, NOW),
        lambda who: plans.declare_cases(who, house.ring, house.plan_id, ["b-2026/014"], NOW),
        lambda who: plans.change_lead(who, house.ring, house.plan_id, house.lea.person_id, NOW, house.leads),
    ):
        with pytest.raises(Conflict):
            await act(house.ruth)
        for stranger in house.unnamed:
            with pytest.raises(NotFound):
                await act(stranger)
        await act(house.daniel)
    view = await open_plan(house.lea, house.ring, house.plan_id, NOW)
    assert (view.plan.body.words, view.plan.body.cases[0].reference) == ("Other words.", "B-2026/014")
    with pytest.raises(NotFound):
        await open_plan(house.ruth, house.ring, house.plan_id, NOW)


async def test_a_case_is_a_reference_and_never_a_name(house):
    await house.begin()
    for words in (
        "Peter Muster",
        "the case in my old town",
        "PETER",
        "B-2026/014 Peter",
        "1-ALI-KAN",
        "OMAR-7",
    ):
        with pytest.raises(Invalid):
            await plans.declare_cases(house.daniel, house.ring, house.plan_id, [words], NOW)


async def test_two_who_edit_do_not_overwrite_each_other(house):
    await house.begin()
    day = NOW.date() + timedelta(days=30)
    draft = Agreement("Goes quiet.", "Ruth", "A week without calls, then a talk.", day, day, edition=1)
    await plans.change_plan(house.ruth, house.ring, house.plan_id, draft, NOW)
    with pytest.raises(Conflict):
        await plans.change_plan(house.daniel, house.ring, house.plan_id, draft, NOW)
    with pytest.raises(Conflict):
        await plans.change_words(house.daniel, house.ring, house.plan_id, "Other words.", 1, NOW)
    view = await open_plan(house.daniel, house.ring, house.plan_id, NOW)
    assert (view.plan.body.signs, view.plan.review_on) == ("Goes quiet.", day)
    with pytest.raises(Invalid):
        await plans.change_plan(
            house.ruth, house.ring, house.plan_id, replace(draft, review_on=date(2020, 1, 1), edition=2), NOW
        )


async def test_consent_withdrawn_closes_at_once_for_everybody_else_and_starts_the_clock(house):
    await house.begin()
    for other in (house.ruth, *house.unnamed):
        with pytest.raises((Conflict, NotFound)):
            await plans.withdraw_consent(other, house.ring, house.plan_id, NOW)
    await plans.withdraw_consent(house.daniel, house.ring, house.plan_id, NOW, months=6)
    row = await SupportPlan.objects().first()
    assert (row.closed_at, row.delete_on) == (NOW, date(2027, 5, 25))
    with pytest.raises(NotFound):
        await open_plan(house.ruth, house.ring, house.plan_id, NOW)
    assert (await open_plan(house.daniel, house.ring, house.plan_id, NOW)).plan.body.ended is Ended.WITHDRAWN
    with pytest.raises(Conflict):
        await plans.change_words(house.daniel, house.ring, house.plan_id, "Anew.", 2, NOW)


async def test_a_plan_is_kept_by_a_support_lead_and_by_nobody_else(house):
    with pytest.raises(Invalid):
        await house.begin_with(house.daniel, house.mara)
    with pytest.raises(Invalid):
        await propose(house, house.mara)
    await house.begin()
    with pytest.raises(Invalid):
        await plans.change_lead(
            house.daniel, house.ring, house.plan_id, house.mara.person_id, NOW, house.leads
        )


@pytest.mark.parametrize("ended", list(Ended))
async def test_a_lead_closes_no_plan_and_the_worker_does(house, ended):
    await house.begin()
    with pytest.raises(Conflict):
        await plans.close_plan(house.ruth, house.ring, house.plan_id, ended, NOW)
    await plans.close_plan(house.daniel, house.ring, house.plan_id, ended, NOW)
    assert (await open_plan(house.daniel, house.ring, house.plan_id, NOW)).plan.body.ended is ended
    await house.begin()


async def test_each_opening_and_each_change_is_in_the_log_that_the_worker_sees(house):
    await house.begin()
    await open_plan(house.ruth, house.ring, house.plan_id, NOW)
    _plan, lines = await open_log(house.daniel, house.ring, house.plan_id, NOW)
    assert [(line.actor, line.event) for line in lines] == [
        ("Ruth Okello", "support-plan.opened"),
        ("Daniel Rask", "support-plan.agreed"),
    ]
    for stranger in house.unnamed:
        with pytest.raises(NotFound):
            await open_log(stranger, house.ring, house.plan_id, NOW)


async def test_what_is_not_logged_did_not_happen(house, monkeypatch):
    await house.begin()
    with monkeypatch.context() as patch:
        patch.setattr("competences.support.commands.log.place", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            await plans.change_words(house.daniel, house.ring, house.plan_id, "Lost.", 1, NOW)
    assert (await open_plan(house.daniel, house.ring, house.plan_id, NOW)).plan.body.words == WORDS


async def test_the_ordinary_log_says_nothing_of_a_plan(house):
    await house.begin()
    await open_plan(house.ruth, house.ring, house.plan_id, NOW)
    assert await SupportPlan.raw("SELECT * FROM audit_entry") == []


async def test_a_declined_proposal_leaves_nothing_to_open(house):
    number = await propose(house)
    with pytest.raises(NotFound):
        await plans.decline_plan(house.lea, house.ring, number, NOW)
    await plans.decline_plan(house.daniel, house.ring, number, NOW)
    assert await SupportPlan.count() == 0
    assert await wrapped_keys() == []
    await house.begin()
    with pytest.raises(Conflict):
        await plans.decline_plan(house.daniel, house.ring, house.plan_id, NOW)


async def test_numbers_tell_nothing_of_how_many_plans_there_are(house):
    """Whoever proposes and takes back again sees two numbers; how many plans lie between does not follow from them."""
    seen = []
    for _ in range(12):
        seen.append(await propose(house))
        await plans.decline_plan(house.daniel, house.ring, seen[-1], NOW)
    leaps = {after - before for before, after in pairwise(seen)}
    assert len(leaps) > 3
