"""Agreement beyond chance against published figures."""

import numpy as np
import pytest

from competences.scoring.kappa import ac2, conger, fleiss, light, weighted_kappa
from competences.scoring.undefined import Undefined
from tests.competences.scoring.cases import case, matrix


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


def test_case_08_thirty_patients_of_fleiss():
    found = case("08")
    rows, expected, within = matrix(found["data"]["ratings"]), found["expected"], found["tolerance"]
    kappa = fleiss(rows, range(1, 6))
    assert (kappa.value, kappa.z) == pytest.approx((expected["fleiss_kappa"], expected["z"]), abs=within)
    assert kappa.categories == pytest.approx(expected["per_category"], abs=within)
    assert kappa.category_z == pytest.approx(expected["per_category_z"], abs=within)
    assert conger(rows, range(1, 6)) == pytest.approx(expected["conger_exact"], abs=within)
    assert light(rows, range(1, 6)) == pytest.approx(expected["light"], abs=within)


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
    with pytest.raises(ValueError, match="weighting"):
        ac2(matrix([[1, 1], [2, 2]]), (1, 2), "cubic")
