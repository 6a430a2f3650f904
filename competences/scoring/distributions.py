"""The few distributions that intervals need: Student's t, F and chi-square, from the standard library alone."""

import math
from collections.abc import Callable

_TINY = 1e-300
_ROUNDS = 10_000  # left long before, but for degrees of freedom in the millions


def incomplete_beta(a: float, b: float, x: float) -> float:
    """Return the regularised incomplete beta function I_x(a, b), 0 to 1.

    Args:
        a, b: > 0.
        x: 0 to 1.

    Source:
        Continued fraction NIST DLMF 8.17.22, evaluated by the modified Lentz method.
    """
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(b, a, 1 - x)
    front = math.exp(
        a * math.log(x) + b * math.log1p(-x) + math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    )
    value = d = 1 / _far(1 - (a + b) * x / (a + 1))
    c = 1.0
    for m in range(1, _ROUNDS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _far(1 + term * d)
            c = _far(1 + term / c)
            value *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return front * value / a


def _far(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def chi_square_survival(value: float, df: float) -> float:
    """Return the chance that a chi-square with `df` > 0 degrees of freedom exceeds `value`.

    Source:
        Series NIST DLMF 8.11.4 and continued fraction 8.9.2 of the incomplete gamma function.
    """
    a, x = df / 2, value / 2
    if x <= 0:
        return 1.0
    front = math.exp(a * math.log(x) - x - math.lgamma(a))
    if x < a + 1:
        term = total = 1 / a
        for n in range(1, 10_000):
            term *= x / (a + n)
            total += term
            if term < total * 1e-16:
                break
        return 1 - front * total
    b = x + 1 - a
    c, d = 1 / _TINY, 1 / b
    fraction = d
    for n in range(1, 10_000):
        term = -n * (n - a)
        b += 2
        d = 1 / _far(term * d + b)
        c = _far(b + term / c)
        fraction *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return front * fraction


def f_cdf(value: float, df1: float, df2: float) -> float:
    """Return the chance that an F with df1 and df2 > 0 degrees of freedom stays below `value`."""
    return incomplete_beta(df1 / 2, df2 / 2, df1 * value / (df1 * value + df2)) if value > 0 else 0.0


def f_quantile(share: float, df1: float, df2: float) -> float:
    """Return the value below which an F stays with the chance `share`, 0 < share < 1; df1 and df2 >= 0.05."""
    if share > 0.5:  # far out, where a ratio close to 1 would lose its digits
        return 1 / f_quantile(1 - share, df2, df1)
    ratio = _root(lambda x: incomplete_beta(df1 / 2, df2 / 2, x), share)
    return df2 * ratio / (df1 * (1 - ratio))


def t_cdf(value: float, df: float) -> float:
    """Return the chance that Student's t with `df` > 0 degrees of freedom stays below `value`."""
    tail = incomplete_beta(df / 2, 0.5, df / (df + value * value)) / 2
    return 1 - tail if value > 0 else tail


def t_quantile(share: float, df: float) -> float:
    """Return the value below which Student's t stays with the chance `share`, 0 < share < 1."""
    if share < 0.5:
        return -t_quantile(1 - share, df)
    square = _root(lambda x: incomplete_beta(0.5, df / 2, x), 2 * share - 1)
    return math.sqrt(df * square / (1 - square))


def _root(rising: Callable[[float], float], share: float) -> float:
    """Return where a function that rises from 0 to 1 over 0..1 has the value `share`: by halving."""
    low, high = 0.0, 1.0
    while high - low > 1e-16 * max(high, 1e-280):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if rising(middle) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2
