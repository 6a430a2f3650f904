"""Krippendorff's alpha against his own worked examples."""

from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from competences.scoring.alpha import METRICS, krippendorff
from competences.scoring.undefined import Undefined
from tests.competences.scoring.cases import case, matrix

# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, data C: observers by units.
DATA_C = matrix([
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]).T  # fmt: skip


@pytest.mark.parametrize(
    ("metric", "value"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_four_observers_with_missing_levels(metric, value):
    found = krippendorff(DATA_C, metric)
    assert round(found.value, 3) == value
    assert found.low < value < found.high <= 1


def test_case_04_to_all_its_digits():
    found = case("04")
    rows = matrix(found["data"]["raters_by_units"]).T
    for metric, value in found["expected"].items():
        assert krippendorff(rows, metric).value == pytest.approx(value, abs=found["tolerance"])


def test_two_observers_on_a_binary_scale():
    # Krippendorff (2011), data A: ten units, alpha 0.095.
    rows = matrix([[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]).T
    assert round(krippendorff(rows, "nominal").value, 3) == 0.095


def test_two_observers_on_five_nominal_values():
    # Krippendorff (2011), data B: twelve units, alpha 0.692.
    one, other = "aabbdcccedda", "babbbccceddd"
    rows = np.array([[ord(x), ord(y)] for x, y in zip(one, other, strict=True)], dtype=float)
    assert round(krippendorff(rows, "nominal").value, 3) == 0.692


def test_a_wider_interval_holds_the_narrower_one_and_a_start_repeats():
    wide, narrow = krippendorff(DATA_C, "ordinal"), krippendorff(DATA_C, "ordinal", 0.5)
    assert wide.low < narrow.low < narrow.high < wide.high
    assert krippendorff(DATA_C, "ordinal") == wide != krippendorff(DATA_C, "ordinal", seed=1)


@pytest.mark.parametrize("metric", METRICS)
def test_a_candidate_whom_one_member_scored_drops_out(metric):
    assert krippendorff(np.vstack((DATA_C, matrix([[5, None, None, None]]))), metric) == krippendorff(
        DATA_C, metric
    )


def test_levels_between_the_steps_are_values_of_their_own():
    # Four values, 1.5, 2, 3, 3: one pair lies 0.5 apart, two 1.5 and two 1.
    rows = matrix([[1.5, 2], [3, 3]])
    pairs = 0.5**2 + 2 * 1.5**2 + 2 * 1**2
    assert krippendorff(rows, "interval").value == pytest.approx(1 - 3 * (2 * 0.5**2) / (2 * pairs))
    assert krippendorff(rows, "nominal").value == pytest.approx(1 - 3 * 2 / (2 * 5))


def test_zero_has_a_place_on_a_ratio_scale():
    # Distances ((a - b) / (a + b))²: 0 to 1 is 1, 1 to 3 is 1/4, 0 to 3 is 1, 0 to 0 is 0.
    rows = matrix([[0, 0], [1, 3]])
    assert krippendorff(rows, "ratio").value == pytest.approx(1 - 3 * (2 * 0.25) / (2 * (4 * 1 + 0.25)))


@pytest.mark.parametrize(
    "rows", [[[3], [4], [5]], [[3, None], [None, 4], [5, None]], [[4, 4], [4, 4], [4, 4]], [[4, 4, 4]]]
)
@pytest.mark.parametrize("metric", METRICS)
def test_too_little_to_compare_says_why(rows, metric):
    with pytest.raises(Undefined, match=r"\.$"):
        krippendorff(matrix(rows), metric)


def test_case_46_degenerate_panels():
    cases = case("46")["data"]["cases"]
    for name in ("one_rater", "all_identical", "no_overlap", "empty"):
        with pytest.raises(Undefined):
            krippendorff(matrix(cases[name]) if cases[name] else np.empty((0, 0)), "interval")
    assert all(krippendorff(matrix(cases["perfect"]), metric).value == 1 for metric in METRICS)


def test_perfect_agreement_is_one_and_nothing_to_compare_is_undefined():
    assert astuple(krippendorff(matrix([[1, 1], [2, 2], [3, 3]]), "ordinal")) == pytest.approx((1, 1, 1))
    for rows in ([[4, 4], [4, 4]], [[3, None], [None, 4]]):
        with pytest.raises(Undefined):
            krippendorff(matrix(rows), "interval")
    with pytest.raises(ValueError, match="metric"):
        krippendorff(DATA_C, "circular")


tables = st.tuples(st.integers(3, 6), st.integers(2, 4)).flatmap(
    lambda shape: arrays(float, shape, elements=st.sampled_from([1.0, 2, 3, 4, 5, np.nan]))
)


def attempt(rows, metric):
    try:
        return krippendorff(rows, metric, replicates=100)
    except Undefined:
        return None


@settings(max_examples=40, deadline=None)
@given(tables, st.randoms(use_true_random=False), st.sampled_from(METRICS))
def test_the_order_of_candidates_and_members_changes_nothing(rows, random, metric):
    places, seats = list(range(rows.shape[0])), list(range(rows.shape[1]))
    random.shuffle(places)
    random.shuffle(seats)
    found, again = attempt(rows, metric), attempt(rows[places][:, seats], metric)
    assert (found is None) == (again is None)
    if found:
        assert astuple(found) == pytest.approx(astuple(again))


@settings(max_examples=40, deadline=None)
@given(tables, st.integers(-4, 4))
def test_moving_all_levels_changes_no_distance(rows, by):
    for metric in ("nominal", "ordinal", "interval"):
        found, again = attempt(rows, metric), attempt(rows + by, metric)
        if found:
            assert astuple(found) == pytest.approx(astuple(again))
            assert found.value <= 1 + 1e-9
