"""Reference cases of variance, Rasch and adverse impact, read from where they lie."""

from fractions import Fraction

import pytest

from competences.scoring.impact import adverse, impact_ratios
from competences.scoring.rasch import many_facet
from competences.scoring.ratings import Ratings
from competences.scoring.variance import components, reliability
from tests.competences.scoring.cases import case


def test_case_21_brennans_raters_within_tasks():
    found = case("21")
    rows = (
        (str(person), str(rater), str(task), float(score))
        for task, person, rater, score in found["data"]["rows"]
    )
    result, expected, within = components(Ratings.of(rows)), found["expected"], found["tolerance"]
    names = {"p": "subject", "t": "item", "r:t": "rater", "pt": "subject:item", "pr:t": "residual"}
    for theirs, ours in names.items():
        assert result.variances[ours] == pytest.approx(expected["var"][theirs], abs=within)
    reached = reliability(result, raters=4, items=3)
    assert (reached.relative, reached.absolute) == pytest.approx(
        (expected["d_study_3x4"]["E_rho2"], expected["d_study_3x4"]["Phi"]), abs=within
    )


def test_case_26_exactly_four_fifths_is_not_adverse():
    found = case("26")
    ratios = impact_ratios({name: Fraction(str(rate)) for name, rate in found["data"]["rates"].items()})
    for name, ratio in found["expected"]["ratio"].items():
        assert float(ratios[name]) == pytest.approx(ratio, abs=found["tolerance"])
        assert adverse(ratios[name]) is found["expected"]["flag"][name]


def test_case_47_a_broken_design_is_not_put_on_one_scale():
    found = case("47")
    lowest, highest = found["data"]["scale"]
    result = many_facet(
        Ratings.of((*row[:3], float(row[3])) for row in found["data"]["rows"]), lowest, highest
    )
    assert result.connected is found["expected"]["comparable_across_subsets"] is False
    members = [sorted((*subset.subjects, *subset.raters)) for subset in result.subsets]
    assert sorted(members) == found["expected"]["subset_members"]
    assert {name: row.extreme for name, row in result.subjects.items() if row.extreme} == found["expected"][
        "extreme_persons"
    ]
    assert all(row.measure is None for row in result.subjects.values())
