"""Variance components against published examples and, with gaps, against expectations by brute force."""

import numpy as np
import pytest

from competences.scoring.ratings import Ratings
from competences.scoring.undefined import Undefined
from competences.scoring.variance import components, reliability


def crossed(*matrices):
    """Ratings of one matrix (subject x item) per rater; a single matrix is subject x rater without items."""
    if len(matrices) == 1:
        return Ratings.of(
            (f"s{s}", f"r{r}", "", x) for s, row in enumerate(matrices[0]) for r, x in enumerate(row)
        )
    return Ratings.of(
        (f"s{s}", f"r{r}", f"i{i}", x)
        for r, matrix in enumerate(matrices)
        for s, row in enumerate(matrix)
        for i, x in enumerate(row)
    )


def columns(*texts):
    """One text of digits per column -> rows."""
    return [[float(digit) for digit in row] for row in zip(*texts, strict=True)]


# Brennan (2001), Generalizability Theory, Table 3.1: person x item x occasion; occasions stand as raters.
TABLE_3_1 = crossed(
    columns("2455442306", "6559346458", "7648546447", "5766675556"),
    columns("2655462656", "5747547658", "5557677658", "5756485436"),
)
# Table 3.2: person x (rater within task).
TABLE_3_2 = columns(
    "5937937594", "6345243894", "5735937584", "5733757783",
    "5753737763", "3531735565", "4534365566", "5553737455",
    "6765245355", "7753755287", "3513515111", "3265324111",
)  # fmt: skip
# Brennan (2001), ch. 7: person x (item within heading), two, four and two items; a rater stands for each item.
UNBALANCED = columns(
    "42213130", "51433251", "32456561", "33747682", "51655460", "44557474", "54848577", "76759688"
)
# Shrout & Fleiss (1979), Psychological Bulletin 86, Table 2.
SHROUT_FLEISS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]


def nested(rows, sizes):
    task = [f"t{number}" for number, size in enumerate(sizes) for _place in range(size)]
    return Ratings.of(
        (f"s{s}", f"r{r:02}", task[r], x) for s, row in enumerate(rows) for r, x in enumerate(row)
    )


def test_three_crossed_facets_as_published():
    found = components(TABLE_3_1)
    published = {
        "subject": 0.5528, "item": 0.4417, "rater": 0.0074, "subject:item": 0.5750, "subject:rater": 0.1009,
        "rater:item": 0.1565, "residual": 0.9352,
    }  # fmt: skip
    assert found.estimates == pytest.approx(published, abs=5e-5)
    assert (found.nested, found.truncated) == ("", ())
    assert reliability(found, raters=2, items=4).relative == pytest.approx(
        0.5528 / (0.5528 + 0.5750 / 4 + 0.1009 / 2 + 0.9352 / 8), abs=1e-4
    )


def test_raters_within_tasks_as_published():
    found = components(nested(TABLE_3_2, [4, 4, 4]))
    published = {
        "subject": 0.4731,
        "item": 0.3252,
        "rater": 0.6475,
        "subject:item": 0.5596,
        "residual": 2.3803,
    }
    assert found.estimates == pytest.approx(published, abs=1e-4)
    assert found.nested == "rater"
    panel = reliability(found, raters=4, items=3)
    assert (panel.relative, panel.absolute) == pytest.approx((0.5514, 0.4637), abs=1e-4)


def test_unequal_numbers_within_headings_as_published():
    found = components(nested(UNBALANCED, [2, 4, 2]))
    published = {
        "subject": 1.2014,
        "item": 2.9161,
        "rater": 0.2946,
        "subject:item": 0.9913,
        "residual": 0.8429,
    }
    assert found.estimates == pytest.approx(published, abs=2e-4)


def test_criteria_that_belong_to_one_member_each_are_the_mirror_image():
    rows = [
        (f"s{s}", f"t{r // 4}", f"r{r:02}", x) for s, row in enumerate(TABLE_3_2) for r, x in enumerate(row)
    ]
    found = components(Ratings.of(rows))
    published = {
        "subject": 0.4731,
        "rater": 0.3252,
        "item": 0.6475,
        "subject:rater": 0.5596,
        "residual": 2.3803,
    }
    assert found.estimates == pytest.approx(published, abs=1e-4)
    panel = reliability(found, raters=3, items=4)
    assert (panel.relative, panel.absolute) == pytest.approx((0.5514, 0.4637), abs=1e-4)


