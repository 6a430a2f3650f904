"""Quantiles and tails against printed tables, and identities between the distributions."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from competences.scoring.distributions import chi_square_survival, f_cdf, f_quantile, t_cdf, t_quantile


@pytest.mark.parametrize(
    ("share", "df", "value"),
    [(0.975, 1, 12.7062), (0.975, 9, 2.26216), (0.95, 10, 1.81246), (0.75, 9, 0.70272), (0.995, 30, 2.75000), (0.975, 1e6, 1.95997)],
)  # fmt: skip
def test_students_t(share, df, value):
    assert t_quantile(share, df) == pytest.approx(value, abs=6e-6 * max(1, value))


@pytest.mark.parametrize(
    ("share", "df1", "df2", "value"), [(0.95, 5, 10, 3.32583), (0.975, 3, 4, 9.97920), (0.99, 1, 1, 4052.18), (0.95, 10, 10, 2.97824)]
)  # fmt: skip
def test_f(share, df1, df2, value):
    assert f_quantile(share, df1, df2) == pytest.approx(value, rel=2e-5)


@pytest.mark.parametrize(
    ("value", "df", "p"),
    [(3.84146, 1, 0.05), (11.0705, 5, 0.05), (124.342, 100, 0.05), (0.4844, 4, 0.975), (0, 3, 1)],
)
def test_chi_square(value, df, p):
    assert chi_square_survival(value, df) == pytest.approx(p, abs=2e-5)


def test_known_exact_values():
    assert chi_square_survival(3, 2) == pytest.approx(math.exp(-1.5), rel=1e-13)
    assert t_cdf(1, 1) == pytest.approx(0.75, rel=1e-13)  # Cauchy
    assert f_cdf(3, 2, 2) == pytest.approx(0.75, rel=1e-13)  # x / (1 + x)


@pytest.mark.parametrize("share", [0.005, 0.025, 0.5, 0.975, 0.995])
@pytest.mark.parametrize("df", [0.05, 0.7, 3, 40])
def test_quantiles_of_f_with_two_degrees_are_exact_even_far_out(share, df):
    above = df / 2 * ((1 - share) ** (-2 / df) - 1)
    assert f_quantile(share, 2, df) == pytest.approx(above, rel=1e-9)
    assert f_quantile(1 - share, df, 2) == pytest.approx(1 / above, rel=1e-9)


@settings(max_examples=80, deadline=None)
@given(st.floats(0.01, 0.99), st.floats(1, 200), st.floats(1, 200))
def test_quantiles_turn_the_distributions_round(share, df1, df2):
    assert f_cdf(f_quantile(share, df1, df2), df1, df2) == pytest.approx(share, rel=1e-8)
    assert t_cdf(t_quantile(share, df1), df1) == pytest.approx(share, rel=1e-8)
    assert f_quantile(share, df1, df2) == pytest.approx(1 / f_quantile(1 - share, df2, df1), rel=1e-6)
    assert t_quantile(0.5 + share / 2, df1) ** 2 == pytest.approx(f_quantile(share, 1, df1), rel=1e-6)
