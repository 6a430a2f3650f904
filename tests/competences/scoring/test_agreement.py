"""Agreement against published figures, and what must hold whatever the levels."""

import math
from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from competences.scoring.agreement import (
    icc,
    kendall_w,
    mean_squares,
    r_wg,
    raters_needed,
    spearman_brown,
    within_one,
)
from competences.scoring.undefined import Undefined
from tests.competences.scoring.cases import case, matrix

NAMES = {"ICC1": "1,1", "ICC2": "A,1", "ICC3": "C,1", "ICC1k": "1,k", "ICC2k": "A,k", "ICC3k": "C,k"}
# Shrout & Fleiss (1979), Psychological Bulletin 86, tables 2 to 4.
SHROUT_FLEISS = matrix([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]])


def test_icc_of_shrout_and_fleiss():
    published = {"1,1": 0.17, "A,1": 0.29, "C,1": 0.71, "1,k": 0.44, "A,k": 0.62, "C,k": 0.91}
    assert {form: round(row.value, 2) for form, row in icc(SHROUT_FLEISS).items()} == published
    squares = mean_squares(SHROUT_FLEISS)
    published_squares = (11.24, 32.49, 6.26, 1.02)
    assert (squares.rows, squares.columns, squares.within, squares.error) == pytest.approx(
        published_squares, abs=0.005
    )


def test_intervals_of_shrout_and_fleiss():
    # As R's psych::ICC prints them for these data.
    printed = {
        "1,1": (-0.133, 0.723), "A,1": (0.019, 0.761), "C,1": (0.342, 0.946),
        "1,k": (-0.884, 0.912), "A,k": (0.071, 0.927), "C,k": (0.676, 0.986),
    }  # fmt: skip
    for form, row in icc(SHROUT_FLEISS).items():
        assert (row.low, row.high) == pytest.approx(printed[form], abs=0.0006)


def test_a_wider_interval_holds_the_narrower_one():
    for form, wide in icc(SHROUT_FLEISS, 0.95).items():
        narrow = icc(SHROUT_FLEISS, 0.8)[form]
        assert wide.low < narrow.low < narrow.value < narrow.high < wide.high


def test_eight_wines_and_four_judges():
    # The example of Real Statistics and of the pingouin documentation.
    wines = matrix([
        [1, 2, 0, 1], [1, 3, 3, 2], [3, 8, 1, 4], [6, 4, 3, 3], [6, 5, 5, 6], [7, 5, 6, 2], [8, 7, 7, 9], [9, 9, 9, 8],
    ])  # fmt: skip
    published = {"1,1": 0.728, "A,1": 0.728, "C,1": 0.729, "1,k": 0.914, "A,k": 0.914, "C,k": 0.915}
    assert {form: round(row.value, 3) for form, row in icc(wines).items()} == published


def test_case_01_shrout_fleiss_with_intervals():
    found = case("01")
    forms = icc(matrix(found["data"]["ratings"]))
    for name, form in NAMES.items():
        assert forms[form].value == pytest.approx(found["expected"]["exact"][name], abs=found["tolerance"])
    for name, ends in found["expected"]["ci95"].items():
        form = NAMES[name.replace("_1", "").replace("_", "")]
        assert (forms[form].low, forms[form].high) == pytest.approx(ends, abs=found["tolerance"])


def test_case_03_wine_of_the_pingouin_documentation():
    found = case("03")
    for name, value in found["expected"].items():
        assert icc(matrix(found["data"]["ratings"]))[NAMES[name]].value == pytest.approx(
            value, abs=found["tolerance"]
        )


@pytest.mark.parametrize("name", ["one_rater", "one_target", "all_identical", "no_overlap", "empty"])
def test_case_46_what_is_not_estimable_says_why(name):
    rows = case("46")["data"]["cases"][name]
    with pytest.raises(Undefined, match=r"\.$"):
        icc(matrix(rows) if rows else np.empty((0, 0)))


def test_case_46_a_constant_member_leaves_no_absolute_agreement_and_perfect_is_one():
    cases = case("46")["data"]["cases"]
    assert icc(matrix(cases["constant_rater"]))["A,1"].value == pytest.approx(0, abs=1e-9)
    assert all(astuple(row) == (1, 1, 1) for row in icc(matrix(cases["perfect"])).values())


