"""Adverse impact against published cases, exact to the last hair, and silent where it would tell of people."""

from decimal import Decimal
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competences.scoring.impact import (
    FEWEST,
    Group,
    Withheld,
    adverse,
    fisher,
    impact,
    impact_ratios,
    selection_rates,
    smallest_attainable,
)
from competences.scoring.undefined import Undefined

# Questions and Answers on the Uniform Guidelines, 44 FR 11996 (1979), question 11.
Q11 = {"White": 0.6, "American Indian": 0.45, "Hispanic": 0.48, "Black": 0.51}


# ── ratios ──


def test_question_11_as_published():
    ratios = impact_ratios(Q11)
    assert {key: float(ratio) for key, ratio in ratios.items()} == pytest.approx(
        {"White": 1, "American Indian": 0.75, "Hispanic": 0.8, "Black": 0.85}, abs=1e-9
    )
    assert [key for key, ratio in ratios.items() if adverse(ratio)] == ["American Indian"]


@pytest.mark.parametrize(
    ("low", "high"),
    [(0.48, 0.60), ("0.48", "0.60"), (Decimal("0.56"), Decimal("0.7")), (Fraction(4, 7), Fraction(5, 7)), (0.72, 0.9)],
)  # fmt: skip
def test_exactly_four_fifths_is_not_adverse_however_the_rates_are_written(low, high):
    ratio = impact_ratios({"low": low, "high": high})["low"]
    assert ratio == Fraction(4, 5)
    assert not adverse(ratio)


def test_a_hair_below_four_fifths_is_adverse():
    assert adverse(impact_ratios({"low": "0.4799999999999999999", "high": "0.6"})["low"])


def test_rates_come_from_counts_and_a_group_of_nobody_has_none():
    assert selection_rates([Group("a", 9, 3), Group("b", 0, 0)]) == {"a": Fraction(1, 3)}


def test_where_nobody_was_chosen_there_is_no_ratio():
    with pytest.raises(Undefined, match="Nobody was chosen"):
        impact_ratios({"a": 0, "b": 0})
    with pytest.raises(Undefined):
        impact_ratios({})


def test_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match="0 to 1"):
        impact_ratios({"a": 1.1})
    with pytest.raises(ValueError, match="6 chosen of 5"):
        Group("a", 5, 6)


# ── Fisher ──


@pytest.mark.parametrize(
    ("one", "other", "p"),
    [
        # Fisher (1935): the lady tasting tea, three of four; Agresti (2013), section 3.5: two-sided .486.
        ((4, 3), (4, 1), 34 / 70),
        ((4, 4), (4, 0), 2 / 70),
        # Documentation of scipy.stats.fisher_exact: whales and sharks.
        ((10, 8), (6, 1), 0.03496503496503495),
        # Documentation of fisher.test in R: convictions of like-sex twins of criminals (Fisher's own example).
        ((13, 10), (17, 2), 0.0005367241),
    ],
)
def test_fisher_as_published(one, other, p):
    assert fisher(Group("a", *one), Group("b", *other)).p == pytest.approx(p, rel=1e-6)


def test_five_against_five_and_three_posts_could_never_have_told_anything():
    found = fisher(Group("a", 5, 3), Group("b", 5, 0))
    assert found.p == found.smallest == pytest.approx(1 / 6)  # .17
    assert not found.could_tell
    assert smallest_attainable(5, 5, 3) == pytest.approx(1 / 6)


def test_ten_against_ten_and_four_posts_fail_four_fifths_by_chance_more_often_than_not():
    tables = [(Group("a", 10, chosen), Group("b", 10, 4 - chosen)) for chosen in range(5)]
    failing = sum(
        comb(10, one.chosen) * comb(10, other.chosen)
        for one, other in tables
        if adverse(min(impact_ratios(selection_rates([one, other])).values()))
    )
    assert failing / comb(20, 4) == pytest.approx(0.58, abs=0.005)


@st.composite
def tables(draw):
    people = draw(st.integers(0, 40)), draw(st.integers(0, 40))
    return tuple(Group(key, many, draw(st.integers(0, many))) for key, many in zip("ab", people, strict=True))


@given(tables())
def test_p_is_a_probability_that_no_order_changes_and_no_smaller_than_the_smallest(table):
    one, other = table
    found = fisher(one, other)
    assert 0 < found.smallest <= found.p <= 1
    assert fisher(other, one) == found
    refused = [Group(row.key, row.people, row.people - row.chosen) for row in table]
    assert fisher(*refused) == found
    most = min(one.chosen + other.chosen, one.people + other.people - one.chosen - other.chosen)
    assert smallest_attainable(one.people, other.people, most) <= found.smallest


