"""The courses that come with the package: whole, in an order that can be walked, for roles that are there."""

import pytest

from competences.actor import SYSTEM
from competences.audit.tables import AuditEntry
from competences.frameworks.rules.texts import starter as framework
from competences.role_profiles.rules import STARTERS as PROFILES
from competences.role_profiles.rules import starter as profile
from competences.role_profiles.tables import RoleProfile
from competences.training.commands import courses as commands
from competences.training.queries import courses as queries
from competences.training.rules.courses import ASSESSED_BY
from competences.training.rules.starters import STARTERS, lone_work, starter
from competences.training.tables import Course

ALL = [starter(name) for name in STARTERS]
KNOWN = {row.code for domain in framework("exit_worker").domains for row in domain.competences}
ROLES = {profile(name).title for name in PROFILES}
#: Hours, months until it is refreshed, and what each builds.
BUILT = {
    "T01": (8, None, "B2 B6"), "T02": (16, 24, "C1 B3"), "T03": (16, 12, "C2 E7"), "T04": (8, 12, "C3 B6"),
    "T05": (24, 24, "E2"), "T06": (16, 24, "E1 B1"), "T07": (16, 12, "E3 A2"), "T08": (16, 12, "C6 E4"),
    "T09": (8, 12, "E4"), "T10": (16, 24, "C4"), "T11": (8, 12, "A2 A5 B5"), "T12": (8, 12, "B4"),
    "T13": (16, 24, "E5"), "T14": (16, 24, "C5"), "T15": (8, 24, "E6 D3"), "T16": (6, 12, "B4 A5"),
    "T17": (4, 12, ""),
}  # fmt: skip


def test_the_catalogue_has_each_course_with_its_hours_its_refresh_and_what_it_builds():
    assert {
        row.code: (row.hours, row.refresh_months, " ".join(level.competence for level in row.levels))
        for row in ALL
    } == BUILT


@pytest.mark.parametrize("course", ALL, ids=lambda row: row.code)
def test_a_course_is_authored_in_full(course):
    assert course.title
    assert len(course.aims) > 120
    assert 5 <= len(course.outline) <= 9
    assert all(len(line) > 30 for line in course.outline)
    assert course.assessed_by
    assert set(course.assessed_by) <= set(ASSESSED_BY)
    assert {row.competence for row in course.levels} <= KNOWN
    assert all(2 <= row.level <= 3 and len(row.criteria) > 80 for row in course.levels)
    assert {row.profile for row in course.required_by} <= ROLES


def test_what_comes_first_stands_before_it_so_nothing_goes_round():
    seen: set[str] = set()
    for course in ALL:
        assert set(course.prerequisites) <= seen
        seen.add(course.code)


def test_lone_work_asks_only_for_what_somebody_can_hold_and_a_course_or_the_work_itself_can_build():
    built = {row.competence for course in ALL for row in course.levels}
    for title, levels in lone_work().items():
        assert title in ROLES
        assert set(levels) <= built | {"D2"}
        assert set(levels.values()) == {3}
        first = {
            row.code
            for row in ALL
            for need in row.required_by
            if need.profile == title and need.before_lone_work
        }
        assert first >= {"T01", "T04", "T07", "T09", "T12"}


async def test_all_are_there_after_the_first_start_and_a_second_adds_nothing(starters):
    rows = await queries.courses(SYSTEM)
    assert [row.code for row in rows] == list(BUILT)
    assert await queries.before_each()
    needs = await RoleProfile.select(RoleProfile.id).where(RoleProfile.title == "Exit worker").first()
    assert {row.code: row.level for row in await queries.lone_work_needs(needs["id"])} == lone_work()[
        "Exit worker"
    ]
    entries = await AuditEntry.count()
    assert await commands.add_starters(SYSTEM) == 0
    assert await AuditEntry.count() == entries


async def test_what_somebody_changed_since_stays_as_it_is(starters):
    role = await RoleProfile.objects().get(RoleProfile.title == "Mentor")
    await commands.set_lone_work_needs(SYSTEM, role.id, {})
    await Course.update({Course.retired: True}).where(Course.code == "T13")
    await commands.add_starters(SYSTEM)
    assert await queries.lone_work_needs(role.id) == []
    assert "T13" not in [row.code for row in await queries.courses(SYSTEM)]
