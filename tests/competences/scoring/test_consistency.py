"""Internal consistency against the psych manual, and by hand."""

import pytest

from competences.scoring.consistency import consistency
from competences.scoring.undefined import Undefined
from tests.competences.scoring.cases import case, matrix


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
    for rows in ([[1, 2], [2, 2], [3, 2]], [[1, 2], [2, 3]], [[1, 3], [2, 2], [3, 1]]):
        with pytest.raises(Undefined):
            consistency(matrix(rows))
    assert consistency(matrix([[1, 1, 2], [2, 2, 3], [3, 3, 5]])).lambda_6 is None