# ── what is shown ──


def shown(found):
    return [row.key for row in found.rows if row.people is not None]


def test_each_group_stands_beside_the_one_with_the_highest_rate():
    found = impact([Group("woman", 20, 5), Group("man", 16, 8)], others=3, most=13)
    women, men = found.rows
    assert (women.rate, women.ratio) == (Fraction(1, 4), Fraction(1, 2))
    assert women.fisher == fisher(Group("", 20, 5), Group("", 16, 8))
    assert (men.ratio, men.fisher) == (1, None)
    assert found.withheld is None


def test_a_group_below_five_is_hidden_whole_and_there_is_no_total():
    found = impact([Group("a", 12, 6), Group("b", 12, 4), Group("c", 4, 4)], others=2, most=14)
    assert shown(found) == ["a", "b"]
    hidden = found.rows[2]
    assert (hidden.people, hidden.chosen, hidden.rate, hidden.ratio, hidden.fisher) == (None,) * 5
    assert not hasattr(found, "total")


def test_a_hidden_group_does_not_set_the_highest_rate():
    found = impact([Group("a", 12, 6), Group("b", 12, 5), Group("c", 4, 4)], others=2, most=14)
    assert found.rows[0].ratio == 1


@pytest.mark.parametrize(
    ("chosen", "why"),
    [((6, 0), Withheld.FEW_CHOSEN), ((4, 6), Withheld.FEW_CHOSEN), ((12, 6), Withheld.FEW_LEFT)],
)
def test_a_group_of_whom_few_or_none_or_all_were_chosen_tells_of_single_people(chosen, why):
    found = impact([Group("a", 12, chosen[0]), Group("b", 12, chosen[1])], others=2, most=12)
    assert found.withheld is why
    assert all(row.chosen is row.rate is row.ratio is row.fisher is None for row in found.rows)


def test_where_everybody_else_is_in_the_hidden_group_the_next_smallest_is_hidden_too():
    groups = [Group("a", 20, 9), Group("b", 12, 4), Group("c", 9, 4), Group("d", 2, 1)]
    assert shown(impact(groups, others=0, most=18)) == ["a", "b"]
    assert shown(impact(groups, others=1, most=18)) == ["a", "b", "c"]
    assert shown(impact([*groups, Group("e", 3, 1)], others=0, most=19)) == ["a", "b", "c"]
    assert shown(impact(groups[:3], others=0, most=17)) == ["a", "b", "c"]


@given(st.lists(st.integers(0, 14), min_size=2, max_size=6), st.integers(0, 6), st.data())
def test_nobody_can_work_out_a_hidden_group_from_the_number_of_applicants(sizes, others, data):
    groups = [Group(str(key), many, data.draw(st.integers(0, many))) for key, many in enumerate(sizes)]
    found = impact(groups, others=others, most=sum(row.chosen for row in groups))
    seen = [row.people for row in found.rows if row.people is not None]
    assert all(people >= FEWEST for people in seen)
    hidden = sum(sizes) - sum(seen)
    assert not found.rows or others or hidden == 0 or hidden >= FEWEST


def test_below_five_answers_there_is_only_the_reason():
    found = impact([Group("a", 2, 1), Group("b", 2, 0)], others=30, most=1)
    assert (found.rows, found.withheld, found.smallest) == ((), Withheld.FEW_ANSWERS, None)


def test_one_group_has_nothing_to_be_compared_with():
    found = impact([Group("a", 9, 5), Group("b", 4, 0)], others=3, most=5)
    assert (found.rows, found.withheld) == ((), Withheld.ONE_GROUP)


@pytest.mark.parametrize("chosen", [(0, 3), (3, 0), (1, 2), (2, 2)])
def test_four_chosen_people_are_known_by_name_so_nothing_tells_how_the_choice_fell(chosen):
    found = impact([Group("a", 5, chosen[0]), Group("b", 8, chosen[1])], others=1, most=4)
    assert found == impact([Group("a", 5, 1), Group("b", 8, 1)], others=1, most=4)
    assert found.withheld is Withheld.FEW_CHOSEN
    assert [row.people for row in found.rows] == [5, 8]
    assert all(row.chosen is row.rate is row.ratio is row.fisher is None for row in found.rows)
    assert found.smallest == smallest_attainable(5, 8, 4)


def test_nor_how_it_fell_where_only_four_were_left_out():
    found = impact([Group("a", 9, 9), Group("b", 9, 5)], others=1, most=4)
    assert found.withheld is Withheld.FEW_LEFT
    assert all(row.chosen is None for row in found.rows)
