"""The many-facet Rasch model against a slow estimator of another kind, by its own equations, and at its edges."""

from math import exp, sqrt
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from competences.scoring.rasch import Element, many_facet
from competences.scoring.ratings import Ratings
from competences.scoring.undefined import Undefined

STEPS = (-1.5, -0.4, 0.3, 1.6)


def chances(where, steps):
    powers = [1.0]
    for step in steps:
        powers.append(powers[-1] * exp(where - step))
    return [power / sum(powers) for power in powers]


def panel(seed, subjects, raters, items, kept=1.0):
    """Rows drawn from the model on levels 1 to 5; severities and difficulties of known size."""
    draw = np.random.default_rng(seed)
    ability = draw.normal(0.3, 1.2, subjects)
    severity = np.linspace(-0.8, 0.8, raters)
    difficulty = np.linspace(-0.5, 0.5, items) if items else [0.0]
    return [
        (
            f"s{s:02}",
            f"r{r}",
            f"i{i}" if items else "",
            float(1 + draw.choice(5, p=chances(ability[s] - severity[r] - difficulty[i], STEPS))),
        )
        for s in range(subjects)
        for r in range(raters)
        for i in range(max(items, 1))
        if draw.random() < kept
    ]


def without_items(matrix):
    return Ratings.of(
        (f"s{s}", f"r{r}", "", level) for s, row in enumerate(matrix) for r, level in enumerate(row)
    )


def measures(elements):
    return {name: element.measure for name, element in elements.items() if not element.extreme}


def by_one_at_a_time(rows, highest):
    """Proportional curve fitting in plain Python: one element after another until all totals agree."""
    value = {(column, row[column]): 0.0 for row in rows for column in range(3)}
    steps = [0.0] * (highest - 1)
    for _round in range(2000):
        change = 0.0
        for key in value:
            total = expected = spread = 0.0
            for row in rows:
                if row[key[0]] == key[1]:
                    sign = [1, -1, -1]
                    where = sum(sign[column] * value[column, row[column]] for column in range(3))
                    p = chances(where, steps)
                    mean = sum(k * chance for k, chance in enumerate(p))
                    total, expected = total + row[3] - 1, expected + mean
                    spread += sum((k - mean) ** 2 * chance for k, chance in enumerate(p))
            move = (total - expected) / spread * (1 if key[0] == 0 else -1)
            value[key] += move
            change = max(change, abs(move))
        for column in (1, 2):
            keys = [key for key in value if key[0] == column]
            mean = sum(value[key] for key in keys) / len(keys)
            for key in keys:
                value[key] -= mean
            for key in value:
                value[key] -= mean if key[0] == 0 else 0
        seen, hoped = [0.0] * highest, [0.0] * highest
        for row in rows:
            seen[int(row[3]) - 1] += 1
            p = chances(value[0, row[0]] - value[1, row[1]] - value[2, row[2]], steps)
            hoped = [one + chance for one, chance in zip(hoped, p, strict=True)]
        for k in range(highest - 1):
            move = np.log(seen[k] / seen[k + 1]) - np.log(hoped[k] / hoped[k + 1])
            steps[k] += move
            change = max(change, abs(move))
        steps = [step - sum(steps) / len(steps) for step in steps]
        if change < 1e-8:
            break
    return value, steps


def test_another_estimator_arrives_at_the_same_measures_with_gaps():
    rows = panel(4, subjects=10, raters=3, items=3, kept=0.8)
    found = many_facet(Ratings.of(rows), 1, 5)
    assert found.converged
    assert not [element for element in found.subjects.values() if element.extreme]
    value, steps = by_one_at_a_time(rows, 5)
    for column, elements in enumerate((found.subjects, found.raters, found.items)):
        assert measures(elements) == pytest.approx({name: value[column, name] for name in elements}, abs=1e-5)
    assert found.thresholds == pytest.approx(steps, abs=1e-5)


