"""Ratings as columns."""

import numpy as np
import pytest

from competences.scoring.ratings import Ratings

ROWS = [
    ("Bo", "Rita", "E1", 4.0),
    ("Bo", "Rita", "E2", 5.0),
    ("Ada", "Rita", "E1", 2.0),
    ("Ada", "Sam", "E1", None),
    ("Bo", "Sam", "E2", 3.0),
]


@pytest.mark.parametrize("rows", [ROWS, ROWS[::-1]])
def test_the_order_of_rows_does_not_matter(rows):
    ratings = Ratings.of(rows)
    assert (ratings.subjects, ratings.raters, ratings.items) == (("Ada", "Bo"), ("Rita", "Sam"), ("E1", "E2"))
    assert ratings.level.tolist() == [2, 4, 5, 3]
    assert ratings.subject.tolist() == [0, 1, 1, 1]


def test_the_matrix_holds_means_over_items_and_gaps_stay_gaps():
    assert Ratings.of(ROWS).matrix() == pytest.approx(np.array([[2, np.nan], [4.5, 3]]), nan_ok=True)


def test_nobody_rates_the_same_thing_twice():
    with pytest.raises(ValueError, match="two ratings of Bo by Rita on E1"):
        Ratings.of([*ROWS, ("Bo", "Rita", "E1", None)])


def test_without_items_there_are_none_and_no_rows_are_no_ratings():
    assert Ratings.of([("Ada", "Rita", "", 3.0)]).items == ()
    assert Ratings.of([]).matrix().shape == (0, 0)
