"""What support asks for, on Today: a kind and a day, for whoever has to do with it and for nobody else."""

from dataclasses import replace
from datetime import timedelta

from competences.support.commands import check_ins, measures, needs, plans, readers
from competences.support.commands.emergencies import break_glass
from competences.support.commands.reading import open_plan
from competences.support.queries.catalogue import offered
from competences.support.queries.due import due
from competences.support.rules.bodies import MeasureKind, TalkKind
from competences.support.rules.measures import MeasureDraft
from competences.support.rules.needs import NeedDraft
from competences.support.rules.talks import TalkDraft

from .conftest import NOW, proposed
from .test_plans import propose

TODAY = NOW.date()
SOON = TODAY + timedelta(days=5)


async def kinds(who, until=SOON):
    return {one.kind for one in await due(who, NOW, until)}


async def test_a_proposal_waits_for_the_worker_alone(house):
    await propose(house, draft=proposed())
    assert await kinds(house.daniel) == {"support-proposal"}
    for other in (house.ruth, *house.unnamed):
        assert await kinds(other) == set()


async def test_reviews_and_talks_are_the_leads_and_questions_the_workers(house):
    await house.begin()
    at = (house.ring, house.plan_id)
    version = (await offered())[0].version_id
    await needs.take_need(house.ruth, *at, NeedDraft(version, review_on=SOON), NOW)
    await check_ins.record_check_in(
        house.ruth, *at, TalkDraft(TalkKind.CHECK_IN, TODAY, "Well.", next_on=SOON), NOW
    )
    owner = house.ruth.person_id
    draft = MeasureDraft(MeasureKind.OTHER, "A quiet room", "", owner, TODAY, None, SOON)
    await measures.add_measure(house.ruth, *at, draft, NOW)
    number = (await open_plan(house.ruth, *at, NOW)).parts.measures[0].id
    await measures.ask_team_words(house.ruth, *at, number, "Needs quiet.", NOW, about_cases=False, edition=1)
    await readers.name_reader(house.ruth, *at, house.mara.person_id, "Stands in.", SOON, NOW)
    assert await kinds(house.ruth) == {"support-check-in", "support-need", "support-measure"}
    assert await kinds(house.ruth, TODAY) == set()
    assert await kinds(replace(house.ruth, roles=frozenset({"staff"}))) == set()
    assert await kinds(house.ruth, TODAY + timedelta(days=120)) >= {"support-review"}
    assert await kinds(house.daniel) == {"support-reader", "support-words"}
    for stranger in house.unnamed:
        assert await kinds(stranger, TODAY + timedelta(days=120)) == set()
    await plans.withdraw_consent(house.daniel, *at, NOW)
    assert await kinds(house.ruth) == await kinds(house.daniel) == set()


async def test_an_emergency_is_told_to_the_person_and_the_privacy_officer(house):
    await break_glass(house.lea, house.ring, house.daniel.person_id, "He did not come home.", NOW)
    assert await kinds(house.daniel) == await kinds(house.ada) == {"support-notice"}
    for stranger in (house.lea, house.mara, house.ruth):
        assert await kinds(stranger) == set()
