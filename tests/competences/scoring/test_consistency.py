"""Internal consistency against the psych manual, and by hand."""

from dataclasses import astuple

import numpy as np
import pytest

from competences.scoring.consistency import consistency
from competences.scoring.undefined import Undefined
from tests.competences.scoring.cases import case, matrix

# R's data set attitude (Chatterjee & Price 1977): thirty departments, seven questions, per cent.
ATTITUDE = matrix([
    [43, 51, 30, 39, 61, 92, 45], [63, 64, 51, 54, 63, 73, 47], [71, 70, 68, 69, 76, 86, 48],
    [61, 63, 45, 47, 54, 84, 35], [81, 78, 56, 66, 71, 83, 47], [43, 55, 49, 44, 54, 49, 34],
    [58, 67, 42, 56, 66, 68, 35], [71, 75, 50, 55, 70, 66, 41], [72, 82, 72, 67, 71, 83, 31],
    [67, 61, 45, 47, 62, 80, 41], [64, 53, 53, 58, 58, 67, 34], [67, 60, 47, 39, 59, 74, 41],
    [69, 62, 57, 42, 55, 63, 25], [68, 83, 83, 45, 59, 77, 35], [77, 77, 54, 72, 79, 77, 46],
    [81, 90, 50, 72, 60, 54, 36], [74, 85, 64, 69, 79, 79, 63], [65, 60, 65, 75, 55, 80, 60],
    [65, 70, 46, 57, 75, 85, 46], [50, 58, 68, 54, 64, 78, 52], [50, 40, 33, 34, 43, 64, 33],
    [64, 61, 52, 62, 66, 80, 41], [53, 66, 52, 50, 63, 80, 37], [40, 37, 42, 58, 50, 57, 49],
    [63, 54, 42, 48, 66, 75, 33], [66, 77, 66, 63, 88, 76, 72], [78, 75, 58, 74, 80, 78, 49],
    [48, 57, 44, 45, 51, 83, 38], [85, 85, 71, 71, 77, 74, 55], [82, 82, 39, 59, 64, 78, 39],
])  # fmt: skip


def test_the_attitude_data_of_the_psych_manual():
    # alpha(attitude): raw .84, standardised .84, G6 .88, average r .43.
    found = consistency(ATTITUDE)
    figures = (found.raw_alpha, found.standardised_alpha, found.lambda_6, found.mean_correlation)
    assert [round(figure, 2) for figure in figures] == [0.84, 0.84, 0.88, 0.43]


def test_the_order_of_candidates_and_criteria_changes_nothing():
    found, again = consistency(ATTITUDE), consistency(ATTITUDE[::-1, [3, 0, 6, 1, 5, 2, 4]])
    assert astuple(found) == pytest.approx(astuple(again))


def test_rows_with_a_gap_are_left_out():
    gap = matrix([[None, 51, 30, 39, 61, 92, 45]])
    assert consistency(np.vstack((ATTITUDE, gap))) == consistency(ATTITUDE)


def test_case_19_the_attitude_data():
    found = case("19")
    result, expected = consistency(matrix(found["data"]["scores"])), found["expected"]
    assert (
        result.raw_alpha,
        result.standardised_alpha,
        result.lambda_6,
        result.mean_correlation,
    ) == pytest.approx(
        (expected["raw_alpha"], expected["std_alpha"], expected["guttman_l6"], expected["mean_interitem_r"]),
        abs=found["tolerance"],
    )


def test_alpha_by_hand():
    # Variances 1 and 1, sum 2, 3, 5 with variance 7/3: alpha = 2 * (1 - 2 / (7/3)).
    found = consistency(matrix([[1, 1], [2, 1], [3, 2], [None, 5]])[[0, 1, 2]])
    assert found.raw_alpha == pytest.approx(2 * (1 - (1 + 1 / 3) / (7 / 3)))


def test_what_cannot_be_related_says_so():
    for rows in (
        [[1, 2], [2, 2], [3, 2]],
        [[1, 2], [2, 3]],
        [[1, 3], [2, 2], [3, 1]],
        [[1, 6], [2, 4], [3, 2]],
    ):
        with pytest.raises(Undefined):
            consistency(matrix(rows))
    assert consistency(matrix([[1, 1, 2], [2, 2, 3], [3, 3, 5]])).lambda_6 is None
