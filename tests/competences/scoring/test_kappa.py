"""Agreement beyond chance against published figures."""

import math
from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from competences.scoring.alpha import krippendorff
from competences.scoring.kappa import WEIGHTINGS, ac2, conger, fleiss, light, weighted_kappa
from competences.scoring.undefined import Undefined
from tests.competences.scoring.cases import case, matrix

# Fleiss (1971), Psychological Bulletin 76: thirty patients, a diagnosis 1 to 5 by each of six psychiatrists.
DIAGNOSES = matrix([[int(digit) for digit in str(row)] for row in (
    444444, 222555, 233335, 555555, 222444, 113333, 333355, 113334, 114444, 555555,
    144444, 124444, 222333, 144444, 224445, 333335, 111455, 111112, 224444, 133555,
    555555, 244444, 224555, 114444, 144445, 222224, 111155, 224444, 133333, 555555,
)])  # fmt: skip


def from_table(counts):
    """One row per candidate from a table of two members' categories."""
    return np.array(
        [
            (row, column)
            for row, line in enumerate(counts)
            for column, count in enumerate(line)
            for _ in range(count)
        ],
        dtype=float,
    )


def test_gwets_two_abstractors():
    # Gwet (2014), example of the irrCAC documentation.
    rows = from_table([[13, 0, 0], [0, 20, 7], [0, 4, 56]])
    found = ac2(rows, [0, 1, 2], "identity")
    assert (found.value, found.low, found.high) == pytest.approx((0.84933, 0.76358, 0.93508), abs=1e-4)
    assert (found.observed, found.chance) == pytest.approx((0.89, 0.26992), abs=1e-4)
    assert ac2(rows, [0, 1, 2], "quadratic").value == pytest.approx(0.94024, abs=1e-4)


def test_gwets_four_raters_with_missing_levels():
    # Gwet (2014), twelve units; AC1 and its interval as the documentation of irrCAC prints them.
    rows = matrix([
        [1, 1, None, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4],
        [4, 4, 4, 4], [1, 1, 2, 1], [2, 2, 2, 2], [None, 5, 5, 5], [None, None, 1, 1], [None, 3, None, None],
    ])  # fmt: skip
    found = ac2(rows, range(1, 6), "identity")
    assert (found.value, found.low, found.high) == pytest.approx((0.77544, 0.46081, 1), abs=1e-5)
    assert (found.observed, found.chance) == pytest.approx((0.81818, 0.19032), abs=1e-5)
    assert ac2(rows, range(1, 6), "identity", 0.8).low > found.low
    # With other weights as irrCAC 0.4.4 works them out.
    assert ac2(rows, range(1, 6), "linear").value == pytest.approx(0.85874, abs=1e-5)
    assert ac2(rows, range(1, 6), "quadratic").value == pytest.approx(0.91400, abs=1e-5)


def test_case_14_gwets_abstractors():
    found = case("14")
    rows, expected = from_table(found["data"]["counts"]), found["expected"]
    one = ac2(rows, [0, 1, 2], "identity")
    assert [one.value, one.low, one.high] == pytest.approx(
        [expected["ac1"], *expected["ac1_ci"]], abs=found["tolerance"]
    )
    assert (one.observed, one.chance) == pytest.approx(
        (expected["pa"], expected["pe"]), abs=found["tolerance"]
    )
    assert ac2(rows, [0, 1, 2], "quadratic").value == pytest.approx(
        expected["ac2_quadratic"], abs=found["tolerance"]
    )


def test_thirty_patients_of_fleiss():
    # Fleiss (1971): kappa .430, by category .245 .245 .520 .471 .566; Conger (1980): .442 where each has own habits.
    kappa = fleiss(DIAGNOSES, range(1, 6))
    assert (round(kappa.value, 3), round(kappa.z, 2)) == (0.430, 17.65)
    assert [round(value, 3) for value in kappa.categories] == [0.245, 0.245, 0.520, 0.471, 0.566]
    assert [round(z, 2) for z in kappa.category_z] == [5.19, 5.19, 11.03, 9.99, 12.01]
    assert round(conger(DIAGNOSES, range(1, 6)), 3) == 0.442
    assert round(light(DIAGNOSES, range(1, 6)), 3) == 0.459


def test_a_level_that_nobody_gave_leaves_the_others_as_they_are():
    narrow, wide = fleiss(DIAGNOSES, range(1, 6)), fleiss(DIAGNOSES, range(7))
    assert (wide.value, wide.z) == pytest.approx((narrow.value, narrow.z))
    assert wide.categories == (None, *narrow.categories, None)
    assert wide.category_z == (None, *narrow.category_z, None)


def test_fleiss_and_krippendorff_differ_by_a_known_sample_size_term():
    kappa, alpha = fleiss(DIAGNOSES, range(1, 6)).value, krippendorff(DIAGNOSES, "nominal").value
    assert alpha == pytest.approx(kappa + (1 - kappa) / DIAGNOSES.size)


