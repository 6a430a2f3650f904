"""Courses: a published version stays, an order is never a ring, and what belongs to a course can be used."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import make
import pytest
from asyncpg import PostgresError
from make import training

from competences.actor import SYSTEM
from competences.errors import Conflict, Invalid, NotFound
from competences.frameworks import commands as frameworks
from competences.frameworks.tables import Competence
from competences.people.reach import Reach
from competences.training.commands import courses as commands
from competences.training.queries import courses as queries
from competences.training.rules.courses import (
    CourseDraft,
    LevelDraft,
    RequirementDraft,
    is_link,
    missing,
    way_round,
)
from competences.training.tables import Course, CourseLevel, CourseTrainer, CourseVersion

TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
PDF = b"%PDF-1.7\n..."
WHOLE = CourseDraft(
    title="Night calls", aims="Calm calls at night.", outline="Role play", hours=Decimal(4), refresh_months=12,
    earlier_until=None, moderated=False, assessed_by=("role-play",), capacity=8,
)  # fmt: skip


async def competence(code: str, framework: str = "exit-worker") -> int:
    row = await Competence.objects().get(
        (Competence.code == code) & (Competence.version.framework.key == framework)
    )
    return row.id


async def drafted(draft: CourseDraft = WHOLE, code: str = "N1") -> int:
    return (await commands.create_course(SYSTEM, code, draft)).version_id


async def published(draft: CourseDraft = WHOLE, code: str = "N1") -> tuple[int, int]:
    made = await commands.publish(SYSTEM, await drafted(draft, code), 1, NOW, TODAY)
    return made.subject_id, made.version_id


# ── rules ──


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"aims": " "}, "aims"),
        ({"outline": ""}, "outline"),
        ({"assessed_by": ()}, "assessed_by"),
        ({"levels": (LevelDraft(1, 3, " "),)}, "levels"),
        ({"earlier_until": TODAY - timedelta(1)}, "earlier_until"),
    ],
)
def test_a_draft_is_published_only_when_it_is_whole(changes, field):
    assert list(missing(replace(WHOLE, **changes), TODAY)) == [field]
    assert not missing(replace(WHOLE, earlier_until=TODAY), TODAY)


def test_a_course_cannot_come_before_itself_over_others():
    before = {1: [2], 2: [3], 4: [2, 3]}
    assert way_round(before, 3, [1]) == (1, 2, 3)
    assert way_round(before, 3, [4]) != ()
    assert way_round(before, 1, [2, 4]) == ()
    assert way_round({1: [2], 2: [1]}, 5, [1]) == ()  # a ring elsewhere does not go on for ever


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://example.org/a?b=1", True), ("http://example.org", True), ("javascript:alert(1)", False),
        ("data:text/html,x", False), ("https://", False), ("//example.org", False), ("https://a b", False),
        ("HTTPS://example.org", True), ("https://[", False), ("", False), ("https://example.org/\nx", False),
    ],
)  # fmt: skip
def test_a_link_leads_to_the_web_and_nowhere_else(url, good):
    assert is_link(url) is good


# ── the life of a version ──


async def test_what_was_published_never_changes_and_a_new_version_says_what_changed(db):
    skill = await competence("E3")
    course_id, first = await published(
        replace(WHOLE, levels=(LevelDraft(skill, 3, "Sets a limit that holds."),))
    )
    await commands.add_link(SYSTEM, first, "Reading", "https://example.org", NOW)
    with pytest.raises(Conflict, match="never changes"):
        await commands.save_draft(SYSTEM, first, WHOLE)
    with pytest.raises(PostgresError, match="does not change"):
        await CourseVersion.update({CourseVersion.title: "x"}).where(CourseVersion.id == first)
    with pytest.raises(PostgresError, match="does not change"):
        await CourseLevel.delete().where(CourseLevel.version == first)
    second = (await commands.create_version(SYSTEM, course_id)).version_id
    with pytest.raises(Conflict, match="draft already"):
        await commands.create_version(SYSTEM, course_id)
    copied = await queries.draft_of(second)
    assert copied == await queries.draft_of(first)
    assert [row.title for row in await queries.materials_of(second)] == ["Reading"]
    await commands.save_draft(SYSTEM, second, replace(copied, hours=Decimal(6), earlier_until=TODAY))
    await commands.publish(SYSTEM, second, 2, NOW, TODAY)
    row = await queries.course(course_id)
    assert (row.number, row.hours) == (2, 6)


async def test_a_form_that_is_older_than_the_draft_overwrites_nothing(db):
    draft = await drafted()
    await commands.save_draft(SYSTEM, draft, replace(WHOLE, title="Nights"))
    with pytest.raises(Conflict, match="Somebody else"):
        await commands.save_draft(SYSTEM, draft, replace(WHOLE, title="Other"))
    with pytest.raises(Conflict, match="Somebody else"):
        await commands.publish(SYSTEM, draft, 1, NOW, TODAY)
    assert (await queries.draft_of(draft)).title == "Nights"


async def test_what_is_not_whole_is_not_published(db):
    draft = await drafted(replace(WHOLE, aims=""))
    with pytest.raises(Invalid, match="what the course is for"):
        await commands.publish(SYSTEM, draft, 1, NOW, TODAY)
    assert await queries.courses(SYSTEM) == []


async def test_a_course_is_published_in_the_words_of_the_newest_framework_version(db):
    levels = (
        LevelDraft(await competence("E3"), 3, "Holds."),
        LevelDraft(await competence("E4"), 3, "Plans."),
    )
    draft = await drafted(replace(WHOLE, levels=levels))
    other = await drafted(replace(WHOLE, levels=levels), code="N2")
    newer = await frameworks.create_version(SYSTEM, (await make.framework()).id, "Shorter words.")
    try:
        await frameworks.publish(SYSTEM, newer.subject_id, NOW)
        await commands.publish(SYSTEM, draft, 1, NOW, TODAY)
        assert {row.framework_version_id for row in await queries.levels_of_version(draft)} == {
            newer.subject_id
        }
        async with CourseVersion._meta.db.pool.acquire() as connection:
            here = f"(SELECT id FROM competence WHERE code = 'E4' AND version = {newer.subject_id})"
            await connection.execute(
                "SET session_replication_role = replica;"
                f" DELETE FROM anchor WHERE competence IN {here}; DELETE FROM question WHERE competence IN {here};"
                f" DELETE FROM competence WHERE id IN {here}; SET session_replication_role = DEFAULT"
            )
        with pytest.raises(Invalid, match="does not have all"):
            await commands.publish(SYSTEM, other, 1, NOW, TODAY)
    finally:
        await make.without_version(newer.subject_id)


async def test_what_a_draft_may_not_hold(db):
    one, other = await competence("E3"), await competence("L1", "leader")
    first, _version = await published(code="N0")
    draft = await drafted()
    retired, _version = await published(code="N2")
    await commands.set_retired(SYSTEM, retired, True)
    own = (await CourseVersion.objects().get(CourseVersion.id == draft)).course
    for changes, field in (
        ({"title": " "}, "title"), ({"hours": Decimal(0)}, "hours"), ({"refresh_months": 121}, "refresh_months"),
        ({"capacity": 501}, "capacity"), ({"assessed_by": ("feeling",)}, "assessed_by"),
        ({"levels": (LevelDraft(one, 3, ""),) * 2}, "levels"), ({"levels": (LevelDraft(one, 6, ""),)}, "levels"),
        ({"levels": (LevelDraft(0, 3, ""),)}, "levels"), ({"prerequisites": (own,)}, "prerequisites"),
        ({"levels": (LevelDraft(one, 3, ""), LevelDraft(other, 3, ""))}, "levels"),
        ({"prerequisites": (retired,)}, "prerequisites"), ({"prerequisites": (10**6,)}, "prerequisites"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as error:
            await commands.save_draft(SYSTEM, draft, replace(WHOLE, **changes))
        assert list(error.value.fields) == [field], changes
    with pytest.raises(Invalid, match="before itself"):
        await commands.save_draft(SYSTEM, draft, replace(WHOLE, prerequisites=(own,)))
    await commands.save_draft(SYSTEM, draft, replace(WHOLE, prerequisites=(first,)))


async def test_of_two_who_take_one_code_at_once_the_second_reads_so_at_the_field(db):
    second = await make.while_open(
        commands.create_course(SYSTEM, "N1", WHOLE), commands.create_course(SYSTEM, "n1", WHOLE)
    )
    with pytest.raises(Invalid, match="Another course has this code"):
        await second
    assert await Course.count() == 1


async def test_two_who_publish_at_once_close_no_ring(db):
    one, _version = await published(code="N1")
    two, _version = await published(code="N2")
    drafts = [(await commands.create_version(SYSTEM, key)).version_id for key in (one, two)]
    for draft, first in zip(drafts, (two, one), strict=True):
        await commands.save_draft(
            SYSTEM, draft, replace(await queries.draft_of(draft), prerequisites=(first,))
        )
    second = await make.while_open(
        commands.publish(SYSTEM, drafts[0], 2, NOW, TODAY), commands.publish(SYSTEM, drafts[1], 2, NOW, TODAY)
    )
    with pytest.raises(Invalid, match="comes after this course already"):
        await second


async def test_a_course_that_others_need_first_is_not_retired_under_them(db):
    first, _version = await published(code="N1")
    after, version = await published(replace(WHOLE, prerequisites=(first,)), code="N2")
    with pytest.raises(Conflict, match="N2"):
        await commands.set_retired(SYSTEM, first, True)
    await commands.set_retired(SYSTEM, after, True)
    await commands.set_retired(SYSTEM, first, True)
    assert await queries.courses(SYSTEM) == []
    assert [row.code for row in await queries.courses(SYSTEM, retired=True)] == ["N1", "N2"]
    with pytest.raises(Conflict, match="N1"):
        await commands.set_retired(SYSTEM, after, False)
    assert [row.code for row in await queries.firsts_of_version(version)] == ["N1"]


async def test_a_code_is_one_course_and_a_deleted_draft_takes_its_course_with_it(db):
    draft = await drafted(code="n 1")
    for code in ("N1", "", "N/1", "X" * 13, "Ü1", "Т4", "٣", "N²"):
        with pytest.raises(Invalid) as error:
            await commands.create_course(SYSTEM, code, WHOLE)
        assert list(error.value.fields) == ["code"]
    await commands.delete_draft(SYSTEM, draft)
    assert not await Course.exists()
    course_id, version = await published()
    with pytest.raises(Conflict):
        await commands.delete_draft(SYSTEM, version)
    await commands.delete_draft(SYSTEM, (await commands.create_version(SYSTEM, course_id)).version_id)
    assert await Course.exists()


async def test_a_draft_is_for_those_who_write_courses(db):
    stranger = await make.actor(await make.person())
    course_id, _version = await published()
    await commands.create_version(SYSTEM, course_id)
    assert [row.number for row in await queries.versions_of(stranger, Reach.ALL, course_id)] == [1]
    rows = await queries.versions_of(stranger, Reach.ALL, course_id, drafts=Reach.ALL)
    assert [row.number for row in rows] == [2, 1]
    assert await queries.drafts(stranger, Reach.NO) == []
    assert len(await queries.drafts(stranger, Reach.ALL)) == 1
    for reach, number in ((Reach.ALL, 2), (Reach.NO, 1), (Reach.ALL, 9)):
        with pytest.raises(NotFound):
            await queries.version(stranger, reach, course_id, number)
    unpublished = (await CourseVersion.objects().get(CourseVersion.id == await drafted(code="N9"))).course
    with pytest.raises(NotFound):
        await queries.course(unpublished)


# ── what belongs to a course ──


async def test_who_needs_a_course_is_said_once_for_somebody_there_is(db):
    course_id, _version = await published()
    role = await make.profile_id("Mentor")
    draft = RequirementDraft(role, None, 90, True)
    await commands.require_course(SYSTEM, course_id, draft)
    (row,) = await queries.requirements(course_id)
    assert (row.profile, row.unit, row.deadline_days, row.before_lone_work) == ("Mentor", None, 90, True)
    for wrong in (
        draft, replace(draft, profile_id=None), replace(draft, profile_id=10**6), replace(draft, unit_id=10**6),
        replace(draft, deadline_days=1096),
    ):  # fmt: skip
        with pytest.raises(Invalid):
            await commands.require_course(SYSTEM, course_id, wrong)
    assert await commands.require_course(SYSTEM, course_id, draft, row.id) is None
    await commands.require_course(SYSTEM, course_id, replace(draft, deadline_days=30), row.id)
    assert [row.deadline_days for row in await queries.requirements()] == [30]
    other, _version = await published(code="N2")
    for key in (10**6, row.id):
        with pytest.raises(NotFound):
            await commands.remove_requirement(SYSTEM, other, key)
    await commands.remove_requirement(SYSTEM, course_id, row.id)
    assert await queries.requirements() == []


async def test_who_works_here_may_be_said_to_teach_a_course(db):
    course_id, _version = await published()
    here, gone = (
        await make.person("Ruth Okello"),
        await make.person("Ilse Brandt", ended_on=TODAY - timedelta(1)),
    )
    outside = await make.person("Ola Lind", external="A partner")
    await commands.add_trainer(SYSTEM, course_id, here.id, TODAY)
    assert await commands.add_trainer(SYSTEM, course_id, here.id, TODAY) is None
    for person_id in (gone.id, outside.id, None):
        with pytest.raises(Invalid):
            await commands.add_trainer(SYSTEM, course_id, person_id, TODAY)
    assert [row.name for row in await queries.trainers_of(course_id)] == ["Ruth Okello"]
    await commands.remove_trainer(SYSTEM, course_id, here.id)
    with pytest.raises(NotFound):
        await commands.remove_trainer(SYSTEM, course_id, here.id)
    assert not await CourseTrainer.exists()


async def test_material_is_a_link_of_the_web_or_a_file_that_is_what_it_says(db):
    _course_id, version = await published()
    await commands.add_link(SYSTEM, version, "Reading", " https://example.org/a ", NOW)
    await commands.add_file(SYSTEM, version, "Handout", "../handout.exe", PDF, NOW)
    link, file = await queries.materials_of(version)
    assert (link.url, file.name, file.kind) == ("https://example.org/a", "handout.exe.pdf", "pdf")
    assert await queries.material_file(version, file.id) == ("handout.exe.pdf", "pdf", PDF)
    for writing in (
        commands.add_link(SYSTEM, version, "Reading", "javascript:alert(1)", NOW),
        commands.add_link(SYSTEM, version, " ", "https://example.org", NOW),
        commands.add_file(SYSTEM, version, "Page", "a.pdf", b"<html>", NOW),
        commands.add_file(SYSTEM, version, "", "a.pdf", PDF, NOW),
    ):
        with pytest.raises(Invalid):
            await writing
    other = await training.course()
    for version_id, key in ((version, link.id), (other.id, file.id)):
        with pytest.raises(NotFound):
            await queries.material_file(version_id, key)
    with pytest.raises(NotFound):
        await commands.remove_material(SYSTEM, other.id, file.id)
    await commands.remove_material(SYSTEM, version, file.id)
    assert [row.title for row in await queries.materials_of(version)] == ["Reading"]


async def test_the_levels_that_lone_work_asks_for_are_of_the_roles_own_framework(db):
    role, skill = await make.profile_id("Mentor"), await competence("E3")
    await commands.set_lone_work_needs(SYSTEM, role, {skill: 3})
    assert await commands.set_lone_work_needs(SYSTEM, role, {skill: 3}) is None
    for wrong in ({await competence("L1", "leader"): 3}, {skill: 6}):
        with pytest.raises(Invalid):
            await commands.set_lone_work_needs(SYSTEM, role, wrong)
    assert [(row.code, row.level) for row in await queries.lone_work_needs(role)] == [("E3", 3)]
    with pytest.raises(NotFound):
        await commands.set_lone_work_needs(SYSTEM, 10**6, {})