@pytest.mark.parametrize(
    "rows", [[[3], [4], [5]], [[3, 4, 5]], [[4, 4], [4, 4], [4, 4]], [[3, None], [None, 4], [5, None]]]
)
@pytest.mark.parametrize("work", [icc, kendall_w])
def test_too_little_to_compare_says_why(work, rows):
    with pytest.raises(Undefined, match=r"\.$"):
        work(matrix(rows))


# Equal means but for what rounding leaves of them.
ROUNDED = [[1.1, 1.3, 2.7], [1.3, 2.7, 1.1], [2.7, 1.1, 1.3]]


@pytest.mark.parametrize(
    "rows", [[[1, 2], [1, 2], [1, 2]], [[1, 5], [5, 1], [2, 4]], [[4, 3], [3, 4]], ROUNDED]
)
def test_candidates_with_equal_means_leave_nothing_to_tell_apart(rows):
    found = icc(matrix(rows))
    assert found["C,k"] is None
    assert all(row is None or row.value <= 0 for row in found.values())


def test_one_form_without_a_value_takes_no_other_with_it():
    # Mean squares 0, 0, 1 and 1.5: (0 - 1) / 2, (0 - 1.5) / (3 - 1.5) and (0 - 1.5) / 3.
    found = icc(matrix([[1, 2, 3], [2, 3, 1], [3, 1, 2]]))
    assert [round(found[form].value, 4) for form in ("1,1", "A,1", "C,1")] == [-0.5, -1, -0.5]
    assert [found[form] for form in ("1,k", "A,k", "C,k")] == [None] * 3


def test_candidates_who_differ_less_than_chance_have_no_reliability():
    # A,k would be divided by 1/6 + (2/3 - 31/6) / 3, which is below zero.
    rows = matrix([[1, 4], [4, 2], [4, 1]])
    squares = mean_squares(rows)
    assert (squares.rows, squares.columns, squares.error) == pytest.approx((1 / 6, 2 / 3, 31 / 6))
    assert icc(rows)["A,k"] is None
    assert icc(rows)["C,1"].value == pytest.approx((1 / 6 - 31 / 6) / (1 / 6 + 31 / 6))


def test_a_lower_end_without_bound_is_minus_one():
    # Mean squares 3.75, 0.1 and 2.35: A,k = 1.4 / (3.75 - 2.25 / 5).
    found = icc(matrix([[5, 4], [3, 2], [2, 1], [1, 1], [1, 5]]))["A,k"]
    assert found.value == pytest.approx(14 / 33)
    assert (found.low, round(found.high, 3)) == (-1, 0.947)


def test_spearman_brown_of_shrout_and_fleiss():
    # One judge .2898, so four .6201, which is their ICC(2,4); ten reach .80.
    forms = icc(SHROUT_FLEISS)
    assert spearman_brown(forms["A,1"].value, 4) == pytest.approx(forms["A,k"].value)
    assert spearman_brown(0.2897638, 4) == pytest.approx(0.620050571, abs=1e-6)
    assert raters_needed(0.2897638, 0.8) == 10
    assert [raters_needed(0.5, target) for target in (0.5, 2 / 3, 0.75, 0.8)] == [1, 2, 3, 4]
    with pytest.raises(ValueError, match="between 0 and 1"):
        raters_needed(-0.1, 0.8)


def test_case_49_how_many_members_it_takes():
    found = case("49")
    single = found["data"]["icc_single"]
    for k, value in found["expected"]["reliability"].items():
        assert spearman_brown(single, int(k)) == pytest.approx(value, abs=found["tolerance"])
    assert raters_needed(single, found["data"]["target"]) == found["expected"]["raters_needed"] == 10


def test_only_candidates_whom_everybody_scored_count():
    more = np.vstack((SHROUT_FLEISS, matrix([[1, None, 10, 2]])))
    assert icc(more) == icc(SHROUT_FLEISS)
    assert kendall_w(more) == kendall_w(SHROUT_FLEISS)


def test_three_executives_who_rank_six_applicants():
    # Siegel & Castellan (1988), Nonparametric Statistics, ch. 9: W = .16.
    found = kendall_w(matrix([[1, 1, 6], [6, 5, 3], [3, 6, 2], [2, 4, 5], [5, 2, 4], [4, 3, 1]]))
    assert (found.value, found.chi_square, found.p) == pytest.approx((0.1619, 2.4286, 0.7872), abs=1e-4)
    assert (found.df, found.subjects, found.raters) == (5, 6, 3)


