"""What is missing for a role comes gates first, then by size; nothing missing is invented."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competences.assessments.queries import LevelRow
from competences.gaps.rules.standing import Stands, gaps, means, months_from
from competences.gaps.rules.steps import Course, suggestions
from competences.role_profiles.queries import AskedRow

TODAY = date(2026, 11, 24)
COURSES = [
    Course("T02", "Ways out", "exit-worker", ("C1", "B3")),
    Course("T07", "De-escalation and setting limits", "exit-worker", ("E3", "A2")),
]
RECENT = datetime(2026, 3, 1, tzinfo=UTC)


def asked(code: str = "E3", required: int = 3, *, gate: bool = False, **more) -> AskedRow:
    return AskedRow(
        profile_id=1, competence_id=7, version_id=2, framework_id=1, framework_key=more.get("key", "exit-worker"),
        code=code, name=f"Competence {code}", domain_code=code[0], domain=code[0], kind=more.get("kind", "essential"),
        required_level=required, gate=gate, learnable=True,
    )  # fmt: skip


def held(code: str = "E3", level: int | None = 3, at: datetime = RECENT, version: int = 1) -> LevelRow:
    return LevelRow(
        competence_id=3, code=code, name=code, domain_code=code[0], domain=code[0], framework_id=1, framework="Exit",
        version_id=version, number=version, newest=version, level=level, earlier=None, reason="", kind="talk",
        given_at=at, asked_at=None, rating_id=1,
    )  # fmt: skip


def one(required: int = 3, level: int | None = 3, **more):
    return gaps([asked(required=required, **more)], [held(level=level)], TODAY)[0]


@pytest.mark.parametrize(
    ("required", "level", "short", "stands"),
    [(4, 2, 2, Stands.UNDER), (3, 3, 0, Stands.MET), (3, 5, 0, Stands.MET), (3, None, 0, Stands.UNKNOWN)],
)
def test_required_minus_current(required, level, short, stands):
    gap = one(required, level)
    assert (gap.short, gap.stands) == (short, stands)


def test_a_level_of_an_earlier_version_counts_by_its_code():
    assert gaps([asked()], [held(version=1)], TODAY)[0].level == 3
    assert gaps([asked()], [held("E4")], TODAY)[0].stands is Stands.UNKNOWN


def test_gates_come_first_then_what_is_missing_most_then_what_nobody_has_looked_at():
    role = [asked("A1"), asked("B1", 5), asked("C1"), asked("E1", gate=True), asked("E2", 4)]
    levels = [held("A1", 3), held("B1", 3), held("E1", 2), held("E2", 3)]
    assert [gap.asked.code for gap in gaps(role, levels, TODAY)] == ["E1", "B1", "E2", "C1", "A1"]


@pytest.mark.parametrize(
    ("given_at", "stands"),
    [(datetime(2024, 11, 23, tzinfo=UTC), Stands.DUE), (datetime(2024, 11, 24, tzinfo=UTC), Stands.MET)],
)
def test_after_two_years_a_level_is_due_for_a_fresh_look_and_counts_still(given_at, stands):
    (gap,) = gaps([asked()], [held(at=given_at)], TODAY)
    assert (gap.stands, gap.level, gap.short) == (stands, 3, 0)


@given(
    st.lists(
        st.tuples(st.booleans(), st.integers(1, 5), st.none() | st.integers(1, 5), st.booleans()), max_size=12
    )
)
def test_whatever_the_role_nothing_is_lost_and_no_open_gate_comes_late(rows):
    role = [asked(f"X{place}", needed, gate=gate) for place, (gate, needed, _, _) in enumerate(rows)]
    levels = [
        held(f"X{place}", level, RECENT if new else datetime(2020, 1, 1, tzinfo=UTC))
        for place, (_, _, level, new) in enumerate(rows)
        if level
    ]
    found = gaps(role, levels, TODAY)
    assert sorted(gap.asked.code for gap in found) == sorted(row.code for row in role)
    order = [0 if gap.open and gap.asked.gate else 1 if gap.open else 2 for gap in found]
    assert order == sorted(order)
    assert all(gap.open == (gap.level is None or gap.level < gap.asked.required_level) for gap in found)
    assert all(bool(suggestions(gap, COURSES)) == (gap.stands is not Stands.MET) for gap in found)


@pytest.mark.parametrize(
    ("code", "first"), [("A3", "coaching"), ("B3", "supervision"), ("C3", "reading"), ("D2", "shadowing"), ("E6", "shadowing")]
)  # fmt: skip
def test_what_is_suggested_goes_by_what_is_to_be_learnt(code, first):
    (gap,) = gaps([asked(code, 4)], [held(code, 3)], TODAY)
    assert suggestions(gap, COURSES)[0].step == first


def test_a_course_is_named_where_it_builds_the_competence_and_nowhere_else():
    named = [row.what for row in suggestions(one(4, 3), COURSES) if row.step == "course"]
    assert named == ["Take the course “De-escalation and setting limits”."]
    assert not [
        row for row in suggestions(one(4, 3, key="own", kind="trainable"), COURSES) if row.step == "course"
    ]


def test_a_gate_and_a_wide_gap_bring_supervision_in_once():
    for gap in (
        one(4, 3, gate=True),
        one(5, 2),
        gaps([asked("B1", 5, gate=True)], [held("B1", 2)], TODAY)[0],
    ):
        assert [row.step for row in suggestions(gap, COURSES)].count("supervision") == 1
    assert "supervision" not in [row.step for row in suggestions(one(4, 3), COURSES)]


def test_what_nobody_knows_or_is_old_is_looked_at_before_anything_is_learnt():
    old = gaps([asked()], [held(at=datetime(2020, 1, 1, tzinfo=UTC))], TODAY)[0]
    for gap in (one(3, None), old):
        assert [row.step for row in suggestions(gap, COURSES)] == ["other"]


def test_the_mean_of_a_domain_leaves_out_what_has_no_level():
    role = gaps([asked("E1", 4), asked("E2", 2), asked("A1")], [held("E1", 2), held("E2", None)], TODAY)
    assert [(row.level, row.needed, row.counted, row.asked) for row in means(role)] == [
        (None, 3, 0, 1), (2, 3, 1, 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [(date(2026, 11, 30), 3, date(2027, 2, 28)), (date(2024, 2, 29), -24, date(2022, 2, 28)), (TODAY, 6, date(2027, 5, 24)), (date(9999, 12, 31), 6, date.max)],
)  # fmt: skip
def test_months_end_on_the_last_day_that_there_is(day, months, then):
    assert months_from(day, months) == then
