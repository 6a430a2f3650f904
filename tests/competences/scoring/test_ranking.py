"""Ranges, possible ranks and chances: known answers, and what must hold whatever the scores."""

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from competences.scoring.additive import fitted
from competences.scoring.ranking import largest_difference, order_of, other_weights, ranking, without_each
from competences.scoring.undefined import Undefined

NAN = math.nan
# Montgomery, Design and Analysis of Experiments, randomised blocks: the hardness testing example, coded;
# four tips (here candidates) on four coupons (members). SSE 8.00 with 9 degrees of freedom, MSE 0.89.
HARDNESS = np.array([[-2, -1, 1, 5], [-1, -2, 3, 4], [-3, -1, 0, 2], [2, 1, 5, 7]], dtype=float)


def test_the_noise_of_a_complete_table_is_the_published_mean_square():
    fit = fitted(HARDNESS)
    assert fit.df == 9
    assert fit.noise == pytest.approx(8 / 9)
    assert fit.levels == pytest.approx(HARDNESS.mean(axis=1))
    assert fit.difference_se(0, 1) == pytest.approx(math.sqrt(2 * 8 / 9 / 4))


def test_a_range_is_the_students_interval_around_the_mean():
    place = ranking(HARDNESS, confidence=0.95).places[0]
    assert place.mean == pytest.approx(0.75)
    assert place.se == pytest.approx(math.sqrt(8 / 9 / 4))
    assert place.wide[1] - place.mean == pytest.approx(2.262157 * place.se, rel=1e-5)  # t(.975; 9), any table
    assert place.likely[1] - place.mean == pytest.approx(0.702722 * place.se, rel=1e-5)  # t(.75; 9)


def test_strictness_is_evened_out_where_a_strict_member_missed_somebody():
    # The second member gives one level less throughout, and did not see the last candidate.
    matrix = np.array([[3, 2], [4, 3], [5, 4.2], [2, 0.8], [4, NAN]])
    fit = fitted(matrix)
    assert fit.mildness[0] - fit.mildness[1] == pytest.approx(1)
    assert fit.levels[4] == pytest.approx(3.5)
    assert ranking(matrix).places[4].mean == 4
    assert fit.factors[4] > fit.factors[0]


@pytest.mark.parametrize(
    ("matrix", "why"),
    [
        ([[3, 4, 5]], "two candidates"),
        ([[3], [4]], "two members"),
        ([[3, NAN], [4, NAN], [NAN, 2], [NAN, 5]], "no candidate in common"),
        ([[3, NAN], [4, 4]], "Too few candidates"),
        ([[3, 4], [4, 5], [1, 2]], "nothing but strictness"),
    ],
)
def test_what_cannot_be_compared_says_why(matrix, why):
    with pytest.raises(Undefined, match=why):
        ranking(np.array(matrix, dtype=float))


def test_a_clear_leader_stands_alone_and_the_rest_together():
    found = ranking(
        np.array([[4.9, 5.0, 4.8], [3.0, 3.3, 3.1], [3.1, 2.9, 3.2], [3.2, 3.1, 3.0], [2.9, 3.2, 3.1]])
    )
    assert found.groups[0] == (0,)
    assert set(found.groups[1]) == {1, 2, 3, 4}
    assert (found.places[0].rank_low, found.places[0].rank_high) == (1, 1)
    assert found.places[0].top[0] > 0.99


def test_close_scores_leave_everything_open():
    found = ranking(np.array([[3, 4, 3], [4, 3, 3], [3, 3, 4], [4, 4, 3], [3, 3, 3.5]]))
    assert len(found.groups) == 1
    assert all(place.rank_high - place.rank_low >= 3 for place in found.places)
    assert max(place.top[0] for place in found.places) < 0.6


def test_the_largest_difference_by_chance_is_the_studentised_range():
    # Upper 5 % points of the studentised range, any printed table: q(3; 10) 3.88, q(6; 20) 4.45, q(2; 10) 3.15.
    for count, df, q in ((3, 10, 3.88), (6, 20, 4.45), (2, 10, 3.15)):
        assert largest_difference(count, df, 0.95, draws=200_000) * 2**0.5 == pytest.approx(q, abs=0.04)