@pytest.mark.parametrize(("items", "kept"), [(0, 1.0), (0, 0.8), (4, 0.7)])
def test_expected_totals_equal_observed_totals_and_errors_and_fit_follow_from_the_spread(items, kept):
    rows = panel(11, subjects=14, raters=4, items=items, kept=kept)
    found = many_facet(Ratings.of(rows), 1, 5)
    assert found.converged
    left = [row for row in rows if not found.subjects[row[0]].extreme]
    for column, elements in enumerate((found.subjects, found.raters, found.items)):
        for name, element in elements.items():
            if element.extreme:
                continue
            own = [row for row in left if row[column] == name]
            gaps, spreads = zip(*(_gap_and_spread(found, row) for row in own), strict=True)
            assert sum(gaps) == pytest.approx(0, abs=1e-7)
            assert element.se == pytest.approx(1 / sqrt(sum(spreads)))
            assert element.infit == pytest.approx(sum(gap**2 for gap in gaps) / sum(spreads))
            ratios = [gap**2 / spread for gap, spread in zip(gaps, spreads, strict=True)]
            assert element.outfit == pytest.approx(sum(ratios) / len(ratios))
    assert sum(measures(found.raters).values()) == pytest.approx(0)
    assert sum(measures(found.items).values()) == pytest.approx(0)
    assert sum(found.thresholds) == pytest.approx(0)


def _gap_and_spread(found, row):
    subject, rater, item, level = row
    where = found.subjects[subject].measure - found.raters[rater].measure
    where -= found.items[item].measure if item else 0
    p = chances(where, found.thresholds)
    mean = sum((found.lowest + k) * chance for k, chance in enumerate(p))
    return level - mean, sum((found.lowest + k - mean) ** 2 * chance for k, chance in enumerate(p))


def test_known_parameters_come_back():
    found = many_facet(Ratings.of(panel(1, subjects=200, raters=4, items=8)), 1, 5)
    # Joint estimates spread too far by about L / (L - 1), here 32 / 31; the rest is sampling.
    assert list(measures(found.raters).values()) == pytest.approx(np.linspace(-0.8, 0.8, 4), abs=0.12)
    assert list(measures(found.items).values()) == pytest.approx(np.linspace(-0.5, 0.5, 8), abs=0.15)
    assert found.thresholds == pytest.approx(STEPS, abs=0.12)


def test_whoever_gives_lower_levels_to_the_same_candidates_is_more_severe_and_that_is_made_fair():
    rows = [("Ada", "Mild", "", 4), ("Bo", "Mild", "", 3), ("Cy", "Mild", "", 5), ("Di", "Mild", "", 3)]
    rows += [("Ada", "Hard", "", 2), ("Bo", "Hard", "", 2), ("Cy", "Hard", "", 4), ("Di", "Hard", "", 1)]
    rows += [("Ed", "Mild", "", 3), ("Ed", "Calm", "", 4), ("Flo", "Hard", "", 3), ("Flo", "Calm", "", 4)]
    rows += [("Bo", "Calm", "", 3), ("Cy", "Calm", "", 3), ("Di", "Calm", "", 3)]
    found = many_facet(Ratings.of(rows), 1, 5)
    assert found.raters["Mild"].measure < 0 < found.raters["Hard"].measure
    assert found.subjects["Flo"].fair > found.subjects["Ed"].fair
    assert {type(found.raters["Hard"].fair), type(found.subjects["Flo"].fair)} == {type(None), float}


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 50))
def test_neither_order_nor_names_nor_an_unrated_candidate_change_anything(seed):
    rows = panel(seed, subjects=8, raters=3, items=2)
    order = Random(seed)
    old = sorted({name for row in rows for name in row[:3]})
    new = dict(zip(old, order.sample(old, len(old)), strict=True))
    other = [(new[subject], new[rater], new[item], level) for subject, rater, item, level in rows]
    order.shuffle(other)
    other.append(("nobody", new["r0"], new["i0"], None))
    found, again = many_facet(Ratings.of(rows), 1, 5), many_facet(Ratings.of(other), 1, 5)
    assert again.subjects["nobody"] == Element()
    for one, same in zip(
        (found.subjects, found.raters, found.items), (again.subjects, again.raters, again.items), strict=True
    ):
        for name, element in one.items():
            assert element.extreme == same[new[name]].extreme
            assert element.measure == pytest.approx(same[new[name]].measure, abs=1e-7)
    assert found.thresholds == pytest.approx(again.thresholds, abs=1e-7)


