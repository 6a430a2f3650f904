"""Levels before and about six months after a course: of groups, and without saying why."""

from datetime import UTC, date, datetime, timedelta

import make
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import training

from competences.people.reach import Reach
from competences.training.queries.effects import effects
from competences.training.rules.effects import FEWEST, Given, before_and_after, effect

DONE = date(2025, 3, 1)


def levels(*rows: tuple[int, date]) -> list[Given]:
    return [Given(level, on) for level, on in rows]


@pytest.mark.parametrize(
    ("rows", "pair"),
    [
        ([(2, date(2025, 2, 28)), (3, date(2025, 9, 1))], (2, 3)),
        ([(2, date(2024, 1, 1)), (1, date(2025, 1, 1)), (3, date(2025, 7, 1)), (4, date(2025, 10, 20))], (1, 4)),
        ([(2, date(2025, 2, 28)), (3, date(2025, 6, 30))], None),
        ([(2, date(2025, 2, 28)), (3, date(2025, 11, 2))], None),
        ([(2, DONE), (3, date(2025, 9, 1))], None),
        ([(3, date(2025, 9, 1))], None),
    ],
)  # fmt: skip
def test_the_last_level_before_and_the_one_nearest_to_six_months_after(rows, pair):
    assert before_and_after(levels(*rows), DONE) == pair


def test_nothing_is_said_of_fewer_than_five():
    assert effect([(2, 3), (1, 3), (2, 2), (3, 4)]) is None


def test_nothing_is_said_where_all_are_alike():
    assert effect([(2, 3)] * 9) is None


def test_the_mean_and_its_interval_by_hand():
    found = effect(
        [(2, 3), (2, 2), (3, 5), (2, 3), (3, 2)]
    )  # 1, 0, 2, 1, -1: mean 0.6, s 1.140, t(0.95; 4) 2.132
    assert found.mean == pytest.approx(0.6)
    assert (found.low, found.high) == (
        pytest.approx(0.6 - 1.087, abs=1e-3),
        pytest.approx(0.6 + 1.087, abs=1e-3),
    )
    assert (found.risen, found.same, found.fallen) == (None, None, None)


pairs = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=FEWEST, max_size=40)


@given(pairs)
def test_no_small_count_is_shown_nor_follows_from_the_others(rows):
    found = effect(rows)
    if found is not None:
        shown = (found.risen, found.same, found.fallen)
        assert all(count is None or count >= FEWEST for count in shown)
        assert shown.count(None) != 1


async def test_a_trainer_reads_how_the_levels_of_a_group_differ(db):
    trainer = await make.actor(await make.person("Jana Wirth", "staff", "trainer"))
    version = await training.course("De-escalation", builds={"E3": 3})
    noon = datetime(2025, 3, 1, 12, tzinfo=UTC)
    for before, after in [(1, 3), (2, 3), (2, 2), (2, 3), (3, 3)]:
        person = await make.person()
        await make.levels(person, {"E3": before}, noon - timedelta(days=60))
        await make.levels(person, {"E3": after}, noon + timedelta(days=183))
        await training.completion(person, version, DONE)
    (row,) = [row for row in await effects(trainer, Reach.ALL, UTC) if row.course_id == version.course]
    assert (row.code, row.completed, row.effect.people) == ("E3", 5, 5)
    assert row.effect.mean == pytest.approx(0.8)


@pytest.mark.parametrize("reach", [Reach.NO, Reach.OWN, Reach.TEAM])
async def test_nobody_without_the_whole_sees_a_group(db, reach):
    stranger = await make.actor(await make.person())
    assert await effects(stranger, reach, UTC) == []