def test_case_17_three_executives_of_siegel_and_castellan():
    found = case("17")
    w = kendall_w(matrix(found["data"]["ranks"]))
    expected = found["expected"]
    assert (w.value, w.chi_square, w.df, w.p) == pytest.approx(
        (expected["W"], expected["chi2"], expected["df"], expected["p"]), abs=found["tolerance"]
    )


def test_w_with_ties_by_hand():
    # Two members, ranks 1, 2.5, 2.5, 4 and 1, 2, 3.5, 3.5: sums 2, 4.5, 6, 7.5; S = 16.5;
    # W = 12 S / (4 * 60 - 2 * 12) = 198 / 216.
    assert kendall_w(matrix([[1, 1], [2, 2], [2, 4], [5, 4]])).value == pytest.approx(198 / 216)


def test_w_is_undefined_where_nobody_orders_anybody():
    with pytest.raises(Undefined, match="no orders"):
        kendall_w(matrix([[3, 2], [3, 2], [3, 2]]))


@pytest.mark.parametrize(("ratings", "agreement"), [([3, 3, 3], 1), ([4, 4, 5], 5 / 6), ([1, 5], 0)])
def test_r_wg_by_hand(ratings, agreement):
    assert r_wg(ratings, levels=5) == pytest.approx(agreement)


@pytest.mark.parametrize("ratings", [[3], [], [0, 3], [3, 6]])
def test_r_wg_needs_two_ratings_on_the_scale(ratings):
    with pytest.raises(ValueError, match="two or more"):
        r_wg(ratings, levels=5)


def test_pairs_within_one_level():
    assert within_one(matrix([[3, 4, None], [1, 3, 4]])) == pytest.approx(2 / 4)
    with pytest.raises(Undefined):
        within_one(matrix([[3, None], [None, 4]]))


tables = st.tuples(st.integers(3, 7), st.integers(2, 4)).flatmap(
    lambda shape: arrays(float, shape, elements=st.integers(1, 5).map(float))
)


def attempt(work, rows):
    try:
        return work(rows)
    except Undefined:
        return None


@settings(max_examples=50, deadline=None)
@given(tables, st.randoms(use_true_random=False))
def test_the_order_of_candidates_and_members_changes_nothing(rows, random):
    places, seats = list(range(rows.shape[0])), list(range(rows.shape[1]))
    random.shuffle(places)
    random.shuffle(seats)
    other = rows[places][:, seats]
    found, again = attempt(icc, rows), attempt(icc, other)
    assert (found is None) == (again is None)
    for form in found or {}:
        assert (found[form] is None) == (again[form] is None)
        if found[form]:
            assert astuple(found[form]) == pytest.approx(astuple(again[form]), rel=1e-6, abs=1e-6)
    one, two = attempt(kendall_w, rows), attempt(kendall_w, other)
    assert (one is None) == (two is None)
    if one and two:
        assert one.value == pytest.approx(two.value)
        assert kendall_w(rows + 3).value == pytest.approx(one.value)
    assert within_one(rows) == within_one(other)


@settings(max_examples=50, deadline=None)
@given(tables, st.integers(-3, 3), st.integers(0, 3))
def test_a_stricter_member_changes_agreement_but_not_consistency(rows, by, seat):
    assume(seat < rows.shape[1])
    moved = rows.copy()
    moved[:, seat] += by
    found, again = attempt(icc, rows), attempt(icc, moved)
    if found and again and found["C,1"]:
        assert again["C,1"].value == pytest.approx(found["C,1"].value, abs=1e-6)
        assert attempt(icc, rows + by)["A,1"].value == pytest.approx(found["A,1"].value, abs=1e-6)


@settings(max_examples=50, deadline=None)
@given(tables)
def test_no_coefficient_is_above_one_or_no_number(rows):
    for row in filter(None, (attempt(icc, rows) or {}).values()):
        assert all(math.isfinite(value) for value in astuple(row))
        assert row.value <= 1 + 1e-9
        assert row.low <= row.value + 1e-6
    if w := attempt(kendall_w, rows):
        assert -1e-9 <= w.value <= 1
        assert 0 <= w.p <= 1