def test_a_candidate_with_nothing_but_top_levels_is_flagged_placed_and_changes_nobody():
    rows = panel(5, subjects=9, raters=3, items=3)
    top = [("top", rater, item, 5.0) for rater in ("r0", "r1", "r2") for item in ("i0", "i1", "i2")]
    bottom = [(*row[:3], 1.0) for row in top]
    found = many_facet(Ratings.of(rows), 1, 5)
    with_top = many_facet(Ratings.of(rows + top), 1, 5)
    extreme = with_top.subjects["top"]
    assert measures(with_top.subjects) == pytest.approx(measures(found.subjects), abs=1e-7)
    assert (extreme.extreme, extreme.infit, extreme.outfit) == ("maximum", None, None)
    gaps, spreads = zip(*(_gap_and_spread(with_top, row) for row in top), strict=True)
    assert sum(gaps) == pytest.approx(0.3)
    assert extreme.se == pytest.approx(1 / sqrt(sum(spreads)))
    assert extreme.measure > max(measures(with_top.subjects).values())
    low = many_facet(Ratings.of(rows + bottom), 1, 5).subjects["top"]
    assert low.extreme == "minimum"
    assert low.measure < min(measures(found.subjects).values())


def test_an_extreme_member_takes_no_part_and_what_this_makes_extreme_neither():
    rows = [row for row in panel(6, subjects=9, raters=3, items=2) if row[0] != "s00"]
    always = [(name, "kind", item, 5.0) for name in {row[0] for row in rows} for item in ("i0", "i1")]
    only = [("s00", "kind", "i0", 5.0), ("s00", "kind", "i1", 5.0), ("s00", "r0", "i0", 1.0)]
    found, before = many_facet(Ratings.of(rows + always + only), 1, 5), many_facet(Ratings.of(rows), 1, 5)
    assert measures(found.subjects) == pytest.approx(measures(before.subjects), abs=1e-7)
    assert found.raters["kind"].extreme == "maximum"
    assert found.raters["kind"].measure < min(measures(found.raters).values())
    assert found.subjects["s00"].extreme == "minimum"
    assert _gap_and_spread(found, only[2])[0] == pytest.approx(-0.3)


def test_a_candidate_between_the_extremes_is_not_extreme_for_want_of_others():
    found = many_facet(without_items([[5, 5], [3, 3], [1, 1]]), 1, 5)
    assert [element.extreme for element in found.subjects.values()] == ["maximum", None, "minimum"]
    assert (found.connected, found.converged) == (True, False)
    assert "no differences are left" in found.why


def test_a_second_group_that_is_extreme_altogether_still_parts_the_panel():
    rows = panel(6, subjects=9, raters=3, items=2)
    found = many_facet(Ratings.of([*rows, ("far", "away", "i0", 5.0)]), 1, 5)
    assert (found.connected, found.identified, found.converged) == (False, True, False)
    assert found.subjects["far"] == Element(extreme="maximum")


def test_a_panel_in_two_groups_is_not_put_on_one_scale():
    rows = [
        ("A", "R1", "I1", 5), ("A", "R1", "I2", 5), ("A", "R2", "I1", 5), ("A", "R2", "I2", 5),
        ("B", "R1", "I1", 3), ("B", "R1", "I2", 4), ("B", "R2", "I1", 2), ("B", "R2", "I2", 3),
        ("C", "R3", "I1", 4), ("C", "R3", "I2", 2), ("D", "R3", "I1", 3), ("D", "R3", "I2", 3),
    ]  # fmt: skip
    found = many_facet(Ratings.of(rows), 1, 5)
    assert [(group.subjects, group.raters) for group in found.subsets] == [
        (("A", "B"), ("R1", "R2")),
        (("C", "D"), ("R3",)),
    ]
    assert (found.connected, found.converged) == (False, False)
    assert found.subjects["A"] == Element(extreme="maximum")
    assert found.subjects["C"] == Element()
    assert "no candidate in common" in found.why


