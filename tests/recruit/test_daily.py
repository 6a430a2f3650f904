"""What a new day changes is noted once, and never stops the server."""

import asyncio
import logging
from datetime import UTC, date, datetime

import make
from make import support, training

from competences.audit.tables import AuditEntry
from competences.care.commands.names import make_exception
from competences.care.queries.names import name_exceptions_of
from competences.care.rules.names import ExceptionDraft
from competences.people.reach import Reach
from competences.support.commands import plans
from competences.support.tables import SupportPlan
from competences.training.commands.completions import record_completion
from competences.training.queries.lone_work import changes_of
from competences.training.rules.completions import CompletionDraft
from competences.training.tables import LoneWorkNeed
from recruit import daily

NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)


async def ready():
    """Somebody whose only course for lone work runs out on 1 June 2027, in a role without needs of its own."""
    team = await make.team("Ruth Okello", in_role=1)
    version = await training.course("Limits", required_by="Exit worker", before_lone_work=True)
    await training.completion(team.people[0], version, date(2026, 6, 1))
    return team


async def test_the_day_after_a_course_ran_out_is_noted_by_itself(db):
    team = await ready()
    assert not await LoneWorkNeed.exists().where(LoneWorkNeed.profile == await make.profile_id("Exit worker"))
    leader = await make.actor(team.manager)
    days = [
        NOW,
        NOW.replace(hour=4),
        NOW.replace(year=2027, month=6, day=1),
        NOW.replace(year=2027, month=6, day=2),
    ]
    assert [await daily.look(day, 6) for day in days] == [1, 0, 0, 1]
    found = await changes_of(leader, Reach.TEAM, team.people[0].id)
    assert [(row.on, row.authorised) for row in found] == [
        (date(2027, 6, 2), False),
        (date(2026, 11, 25), True),
    ]


async def test_nobody_waits_for_the_look_nor_it_for_them(db):
    """Whoever writes about somebody takes the person first and the log second; the look does as well."""
    team = await ready()
    other = await training.course("Listening")
    trainer = await make.actor(await make.person("Jana Wirth", "staff", "trainer"))
    draft = CompletionDraft(team.people[0].id, other.course, date(2026, 7, 1))
    written, looked = await asyncio.gather(
        record_completion(trainer, Reach.ALL, draft, None, NOW.date(), NOW),
        asyncio.gather(*(daily.look(NOW, 6) for _ in range(4))),
    )
    assert written is not None
    assert sum(looked) <= 1
    assert len(await changes_of(await make.actor(team.manager), Reach.TEAM, team.people[0].id)) == 1


async def test_a_support_plan_whose_time_has_come_goes_and_nothing_is_said_of_it(db):
    worker, lead = await make.person("Daniel Rask"), await make.person("Ruth Okello", "staff", "support_lead")
    plan_id = await support.agreed(lead, worker)
    await plans.withdraw_consent(await make.actor(worker), support.ring(), plan_id, NOW, months=6)
    entries = await AuditEntry.count()
    assert await daily.look(NOW.replace(year=2027, month=5, day=24), 6) == 0
    assert await SupportPlan.count() == 1
    assert await daily.look(NOW.replace(year=2027, month=5, day=25), 6) == 0
    assert await SupportPlan.count() == 0
    assert await AuditEntry.count() == entries


async def test_an_exception_of_a_name_that_ran_out_ends(db):
    worker, lead = await make.person("Daniel Rask"), await make.person("Ruth Okello", "staff", "support_lead")
    draft = ExceptionDraft(NOW.date(), date(2027, 1, 7), "Asked for at the door.")
    ruth = await make.actor(lead)
    await make_exception(ruth, support.ring(), Reach.ALL, worker.id, draft, NOW)
    for day, ended in ((7, None), (8, date(2027, 1, 7))):
        await daily.look(NOW.replace(year=2027, month=1, day=day), 6)
        assert [row.ended_on for row in await name_exceptions_of(ruth, Reach.ALL, worker.id)] == [ended]


async def test_what_goes_wrong_is_logged_with_a_number_and_tried_again(db, monkeypatch, caplog):
    again, words, tries = asyncio.Event(), "Ruth" + " Okello", []

    async def broken(_now, _months):
        tries.append(1)
        if len(tries) == 2:
            again.set()
        raise RuntimeError(words)

    monkeypatch.setattr(daily, "look", broken)
    monkeypatch.setattr(daily, "HOUR", 0)
    with caplog.at_level(logging.ERROR, "recruit"):
        async with daily.hourly(6):
            await again.wait()
    assert "in the daily look: RuntimeError" in caplog.text
    assert words not in caplog.text


async def test_the_application_looks_as_soon_as_it_runs(db, monkeypatch):
    looked = asyncio.Event()

    async def look(_now, _months):
        looked.set()

    monkeypatch.setattr(daily, "look", look)
    async with daily.hourly(6):
        await looked.wait()
