"""What is asked, and what a comparison says in words."""

from fractions import Fraction

import pytest

from competences.scoring.impact import Compared, Group, Withheld, fisher
from recruit.equality import rules
from recruit.equality.rules import Count, Question, Step
from recruit.equality.tables import EqualityAnswer


def one(comparisons, question, step):
    return next(row.found for row in comparisons if (row.question, row.step) == (question, step))


def test_the_database_takes_every_option_and_no_other():
    condition = EqualityAnswer.answer_is_an_option._meta.params["condition"]
    for question, options in rules.OPTIONS.items():
        listed = ", ".join(f"'{answer}'" for answer in options)
        assert f'("question" = \'{question}\' AND "answer" IN ({listed}))' in condition
    assert condition.count(" = '") == len(rules.OPTIONS)


def test_every_option_has_a_name():
    names = [rules.answer_name(answer) for options in rules.OPTIONS.values() for answer in options]
    assert all(names)


def test_whoever_prefers_not_to_say_is_in_no_group_and_covers_a_small_one():
    counts = [
        Count("gender", "woman", 9, 5, 0), Count("gender", "man", 8, 4, 0),
        Count("gender", "another", 1, 1, 0), Count("gender", "unsaid", 2, 0, 0),
    ]  # fmt: skip
    found = one(rules.compared(counts, Count("", "", 20, 10, 0)), Question.GENDER, Step.INTERVIEW)
    assert [row.people for row in found.rows] == [9, 8, None]
    bare = one(rules.compared(counts[:3], Count("", "", 18, 10, 0)), Question.GENDER, Step.INTERVIEW)
    assert (bare.rows, bare.withheld) == ((), Withheld.ONE_GROUP)


def test_each_step_counts_those_who_passed_it():
    counts = [Count("gender", "woman", 12, 7, 6), Count("gender", "man", 12, 5, 5)]
    comparisons = rules.compared(counts, Count("", "", 24, 12, 11))
    assert [row.chosen for row in one(comparisons, Question.GENDER, Step.INTERVIEW).rows][:2] == [7, 5]
    assert [row.chosen for row in one(comparisons, Question.GENDER, Step.APPOINTMENT).rows][:2] == [6, 5]
    assert one(comparisons, Question.AGE, Step.INTERVIEW).withheld is Withheld.FEW_ANSWERS


@pytest.mark.parametrize(
    ("few", "many", "words"),
    [
        ((20, 2), (20, 12), "Below four fifths, and chance alone would seldom"),
        ((10, 3), (10, 6), "Below four fifths, but chance alone brings such a difference often"),
        ((5, 1), (5, 2), "Below four fifths, but with these numbers no result could"),
        ((2000, 1700), (2000, 1900), "Not below four fifths, yet chance alone would seldom"),
        ((10, 5), (10, 6), "Not below four fifths, and chance alone brings"),
        ((6, 1), (5, 1), "Not below four fifths. With these numbers no result could"),
    ],
)
def test_ratio_and_test_are_said_together(few, many, words):
    low, high = Group("a", *few), Group("b", *many)
    ratio = Fraction(low.chosen, low.people) / Fraction(high.chosen, high.people)
    row = Compared("a", low.people, low.chosen, None, ratio, fisher(low, high))
    assert rules.in_words(row).startswith(words)


def test_no_number_is_rounded_across_its_limit():
    assert rules.written_ratio(Fraction(7999, 10000)) == 0.79
    assert rules.written_ratio(Fraction(4, 5)) == 0.8
    assert rules.written_ratio(Fraction(2, 3)) == 0.67
    assert rules.written_p(0.04999) == 0.049
    assert rules.written_p(1 / 6) == 0.167
