"""The order of the meeting and how far it is."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from recruit.comparison.rules import Asked, Scored, Standing, Voice
from recruit.consensus.rules import Agreed, items, progress, shown

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def scored(number: int, levels, *, gate: bool = False) -> Scored:
    voices = tuple(Voice(level, level is None, "", given=True) for level in levels)
    return Scored(Asked(number, number, "A1", f"Criterion {number}", "A", "A", 1, 3, gate, False), voices)


def agreed(criterion: int, level: int | None = 3, application: int = 1) -> Agreed:
    return Agreed(1, application, criterion, level, "why", NOW, "Mara", 1)


def meeting(*rows: Scored, done=()):
    return items([Standing(1, "Ilse", rows)], {(row.application_id, row.criterion_id): row for row in done})


def test_differences_of_two_first_then_of_one_then_none_and_gates_first_in_each():
    rows = meeting(
        scored(1, [3, 3]),
        scored(2, [3, 4]),
        scored(3, [2, 4]),
        scored(4, [1, 5], gate=True),
        scored(5, [4, 4], gate=True),
    )
    assert [row.scored.asked.id for row in rows] == [4, 3, 2, 5, 1]


@given(st.sets(st.integers(1, 5)))
def test_agreeing_moves_nothing(done):
    levels = [[3, 3], [3, 4], [2, 4], [1, 5], [None, 4]]
    rows = [scored(number, each) for number, each in enumerate(levels, 1)]
    before = [row.key for row in meeting(*rows)]
    assert [row.key for row in meeting(*rows, done=[agreed(number) for number in done])] == before


def test_progress_counts_differences_and_all():
    rows = meeting(scored(1, [3, 3]), scored(2, [2, 4]), scored(3, [1, 5]), done=[agreed(2), agreed(1, None)])
    counted = progress(rows)
    assert (counted.differences, counted.differences_agreed, counted.items, counted.agreed) == (2, 1, 3, 2)
    assert not counted.whole


def test_only_what_all_gave_alike_and_is_open_can_be_accepted():
    rows = meeting(
        scored(1, [3, 3]),
        scored(2, [3, 4]),
        scored(3, [3, None]),
        scored(4, [5, 5]),
        scored(5, [None, None]),
        done=[agreed(4)],
    )
    assert {row.scored.asked.id: row.acceptable for row in rows} == {1: 3, 2: None, 3: None, 4: None, 5: None}


def test_filters_leave_what_they_say():
    rows = meeting(scored(1, [3, 3]), scored(2, [3, 4]), scored(3, [2, 4]), done=[agreed(3)])
    ids = lambda show, who=0: [row.scored.asked.id for row in shown(rows, show, who)]  # noqa: E731
    assert ids("all") == [3, 2, 1]
    assert ids("differences") == [3, 2]
    assert ids("open") == [2, 1]
    assert ids("all", 1) == [3, 2, 1]
    assert ids("all", 9) == []
