"""Rounds: who is in them, what is asked, and that nothing later reaches them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import asyncpg
import make
import pytest

from competences.assessments.commands import answers, rounds
from competences.assessments.queries import own
from competences.assessments.queries import rounds as queries
from competences.assessments.rules import Mark
from competences.assessments.rules.rounds import RoundDraft
from competences.assessments.tables import Assessment, Participant, Target
from competences.audit.tables import AuditEntry
from competences.errors import Conflict, Invalid, NotFound
from competences.frameworks import commands as frameworks
from competences.people.reach import Reach
from competences.people.tables import Person
from competences.role_profiles.commands import assign_role
from competences.role_profiles.tables import ProfileCriterion
from recruit.piccolo_conf import DB

TEAM, OWN = Reach.TEAM, Reach.OWN
TODAY, NOW = date.today(), datetime.now(UTC)
DRAFT = RoundDraft("Autumn", None, (), TODAY, TODAY + timedelta(days=14), False)


async def test_a_round_takes_role_version_and_targets_of_each_person_with_a_role(db):
    mara = await make.manager()
    yusuf, ruth = [await make.person(name, manager=mara.id) for name in ("Yusuf Yılmaz", "Ruth Okello")]
    stranger = await make.person("Sten Stranger")
    who, profile = await make.actor(mara), await make.profile_id("Exit worker")
    await assign_role(who, TEAM, yusuf.id, profile, TODAY)
    draft = replace(DRAFT, person_ids=(yusuf.id, ruth.id, stranger.id))
    opened = await rounds.open_round(who, TEAM, draft, TODAY, NOW)
    rows = await queries.participants(who, TEAM, opened.subject_id)
    assert [(row.person, row.profile, row.number) for row in rows] == [("Yusuf Yılmaz", "Exit worker", 1)]
    asked = await ProfileCriterion.count().where(ProfileCriterion.profile == profile)
    assert await Target.count().where(Target.participant == rows[0].id) == asked > 0


async def test_a_round_needs_a_title_days_in_order_and_somebody_with_a_role(db):
    mara = await make.manager()
    who = await make.actor(mara)
    past = replace(DRAFT, opens_on=TODAY - timedelta(days=9), closes_on=TODAY - timedelta(days=1))
    with pytest.raises(Invalid, match="today or a later day"):
        await rounds.open_round(who, TEAM, past, TODAY, NOW)
    draft = replace(DRAFT, title=" ", closes_on=TODAY - timedelta(days=1))
    with pytest.raises(Invalid) as refused:
        await rounds.open_round(who, TEAM, draft, TODAY, NOW)
    assert set(refused.value.fields) == {"title", "closes_on", "who"}
    with pytest.raises(NotFound):
        await rounds.open_round(who, OWN, DRAFT, TODAY, NOW)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE target SET required_level = 5",
        "DELETE FROM target",
        "INSERT INTO target (participant, competence, required_level)"
        " SELECT participant, (SELECT id FROM competence WHERE code = 'A2' LIMIT 1), 3 FROM target LIMIT 1",
        "UPDATE participant SET profile = (SELECT id FROM role_profile WHERE title = 'Mentor')",
        "DELETE FROM participant",
        "UPDATE round SET title = 'Another'",
    ],
)
async def test_the_database_keeps_an_opened_round_as_it_is(db, change):
    await make.opened_round()
    async with DB.pool.acquire() as connection:
        with pytest.raises(asyncpg.PostgresError) as refused:
            await connection.execute(change)
    assert refused.value.sqlstate == "RC001"


async def test_erasing_a_person_takes_their_part_of_a_round_along(db):
    made = await make.opened_round(("Yusuf Yılmaz", "Ruth Okello"))
    await make.shared(made, made.manager, made.people[0], {"A1": 3, "B4": 3, "E3": 3})
    await Person.raw("DELETE FROM account WHERE person = {}", made.people[0].id)
    await Person.delete().where(Person.id == made.people[0].id)
    assert await Participant.count() == 1
    assert await Assessment.count() == 0


async def test_a_new_framework_version_in_the_middle_changes_no_answer_and_no_target(db):
    made = await make.opened_round()
    yusuf = made.people[0]
    key = await make.answered(made, yusuf, yusuf, {"A1": 2, "B4": 3}, "Before.")
    who = await make.actor(yusuf)
    before = await own.sheet(await own.own(who, OWN, key))
    version = await make.framework()
    draft = await frameworks.create_version(await make.actor(made.manager), version.id, "Sharper words.")
    try:
        await frameworks.publish(await make.actor(made.manager), draft.subject_id, NOW)
        after = await own.sheet(await own.own(who, OWN, key))
        assert after == before
        assert (await own.own(who, OWN, key)).version_id == version.id
        await answers.save_answer(
            who, OWN, key, Mark(await make.competence_id("E3"), 4, False, "After.", 0), TODAY, NOW
        )
    finally:
        await make.without_version(draft.subject_id)


async def test_a_last_day_moves_but_not_into_the_past(db):
    made = await make.opened_round()
    who = await make.actor(made.manager)
    await rounds.set_last_day(who, TEAM, made.id, TODAY, TODAY)
    assert (await queries.round_of(who, TEAM, made.id)).closes_on == TODAY
    with pytest.raises(Invalid):
        await rounds.set_last_day(who, TEAM, made.id, TODAY - timedelta(days=1), TODAY)


async def test_whoever_opened_a_round_moves_its_last_day_and_others_once_they_lead_nobody_in_it(db):
    made = await make.opened_round(("Yusuf Yılmaz", "Ruth Okello"))
    nora = await make.manager("Nora New")
    await Person.update({Person.manager: nora.id}).where(Person.id == made.people[0].id)
    who, later = await make.actor(nora), TODAY + timedelta(days=20)
    with pytest.raises(Conflict, match=f"Only {made.manager.name}"):
        await rounds.set_last_day(who, TEAM, made.id, later, TODAY)
    assert await rounds.set_last_day(await make.actor(made.manager), TEAM, made.id, TODAY, TODAY)
    await Person.update({Person.manager: nora.id}).where(Person.id == made.people[1].id)
    assert await rounds.set_last_day(who, TEAM, made.id, later, TODAY)


async def test_a_round_counts_each_person_once_after_two_line_managers_shared(db):
    made = await make.opened_talk({"A1": 3, "B4": 3, "E3": 3}, {"A1": 3, "B4": 3, "E3": 3})
    nora = await make.manager("Nora New")
    await Person.update({Person.manager: nora.id}).where(Person.id == made.people[0].id)
    who = await make.actor(nora)
    row = (await queries.participants(who, TEAM, made.id))[0]
    assert (row.manager_shared, row.earlier) == (False, made.manager.name)
    await make.shared(made, nora, made.people[0], {"A1": 3, "B4": 3, "E3": 3})
    row = await queries.round_of(who, TEAM, made.id)
    assert (row.people, row.shared) == (1, 1)
    assert [row.lifted for row in await queries.own_rounds(await make.actor(made.people[0]), OWN)] == [True]


async def test_a_stranger_finds_no_round_and_moves_none(db):
    made = await make.opened_round()
    for row in (await make.manager("Other Manager"), made.people[0]):
        who = await make.actor(row)
        assert await queries.rounds(who, TEAM) == []
        assert await queries.participants(who, TEAM, made.id) == []
        with pytest.raises(NotFound):
            await rounds.set_last_day(who, TEAM, made.id, TODAY, TODAY)


async def test_nothing_is_written_outside_the_days_of_a_round(db):
    made = await make.opened_round()
    yusuf = made.people[0]
    key = await make.answered(made, yusuf, yusuf, {"A1": 3})
    who, later = await make.actor(yusuf), TODAY + timedelta(days=14)
    mark = Mark(await make.competence_id("B4"), 3, False, "", 0)
    with pytest.raises(Conflict, match="closed"):
        await answers.save_answer(who, OWN, key, mark, later, NOW)
    with pytest.raises(Conflict, match="closed"):
        await answers.share_assessment(who, OWN, key, later, NOW)
    with pytest.raises(Conflict, match="closed"):
        await answers.start_assessment(await make.actor(made.manager), TEAM, made.of(yusuf), later, NOW)


async def test_three_colleagues_are_asked_or_none(db):
    made = await make.opened_round(peers=True)
    who, people = await make.actor(made.manager), [await make.person() for _number in range(3)]
    keys = [row.id for row in people]
    with pytest.raises(Invalid, match="at least 3"):
        await rounds.name_peers(who, TEAM, made.of(made.people[0]), keys[:2], TODAY)
    for wrong in (made.people[0].id, made.manager.id):
        with pytest.raises(Invalid, match="from the list"):
            await rounds.name_peers(who, TEAM, made.of(made.people[0]), [*keys, wrong], TODAY)
    await rounds.name_peers(who, TEAM, made.of(made.people[0]), keys, TODAY)
    entry = await AuditEntry.objects().get(AuditEntry.event == "peers.asked")
    assert people[0].name not in entry.details
    with pytest.raises(NotFound):
        await rounds.name_peers(await make.actor(people[0]), TEAM, made.of(made.people[0]), keys, TODAY)
