"""An action of a plan ends in what came of it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import asyncpg
import make
import pytest

from competences.actor import SYSTEM
from competences.errors import Conflict, Invalid, NotFound
from competences.frameworks.commands import create_version
from competences.frameworks.tables import Competence
from competences.people.reach import Reach
from competences.people.tables import Person
from competences.plans import commands, queries
from competences.plans.rules import ActionDraft, Ending
from competences.plans.tables import PlanAction

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
DRAFT = ActionDraft(None, "shadowing", "gap", "Sit in on three talks with Ruth.", None, date(2027, 1, 15))


@pytest.fixture
async def added(db):
    boss = await make.manager("Boss")
    daniel = await make.person("Daniel", manager=boss.id)
    event = await commands.add_action(await make.actor(daniel), Reach.OWN, daniel.id, DRAFT, NOW)
    return await make.actor(boss), await make.actor(daniel), event.subject_id


async def test_person_and_line_manager_both_write_the_plan(added):
    boss, daniel, action_id = added
    await commands.change_action(
        boss, Reach.TEAM, action_id, replace(DRAFT, what="Sit in on two.", version=1)
    )
    (row,) = await queries.actions_of(daniel, Reach.OWN, daniel.person_id)
    assert (row.what, row.version, row.added_by) == ("Sit in on two.", 2, "Daniel")
    await commands.end_action(daniel, Reach.OWN, action_id, Ending("Leads a talk alone.", False, 2), NOW)
    assert (await queries.action(boss, Reach.TEAM, action_id)).result == "Leads a talk alone."


async def test_an_action_without_a_result_does_not_end(added):
    boss, _daniel, action_id = added
    for dropped in (False, True):
        with pytest.raises(Invalid, match="evidence"):
            await commands.end_action(boss, Reach.TEAM, action_id, Ending("  ", dropped, 1), NOW)
    with pytest.raises(asyncpg.CheckViolationError):
        await PlanAction.update({PlanAction.ended_at: NOW}, force=True)


async def test_a_stale_form_and_a_late_one_are_conflicts(added):
    boss, daniel, action_id = added
    await commands.change_action(boss, Reach.TEAM, action_id, replace(DRAFT, step="coaching", version=1))
    with pytest.raises(Conflict, match="Somebody else"):
        await commands.change_action(daniel, Reach.OWN, action_id, replace(DRAFT, what="Other.", version=1))
    with pytest.raises(Conflict, match="Somebody else"):
        await commands.end_action(daniel, Reach.OWN, action_id, Ending("Done.", False, 1), NOW)
    await commands.end_action(daniel, Reach.OWN, action_id, Ending("No time.", True, 2), NOW)
    with pytest.raises(Conflict, match="ended"):
        await commands.change_action(boss, Reach.TEAM, action_id, replace(DRAFT, what="Other.", version=3))
    with pytest.raises(asyncpg.PostgresError, match="ended"):
        await PlanAction.update({PlanAction.result: "Great."}, force=True)


async def test_a_stranger_neither_sees_nor_writes_a_plan(added):
    _boss, daniel, action_id = added
    stranger = await make.actor(await make.manager("Stranger"))
    assert await queries.actions_of(stranger, Reach.TEAM, daniel.person_id) == []
    for write in (
        commands.add_action(stranger, Reach.TEAM, daniel.person_id, DRAFT, NOW),
        commands.change_action(stranger, Reach.TEAM, action_id, DRAFT),
        commands.end_action(stranger, Reach.TEAM, action_id, Ending("Done.", False, 1), NOW),
    ):
        with pytest.raises(NotFound):
            await write


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"what": " "}, "what"), ({"step": "party"}, "step"), ({"owner_id": 0}, "owner"), ({"competence_id": 0}, "competence")],
)  # fmt: skip
async def test_what_cannot_be_used_is_named(db, wrong, field):
    person = await make.person()
    with pytest.raises(Invalid) as refused:
        await commands.add_action(
            await make.actor(person), Reach.OWN, person.id, replace(DRAFT, **wrong), NOW
        )
    assert list(refused.value.fields) == [field]


async def test_only_whoever_reads_the_plan_sees_to_a_step_or_who_did_already(added):
    boss, daniel, action_id = added
    stranger = await make.manager("Stranger")
    for attempt in (
        commands.add_action(boss, Reach.TEAM, daniel.person_id, replace(DRAFT, owner_id=stranger.id), NOW),
        commands.change_action(daniel, Reach.OWN, action_id, replace(DRAFT, owner_id=stranger.id, version=1)),
    ):
        with pytest.raises(Invalid) as refused:
            await attempt
        assert list(refused.value.fields) == ["owner"]
    owned = replace(DRAFT, owner_id=boss.person_id, version=1)
    await commands.change_action(daniel, Reach.OWN, action_id, owned)
    await Person.update({Person.manager: stranger.id}).where(Person.id == daniel.person_id)
    await commands.change_action(daniel, Reach.OWN, action_id, replace(owned, what="Other.", version=2))


async def test_a_competence_of_a_draft_is_nothing_to_learn_yet(db):
    person = await make.person()
    published = await make.framework()
    draft = await create_version(SYSTEM, published.id, "Clearer words.")
    one = await Competence.objects().get((Competence.version == draft.subject_id) & (Competence.code == "A1"))
    try:
        with pytest.raises(Invalid) as refused:
            await commands.add_action(
                await make.actor(person), Reach.OWN, person.id, replace(DRAFT, competence_id=one.id), NOW
            )
        assert list(refused.value.fields) == ["competence"]
    finally:
        await make.without_version(draft.subject_id)
