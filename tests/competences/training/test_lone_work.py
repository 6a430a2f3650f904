"""Lone work follows from levels and courses in date; nobody types it (rule 16)."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import make
import pytest
import pytest_asyncio
from make import training

from competences.actor import SYSTEM
from competences.audit.tables import AuditEntry
from competences.errors import Conflict, Invalid, NotFound
from competences.people.reach import Reach
from competences.people.tables import Person
from competences.role_profiles.tables import RoleHolder, RoleProfile
from competences.training.commands.lone_work import (
    allow,
    end_exception,
    note_changes,
    note_everybody,
    see_change,
)
from competences.training.queries.lone_work import (
    NOTICES,
    changes_of,
    exception,
    exceptions_of,
    lone_work_of,
    notices_filling,
)
from competences.training.rules.lone_work import (
    Asked,
    Held,
    Lack,
    LoneWork,
    Missing,
    in_words,
    missing_levels,
    refused_days,
    too_soon,
)
from competences.training.tables import CourseRequirement, LoneWorkChange, LoneWorkNeed

TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
NEED = Asked(1, "E3", "Limits", 3)


@pytest.mark.parametrize(
    ("held", "lacks"),
    [
        (None, [Lack.NO_LEVEL]),
        (Held(None, TODAY), [Lack.NO_LEVEL]),
        (Held(2, TODAY), [Lack.BELOW]),
        (Held(3, TODAY), []),
        (Held(5, date(2024, 11, 25)), []),
        (Held(5, date(2024, 11, 24)), [Lack.OLD]),
        (Held(2, date(2020, 1, 1)), [Lack.BELOW]),
    ],
)
def test_a_level_has_to_be_there_high_enough_and_fresh(held, lacks):
    found = missing_levels([NEED], {(1, "E3"): held} if held else {}, TODAY)
    assert [row.lack for row in found] == lacks


@pytest.mark.parametrize(
    ("until_on", "said"),
    [
        (None, "Enter the last day"),
        (TODAY - timedelta(1), "in the past"),
        (TODAY + timedelta(90), "90 days at most"),
        (TODAY + timedelta(89), ""),
        (TODAY, ""),
    ],
)
def test_an_exception_has_a_last_day_that_is_near(until_on, said):
    assert said in refused_days(TODAY, until_on, TODAY)
    assert bool(said) == bool(refused_days(TODAY, until_on, TODAY))


def test_whoever_sees_no_levels_reads_that_some_is_missing_and_not_which():
    all_ = LoneWork(
        7, (Missing(Lack.BELOW, "E3", "Limits"), Missing(Lack.EXPIRED, "T07", "De-escalation")), None
    )
    words = [in_words(row) for row in all_.without_levels.missing]
    assert words == [
        "The course “De-escalation” has run out.",
        "A level that the role asks for is missing or out of date.",
    ]


class Case:
    """A team in a role that asks for one level and one course, and nothing else."""


@pytest_asyncio.fixture
async def made(db):
    """Ruth, in a role of this test alone, which is gone afterwards."""
    made = Case()
    made.profile = RoleProfile(title=f"Guide {uuid4().hex}", version=(await make.framework()).id, purpose="")
    await made.profile.save()
    made.version = await training.course("De-escalation", refresh_months=12)
    await CourseRequirement(
        course=made.version.course, profile=made.profile.id, before_lone_work=True, deadline_days=30
    ).save()
    await LoneWorkNeed(profile=made.profile.id, competence=await make.competence_id("E3"), level=3).save()
    made.team = await make.team("Ruth Okello", role=made.profile.title, in_role=1)
    made.ruth, made.leader = made.team.people[0], await make.actor(made.team.manager)
    yield made
    await RoleHolder.delete().where(RoleHolder.profile == made.profile.id)
    await RoleProfile.delete().where(RoleProfile.id == made.profile.id)


async def ready(made: Case, on: date = date(2026, 6, 1)) -> None:
    await make.levels(made.ruth, {"E3": 3}, datetime(2026, 6, 1, 9, tzinfo=UTC))
    await training.completion(made.ruth, made.version, on)


async def of(made: Case, today: date = TODAY) -> LoneWork:
    return (await lone_work_of(made.leader, Reach.TEAM, [made.ruth.id], today))[made.ruth.id]


async def test_it_follows_from_the_level_and_the_course_and_ends_with_either(made):
    assert [row.lack for row in (await of(made)).missing] == [Lack.NO_LEVEL, Lack.NOT_DONE]
    await ready(made)
    assert (await of(made)).authorised
    assert [row.lack for row in (await of(made, date(2027, 6, 1))).missing] == []
    assert [row.lack for row in (await of(made, date(2027, 6, 2))).missing] == [Lack.EXPIRED]
    assert {row.lack for row in (await of(made, date(2028, 6, 2))).missing} == {Lack.OLD, Lack.EXPIRED}


async def test_without_a_role_or_before_it_begins_nobody_works_alone(made):
    await ready(made)
    assert [row.lack for row in (await of(made, date(2025, 12, 31))).missing] == [Lack.ROLE]
    found = await lone_work_of(SYSTEM, Reach.ALL, [made.team.manager.id], TODAY)
    assert not found[made.team.manager.id].authorised


async def test_in_a_role_of_which_nothing_is_said_nobody_works_alone(made):
    await ready(made)
    await LoneWorkNeed.delete().where(LoneWorkNeed.profile == made.profile.id)
    await CourseRequirement.update({CourseRequirement.before_lone_work: False}).where(
        CourseRequirement.profile == made.profile.id
    )
    found = await of(made)
    assert [row.lack for row in found.missing] == [Lack.UNSAID]
    assert not found.authorised
    assert found.without_levels.missing == found.missing


async def test_a_level_that_was_taken_back_ends_it(made):
    from competences.assessments.commands import supersede_level
    from competences.assessments.queries import current_levels

    await ready(made)
    (level,) = await current_levels(SYSTEM, Reach.ALL, [made.ruth.id])
    await supersede_level(made.leader, Reach.TEAM, made.ruth.id, level.rating_id, "Another person.", NOW)
    assert not (await of(made)).authorised


async def test_an_exception_lets_work_alone_until_its_last_day_and_not_longer(made):
    await allow(
        made.leader, Reach.TEAM, made.ruth.id, TODAY + timedelta(9), "Nobody else speaks it.", TODAY, NOW
    )
    for day, let in ((TODAY, True), (TODAY + timedelta(9), True), (TODAY + timedelta(10), False)):
        found = await of(made, day)
        assert (found.authorised, found.ready, found.by_exception) == (let, False, let)
    (row,) = await exceptions_of(made.leader, Reach.TEAM, made.ruth.id)
    assert (row.reason, row.given_by) == ("Nobody else speaks it.", made.team.manager.name)


@pytest.mark.parametrize(
    ("lasted", "said"),
    [
        (None, ""),
        (TODAY + timedelta(1), "an exception already"),
        (TODAY, "an exception already"),
        (TODAY - timedelta(1), "just ended"),
        (TODAY - timedelta(30), "just ended"),
        (TODAY - timedelta(31), ""),
    ],
)
def test_an_exception_does_not_become_the_rule(lasted, said):
    assert said in too_soon(lasted, TODAY)
    assert bool(said) == bool(too_soon(lasted, TODAY))


async def test_exceptions_neither_overlap_nor_follow_one_another(made):
    until = TODAY + timedelta(89)
    await allow(made.leader, Reach.TEAM, made.ruth.id, until, "Why.", TODAY, NOW)
    for later in (5, 95, 119):
        day = TODAY + timedelta(later)
        with pytest.raises(Conflict):
            await allow(made.leader, Reach.TEAM, made.ruth.id, day, "Why.", day, NOW + timedelta(later))
    day = TODAY + timedelta(120)
    await allow(made.leader, Reach.TEAM, made.ruth.id, day, "Why.", day, NOW + timedelta(120))


async def test_who_leaves_is_noted_as_no_longer_authorised(made):
    await ready(made)
    await note_everybody(TODAY, NOW)
    made.ruth.ended_on = TODAY
    await made.ruth.save()
    assert await note_everybody(TODAY, NOW) == 0
    assert await note_everybody(TODAY + timedelta(1), NOW) == 1


async def test_an_exception_taken_back_ends_at_once_and_only_once(made):
    event = await allow(made.leader, Reach.TEAM, made.ruth.id, TODAY + timedelta(9), "Why.", TODAY, NOW)
    await end_exception(made.leader, Reach.TEAM, event.subject_id, TODAY, NOW)
    assert not (await of(made)).authorised
    with pytest.raises(Conflict, match="ended already"):
        await end_exception(made.leader, Reach.TEAM, event.subject_id, TODAY, NOW)


@pytest.mark.parametrize(
    ("until", "reason", "field"), [(9, "  ", "reason"), (None, "Why.", "until_on"), (200, "Why.", "until_on")]
)
async def test_an_exception_needs_a_reason_and_a_near_last_day(made, until, reason, field):
    day = TODAY + timedelta(until) if until else None
    with pytest.raises(Invalid) as refused:
        await allow(made.leader, Reach.TEAM, made.ruth.id, day, reason, TODAY, NOW)
    assert field in refused.value.fields


async def test_nobody_makes_an_exception_for_themselves_nor_where_nothing_is_missing(made):
    with pytest.raises(Conflict, match="for themselves"):
        await allow(await make.actor(made.ruth), Reach.OWN, made.ruth.id, TODAY, "Why.", TODAY, NOW)
    await ready(made)
    with pytest.raises(Conflict, match="Nothing is missing"):
        await allow(made.leader, Reach.TEAM, made.ruth.id, TODAY, "Why.", TODAY, NOW)


async def test_a_stranger_sees_nothing_and_makes_no_exception(made):
    await allow(made.leader, Reach.TEAM, made.ruth.id, TODAY, "Why.", TODAY, NOW)
    (row,) = await exceptions_of(made.leader, Reach.TEAM, made.ruth.id)
    other = await make.actor(await make.person("Other", "staff", "line_manager"))
    for reach in (Reach.NO, Reach.OWN, Reach.TEAM):
        assert await lone_work_of(other, reach, [made.ruth.id], TODAY) == {}
        assert await exceptions_of(other, reach, made.ruth.id) == []
        assert await changes_of(other, reach, made.ruth.id) == []
        with pytest.raises(NotFound):
            await exception(other, reach, row.id)
        with pytest.raises(NotFound):
            await allow(other, reach, made.ruth.id, TODAY, "Why.", TODAY, NOW)
        with pytest.raises(NotFound):
            await end_exception(other, reach, row.id, TODAY, NOW)


async def test_a_change_is_noted_once_logged_without_levels_and_shown_to_both(made):
    assert await note_changes(SYSTEM, [made.ruth.id], TODAY, NOW) == 0
    await ready(made)
    assert await note_changes(SYSTEM, [made.ruth.id], TODAY, NOW) == 1
    assert await note_changes(SYSTEM, [made.ruth.id], TODAY, NOW) == 0
    assert await note_everybody(date(2027, 6, 2), NOW) == 1
    later, first = await changes_of(made.leader, Reach.TEAM, made.ruth.id)
    assert (first.authorised, later.authorised) == (True, False)
    assert later.missing == ["The course “De-escalation” has run out."]
    entry = (
        await AuditEntry.objects()
        .where(AuditEntry.event == "lone-work.changed")
        .order_by(AuditEntry.id)
        .first()
    )
    assert "level" not in str(entry.details)

    ruth = await make.actor(made.ruth)
    for actor, leads in ((ruth, False), (made.leader, True)):
        (notice,) = await LoneWorkChange.raw(NOTICES, *notices_filling(actor, leads, 5))
        assert (notice["id"], notice["what"]) == (later.id, "no")
    await see_change(ruth, Reach.OWN, later.id, NOW)
    assert await LoneWorkChange.raw(NOTICES, *notices_filling(ruth, False, 5)) == []
    assert len(await LoneWorkChange.raw(NOTICES, *notices_filling(made.leader, True, 5))) == 1
    stranger = await make.actor(await make.person("Other", "staff", "line_manager"))
    assert await LoneWorkChange.raw(NOTICES, *notices_filling(stranger, True, 5)) == []
    with pytest.raises(NotFound):
        await see_change(stranger, Reach.TEAM, later.id, NOW)


async def test_two_processes_that_look_at_the_same_time_note_a_change_once(made):
    await ready(made)
    noted = await asyncio.gather(*(note_everybody(TODAY, NOW) for _ in range(4)))
    assert sum(noted) == 1
    assert len(await changes_of(made.leader, Reach.TEAM, made.ruth.id)) == 1


@pytest.mark.parametrize(
    "columns", [{"started_on": TODAY + timedelta(1)}, {"ended_on": TODAY - timedelta(1)}]
)
async def test_nobody_works_alone_who_does_not_work_here_not_even_by_an_exception(made, columns):
    await allow(made.leader, Reach.TEAM, made.ruth.id, TODAY + timedelta(9), "Close by.", TODAY, NOW)
    await ready(made)
    await Person.update(columns).where(Person.id == made.ruth.id)
    found = await of(made)
    assert not found.authorised
    assert [row.lack for row in found.missing] == [Lack.ROLE]


def test_no_column_says_that_somebody_may():
    from competences import training as package
    from competences.training import tables

    names = {
        column._meta.name
        for name in tables.__all__
        if name != "LoneWorkChange"  # what was noticed, which nothing reads but its notices
        for column in getattr(tables, name)._meta.columns
    }
    assert not {name for name in names if "authoris" in name or "alone" in name}, package.__name__
