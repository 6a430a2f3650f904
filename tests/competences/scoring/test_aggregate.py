"""What levels add up to, checked by hand and by random play."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competences.scoring.aggregate import mean, spread, unanimous, weighted_level

LEVELS = st.one_of(st.none(), st.integers(1, 5))
PAIRS = st.lists(st.tuples(LEVELS, st.floats(0.1, 5)), max_size=30)


@pytest.mark.parametrize(
    ("pairs", "value", "rated"),
    [
        ([(4, 1), (2, 1)], 3, 2),
        ([(4, 3), (2, 1)], 3.5, 2),
        ([(4, 1), (None, 9)], 4, 1),
        ([(None, 1)], None, 0),
        ([], None, 0),
    ],
)
def test_a_weighted_level_by_hand(pairs, value, rated):
    level = weighted_level(pairs)
    assert (level.value, level.rated, level.asked) == (value, rated, len(pairs))


@given(PAIRS, st.floats(0.1, 5))
def test_a_missing_level_lowers_the_coverage_and_never_the_level(pairs, weight):
    without, with_one = weighted_level(pairs), weighted_level([*pairs, (None, weight)])
    assert with_one.value == without.value
    assert with_one.rated == without.rated
    assert with_one.asked == without.asked + 1


@given(PAIRS)
def test_a_level_lies_between_the_lowest_and_the_highest_that_was_given(pairs):
    level = weighted_level(pairs)
    rated = [value for value, _weight in pairs if value is not None]
    if rated:
        assert min(rated) - 1e-9 <= level.value <= max(rated) + 1e-9
    else:
        assert level.value is None


@pytest.mark.parametrize(
    ("levels", "apart"), [([2, 4, 4], 2), ([1, None, 5], 4), ([3, None], 0), ([None], 0), ([], 0)]
)
def test_how_far_levels_lie_apart(levels, apart):
    assert spread(levels) == apart


@pytest.mark.parametrize(
    ("levels", "level"),
    [
        ([3, 3], 3),
        ([3, 3, 3], 3),
        ([3], None),
        ([3, 4], None),
        ([3, None], None),
        ([None, None], None),
        ([], None),
    ],
)
def test_a_level_is_unanimous_when_two_or_more_gave_it_and_nobody_else_anything(levels, level):
    assert unanimous(levels) == level


def test_the_mean_leaves_out_what_is_missing():
    assert mean([2, None, 4]) == 3
    assert mean([None]) is None