def test_case_08_thirty_patients_of_fleiss():
    found = case("08")
    rows, expected, within = matrix(found["data"]["ratings"]), found["expected"], found["tolerance"]
    kappa = fleiss(rows, range(1, 6))
    assert (kappa.value, kappa.z) == pytest.approx((expected["fleiss_kappa"], expected["z"]), abs=within)
    assert kappa.categories == pytest.approx(expected["per_category"], abs=within)
    assert kappa.category_z == pytest.approx(expected["per_category_z"], abs=within)
    assert conger(rows, range(1, 6)) == pytest.approx(expected["conger_exact"], abs=within)
    assert light(rows, range(1, 6)) == pytest.approx(expected["light"], abs=within)


def test_cohens_two_diagnosticians():
    # Cohen (1968), Psychological Bulletin 70: .492 without weights.
    rows = from_table([[44, 5, 1], [7, 20, 3], [9, 5, 6]])
    assert round(weighted_kappa(rows[:, 0], rows[:, 1], range(3), "identity"), 3) == 0.492


def test_weighted_kappa_by_hand():
    # Observed 0.5 + 0.5 * 0.5 with linear weights on three steps; chance from margins 1/2, 1/2, 0 and 1/2, 0, 1/2.
    one, other = [1, 2, 1, 2], [1, 3, 1, 3]
    assert weighted_kappa(one, other, [1, 2, 3], "identity") == pytest.approx((0.5 - 0.25) / 0.75)
    chance = 0.25 * (1 + 0 + 0.5 + 0.5)
    assert weighted_kappa(one, other, [1, 2, 3], "linear") == pytest.approx((0.75 - chance) / (1 - chance))


def test_weights_span_the_declared_scale_and_not_only_what_was_used():
    rows = matrix([[1, 2], [2, 1], [1, 1], [2, 2], [2, 1]])
    assert ac2(rows, range(1, 6), "linear").value > ac2(rows, (1, 2), "linear").value


def test_missing_levels_are_left_out_of_pairs_and_not_of_what_is_usual():
    rows = matrix([[1, 1, None], [2, 2, 2], [3, None, None], [1, None, 1], [3, 3, 3]])
    assert ac2(rows, (1, 2, 3), "identity").value == pytest.approx(1)


def test_nothing_to_compare_is_undefined():
    with pytest.raises(Undefined):
        ac2(matrix([[1, None], [None, 2]]), (1, 2, 3), "identity")
    with pytest.raises(Undefined):
        weighted_kappa([3, 3], [3, 3], (1, 2, 3), "linear")
    with pytest.raises(Undefined):
        fleiss(matrix([[1, 1], [1, 1]]), (1, 2))
    with pytest.raises(Undefined):
        weighted_kappa([3, 3], [3, 3], (3,), "linear")
    with pytest.raises(Undefined, match="two candidates"):
        ac2(matrix([[3, 4]]), (1, 2, 3, 4), "identity")
    for work in (fleiss, conger, light):
        for rows in (matrix([[1], [2]]), np.empty((0, 0))):
            with pytest.raises(Undefined):
                work(rows, (1, 2))
    with pytest.raises(ValueError, match="weighting"):
        ac2(matrix([[1, 1], [2, 2]]), (1, 2), "cubic")


def test_case_46_degenerate_panels():
    cases = case("46")["data"]["cases"]
    for name in ("one_rater", "no_overlap", "empty"):
        rows = matrix(cases[name]) if cases[name] else np.empty((0, 0))
        for work in (lambda rows: ac2(rows, range(1, 6), "identity"), lambda rows: light(rows, range(1, 6))):
            with pytest.raises(Undefined):
                work(rows)
    perfect = matrix(cases["perfect"])
    assert weighted_kappa(perfect[:, 0], perfect[:, 1], range(1, 6), "linear") == 1
    assert fleiss(perfect, range(1, 6)).value == conger(perfect, range(1, 6)) == 1


tables = st.tuples(st.integers(3, 6), st.integers(2, 4)).flatmap(
    lambda shape: arrays(float, shape, elements=st.sampled_from([1.0, 2, 3, 4, 5, np.nan]))
)
SCALE = range(1, 6)
STATISTICS = {
    **{name: lambda rows, name=name: astuple(ac2(rows, SCALE, name)) for name in WEIGHTINGS},
    "fleiss": lambda rows: (fleiss(rows, SCALE).value, fleiss(rows, SCALE).z),
    "conger": lambda rows: (conger(rows, SCALE),),
    "light": lambda rows: (light(rows, SCALE, "linear"),),
}


def attempt(work, rows):
    try:
        return work(rows)
    except Undefined:
        return None


@pytest.mark.parametrize("name", STATISTICS)
@settings(max_examples=30, deadline=None)
@given(rows=tables, random=st.randoms(use_true_random=False))
def test_the_order_of_candidates_and_members_changes_nothing(name, rows, random):
    places, seats = list(range(rows.shape[0])), list(range(rows.shape[1]))
    random.shuffle(places)
    random.shuffle(seats)
    found, again = attempt(STATISTICS[name], rows), attempt(STATISTICS[name], rows[places][:, seats])
    assert (found is None) == (again is None)
    if found:
        assert found == pytest.approx(again)
        assert all(math.isfinite(value) for value in found)
        assert found[0] <= 1 + 1e-9