def test_members_who_each_kept_to_one_criterion_cannot_be_told_from_it():
    rows = [
        (f"s{s}", f"r{r}", f"i{r}", float(1 + (s * 3 + r * 2 + s * r) % 5))
        for s in range(6)
        for r in range(3)
    ]
    found = many_facet(Ratings.of(rows), 1, 5)
    assert (found.connected, found.identified, found.converged) == (True, False, False)
    assert found.raters["r0"] == Element()
    assert "overlap" in found.why


def test_a_link_through_an_extreme_candidate_alone_does_not_bear_a_comparison():
    rows = [("A", "R1", "", 3), ("A", "R2", "", 4), ("B", "R1", "", 4), ("B", "R2", "", 3)]
    rows += [("C", "R3", "", 3), ("C", "R4", "", 4), ("D", "R3", "", 4), ("D", "R4", "", 2)]
    rows += [("top", "R1", "", 5), ("top", "R3", "", 5)]
    found = many_facet(Ratings.of(rows), 1, 5)
    assert (found.connected, found.identified) == (True, False)
    assert found.subjects["top"].extreme == "maximum"


def test_a_level_that_nobody_used_leaves_a_gap_inside_and_shortens_the_scale_at_its_ends():
    rows = [(*row[:3], {1.0: 2.0, 3.0: 4.0}.get(row[3], row[3])) for row in panel(8, 30, 3, 3)]
    rows = [(*row[:3], {4.0: 5.0, 5.0: 6.0}.get(row[3], row[3])) for row in rows]
    found = many_facet(Ratings.of(rows), 1, 7)
    assert {row[3] for row in rows} == {2.0, 5.0, 6.0}
    assert (found.lowest, found.highest, found.converged) == (2, 6, True)
    assert found.thresholds[:3] == (None, None, None)
    assert len(found.thresholds) == 4
    # The steps up to 5 and the last one cancel, so the last one alone gives the chances of 2, 5 and 6.
    where = found.subjects["s00"].measure
    powers = [1, exp(3 * where + found.thresholds[3]), exp(4 * where)]
    expected = sum(level * power for level, power in zip((2, 5, 6), powers, strict=True)) / sum(powers)
    assert found.subjects["s00"].fair == pytest.approx(expected)


def test_a_pattern_without_exceptions_has_no_finite_estimates_and_says_so():
    found = many_facet(without_items([[3, 4], [3, 2], [1, 1], [4, 3]]), 1, 4)
    assert not found.converged
    assert all(element.measure is None for element in found.subjects.values())
    assert "regular" in found.why


def test_a_whole_step_that_overshoots_is_shortened():
    assert many_facet(without_items([[5, 6, 5], [5, 4, 5], [2, 5, 5], [1, 6, 6]]), 1, 6).converged


@pytest.mark.parametrize("level", [0.0, 6.0, 2.5])
def test_levels_off_the_scale_are_refused(level):
    with pytest.raises(ValueError, match="whole numbers from 1 to 5"):
        many_facet(Ratings.of([("A", "R", "", 3.0), ("B", "R", "", level)]), 1, 5)


@pytest.mark.parametrize("rows", [[], [("A", "R", "", 3.0), ("B", "R", "", 3.0)]])
def test_without_differences_there_is_nothing_to_model(rows):
    with pytest.raises(Undefined, match="All levels are equal"):
        many_facet(Ratings.of(rows), 1, 5)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 3), st.integers(0, 1)), st.integers(1, 5)))
def test_whatever_the_scores_there_is_no_infinite_number(levels):
    rows = [(str(s), str(r), str(i), float(level)) for (s, r, i), level in levels.items()]
    try:
        found = many_facet(Ratings.of(rows), 1, 5)
    except Undefined:
        return
    assert found.converged != bool(found.why)
    for element in [*found.subjects.values(), *found.raters.values(), *found.items.values()]:
        numbers = [element.measure, element.se, element.infit, element.outfit, element.fair]
        assert all(number is None or np.isfinite(number) for number in numbers)
        assert found.converged or numbers == [None] * 5