def test_candidates_who_do_not_differ_are_seldom_told_apart():
    random = np.random.default_rng(5)
    panels = [ranking(random.normal(3, 0.4, (12, 4)), draws=50) for _panel in range(200)]
    assert sum(len(found.groups) > 1 for found in panels) <= 40  # 20 are meant; two by two it would be 160


def test_candidates_with_the_same_levels_have_the_same_chances():
    found = ranking(np.array([[3, 4], [4, 3], [4.5, 5], [2, 1], [1, 2.5]]))
    assert found.places[0].top == found.places[1].top


levels = st.integers(1, 5).map(float)


@st.composite
def tables(draw, least=3):
    shape = draw(st.tuples(st.integers(least, 7), st.integers(2, 4)))
    return draw(arrays(float, shape, elements=levels))


def attempt(matrix):
    try:
        return ranking(matrix, draws=400)
    except Undefined:
        return None


@settings(max_examples=60, deadline=None)
@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_candidates_and_members_changes_nothing(matrix, random):
    found = attempt(matrix)
    rows, columns = list(range(matrix.shape[0])), list(range(matrix.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)
    again = attempt(matrix[rows][:, columns])
    assert (found is None) == (again is None)
    if found and again:
        for place, row in zip(again.places, rows, strict=True):
            assert place.top == pytest.approx(found.places[row].top, abs=1e-9)
            assert (place.rank_low, place.rank_high) == (
                found.places[row].rank_low,
                found.places[row].rank_high,
            )


@settings(max_examples=60, deadline=None)
@given(tables())
def test_chances_to_be_among_the_first_k_sum_to_k(matrix):
    if found := attempt(matrix):
        for k in range(matrix.shape[0]):
            assert sum(place.top[k] for place in found.places) == pytest.approx(k + 1)
        assert all(list(place.top) == sorted(place.top) for place in found.places)
        assert sorted(row for group in found.groups for row in group) == list(range(matrix.shape[0]))


@settings(max_examples=40, deadline=None)
@given(tables(), st.floats(-3, 3))
def test_moving_every_level_moves_no_rank(matrix, by):
    found, again = attempt(matrix), attempt(matrix + by)
    if found and again:
        assert [place.rank_low for place in found.places] == [place.rank_low for place in again.places]
        assert found.groups == again.groups


def test_chances_hardly_depend_on_where_the_draws_start():
    matrix = np.array([[3.2, 4.1, 3.6], [4.0, 3.1, 3.3], [3.0, 3.4, 4.0], [4.2, 4.4, 3.9], [2.0, 2.6, 2.4]])
    one, other = ranking(matrix, seed=1), ranking(matrix, seed=2)
    for a, b in zip(one.places, other.places, strict=True):
        assert a.top == pytest.approx(b.top, abs=0.04)
    assert ranking(matrix) == ranking(matrix)


def test_equal_levels_share_the_better_rank():
    assert order_of([3.0, 4.0, 4.0, 1.0]) == [3, 1, 1, 4]


def test_the_order_without_a_member_is_the_others_own():
    matrix = np.array([[5, 1, 2], [1, 5, 4.0]])
    assert without_each(matrix) == [[2, 1], [1, 2], [1, 1]]
    assert without_each(np.array([[5, NAN], [NAN, 3.0]])) == [None, None]


def test_without_the_only_link_there_is_no_order_and_with_the_others_there_is():
    linked = np.array([[3, 4, NAN], [2, 3, NAN], [NAN, 3, 4], [NAN, 2, 2.0]])
    assert [ranks is None for ranks in without_each(linked)] == [False, True, False]
    more = np.column_stack((linked, [3, 3, 4, 2.0]))
    assert [ranks is None for ranks in without_each(more)] == [False, False, False, False]


def test_other_weights_move_only_what_depends_on_them():
    # The first is best on everything; the second and third differ by which criterion counts more.
    found = other_weights(np.array([[5, 5], [3, 4], [4, 3.0]]), np.array([1.0, 1.0]))
    assert found.leader_stays == 1
    assert found.ranks == ((1, 1), (2, 3), (2, 3))
    assert other_weights(np.array([[5, NAN], [3, 4]]), np.array([1.0, 2.0])).leader_stays == 1


def test_every_rank_is_given_once_a_draw():
    found = ranking(HARDNESS, draws=1000)
    firsts = Counter()
    for row, place in enumerate(found.places):
        firsts[row] = place.top[0]
    assert sum(firsts.values()) == pytest.approx(1)
