"""How a member scores beside the others, on tables small enough to work out by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from competences.scoring.raters import HALF, raters


def table(given, items=("a", "b", "c", "d")):
    """Rows from {subject: {rater: levels in item order}}."""
    return [
        (subject, rater, item, float(level))
        for subject, levels in given.items()
        for rater, row in levels.items()
        for item, level in zip(items, row, strict=False)
    ]


def test_a_strict_member_lies_below_the_others_on_the_same_candidates():
    found = raters(table({"P": {"x": [2, 2], "y": [3, 3]}, "Q": {"x": [3, 3], "y": [4, 4], "z": [5, 5]}}))
    assert found["x"].plain_deviation == pytest.approx((-1 + -1.5) / 2)
    assert found["x"].deviation == pytest.approx(-1.25 * 2 / (2 + HALF))
    assert found["x"].mean == 2.5


def test_somebody_who_scored_alone_has_no_deviation():
    found = raters(table({"P": {"x": [2]}, "Q": {"y": [4]}}))
    assert found["x"].deviation is None
    assert found["x"].others_spread is None


def test_a_flat_profile_is_a_halo_and_a_straight_line():
    found = raters(
        table({"P": {"x": [4, 4, 4, 4], "y": [2, 3, 4, 5]}, "Q": {"x": [2, 2, 2, 2], "y": [1, 2, 3, 4]}})
    )
    assert found["x"].halo == 0
    assert found["x"].others_halo == pytest.approx(1.25**0.5)
    assert (found["x"].straight, found["x"].long) == (2, 2)
    assert found["y"].straight == 0
    assert found["x"].spread == 1  # a flat profile is not central tendency


def test_equal_levels_on_few_criteria_are_no_straight_line():
    assert raters(table({"P": {"x": [3, 3, 3], "y": [2, 3, 4]}}))["x"].long == 0


def test_without_criteria_there_is_no_halo():
    assert raters([("P", "x", "", 3.0), ("Q", "x", "", 4.0)])["x"].halo is None


rows = st.dictionaries(
    st.tuples(st.sampled_from("PQRS"), st.sampled_from("xyz"), st.sampled_from("ab")),
    st.integers(1, 5),
    min_size=1,
)


@settings(max_examples=50)
@given(rows, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(given_levels, random):
    listed = [(*key, float(level)) for key, level in given_levels.items()]
    found = raters(listed)
    random.shuffle(listed)
    again = raters(listed)
    for name, one in found.items():
        assert one.plain_deviation == pytest.approx(again[name].plain_deviation)
        assert one.halo == pytest.approx(again[name].halo)


@settings(max_examples=50)
@given(rows)
def test_a_candidate_whom_one_member_alone_scored_changes_nobodys_deviation(given_levels):
    listed = [(*key, float(level)) for key, level in given_levels.items()]
    found, more = raters(listed), raters([*listed, ("new", "x", "a", 5.0)])
    for name, one in found.items():
        assert one.plain_deviation == pytest.approx(more[name].plain_deviation)