@pytest.mark.parametrize(
    ("raters", "value"),
    [(1, 0.2897638), (2, 0.4493285), (3, 0.5503490), (4, 0.6200506), (6, 0.7099679), (10, 0.8031427)],
)
def test_absolute_reliability_of_a_panel_steps_up_as_spearman_and_brown_say(raters, value):
    assert reliability(components(crossed(SHROUT_FLEISS)), raters).absolute == pytest.approx(value, abs=1e-6)


def test_relative_reliability_is_the_consistency_form_of_the_intraclass_correlation():
    found = components(crossed(SHROUT_FLEISS))
    assert reliability(found, 1).relative == pytest.approx(0.7148407, abs=1e-6)
    assert reliability(found, 4).relative == pytest.approx(0.9093155, abs=1e-6)
    assert found.share("residual") == pytest.approx(1.0194444 / sum(found.variances.values()), abs=1e-6)


def by_brute_force(ratings, effects):
    """Expected sums of squares as traces of projections, one effect after another."""
    every = np.column_stack([ratings.subject, ratings.rater, ratings.item])

    def same(effect):
        return (every[:, None, effect] == every[None, :, effect]).all(axis=2).astype(float)

    def projection(effect):
        cells = same(effect)
        return cells / cells.sum(axis=1)[:, None]

    left = [projection(effect) - projection([]) for effect in effects]
    expected = [[np.trace(square @ same(effect)) for effect in effects] for square in left]
    return np.linalg.solve(expected, [ratings.level @ square @ ratings.level for square in left])


def with_gaps(seed, raters, items, kept):
    draw = np.random.default_rng(seed)
    cells = [(s, r, i) for s in range(7) for r in range(raters) for i in range(items)]
    return Ratings.of(
        (f"s{s}", f"r{r}", f"i{i}", float(draw.integers(1, 6)) if draw.random() < kept else None)
        for s, r, i in cells
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_gaps_in_two_and_three_facets_are_expected_as_brute_force_expects_them(seed):
    three = with_gaps(seed, raters=3, items=4, kept=0.7)
    found = components(three)
    effects = [[0], [1], [2], [0, 1], [0, 2], [1, 2], [0, 1, 2]]
    names = ["subject", "rater", "item", "subject:rater", "subject:item", "rater:item", "residual"]
    assert [found.estimates[name] for name in names] == pytest.approx(by_brute_force(three, effects))
    two = with_gaps(seed, raters=5, items=1, kept=0.6)
    assert list(components(two).estimates.values()) == pytest.approx(by_brute_force(two, [[0], [1], [0, 1]]))


def test_a_negative_estimate_is_kept_and_counts_as_none():
    found = components(crossed([[1, 3], [3, 1], [2, 3], [3, 2]]))
    assert found.estimates["subject"] == pytest.approx((1 / 6 - 5 / 3) / 2)
    assert found.variances["subject"] == 0
    assert "subject" in found.truncated
    with pytest.raises(Undefined, match="do not differ by more than chance"):
        reliability(found, 3)


def test_what_rounding_leaves_counts_as_nothing():
    found = components(crossed([[1.1, 2.3], [2.2, 3.4], [4.4, 5.6]]))
    assert (found.estimates["residual"], found.truncated) == (0, ())
    assert reliability(found, 1).relative == 1


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([[3], [4], [5]], "at least two members"),
        ([[3, 4, 5]], "two candidates"),
        ([], "at least two members"),
        ([[4, 4], [4, 4], [4, 4]], "All levels are equal"),
        ([[3, None], [None, 4], [5, None]], "cannot be told apart"),
    ],
)
def test_what_a_panel_does_not_define_is_said_in_a_sentence(rows, why):
    with pytest.raises(Undefined, match=why):
        components(crossed(rows))
