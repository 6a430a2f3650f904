"""Levels as candidate plus member plus noise: what evens out strictness where not everybody scored all."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from competences.scoring.undefined import Undefined
from competences.text import _

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Additive:
    """A least-squares fit of level = candidate + member.

    levels: each candidate's level with the members' strictness evened out, shape (candidates,).
    mildness: how far each member lies above the others, sums to zero, shape (members,).
    factors: variance of each level as a multiple of the noise variance, shape (candidates,).
    between: covariance of the levels that comes from unequal panels, likewise, (candidates, candidates).
    noise: variance of a single rating around the fit. df: its degrees of freedom.
    """

    levels: Numbers
    mildness: Numbers
    factors: Numbers
    between: Numbers
    noise: float
    df: int

    def difference_se(self, one: int, other: int) -> float:
        """Return the standard error of the difference between two candidates, in levels."""
        factor = self.factors[one] + self.factors[other] - 2 * self.between[one, other]
        return float(np.sqrt(self.noise * max(factor, 0.0)))


@dataclass(frozen=True, slots=True)
class _Solved:
    """The fit without its noise, over the members who scored anybody."""

    used: npt.NDArray[np.bool_]
    levels: Numbers
    mildness: Numbers
    factors: Numbers
    between: Numbers
    rest: Numbers


def evened(matrix: Numbers) -> Numbers:
    """Return each candidate's level with the members' strictness evened out, shape (candidates,).

    Args:
        matrix: Levels, shape (candidates, members), NaN where a member did not score; each candidate
            has at least one level.

    Raises:
        Undefined: members who share no candidates with the rest.
    """
    return _solved(matrix).levels


def fitted(matrix: Numbers) -> Additive:
    """Fit candidates and members at once.

    Args:
        matrix: As for `evened`.

    Raises:
        Undefined: fewer than two candidates or members, members who share no candidates with the rest,
            nothing left to judge the noise by, or no noise at all.

    Source:
        Two-way analysis of variance without interaction for unequal cells: Searle (1971), Linear Models, ch. 7.
    """
    if matrix.shape[0] < 2 or np.count_nonzero((~np.isnan(matrix)).any(axis=0)) < 2:
        raise Undefined(_("It takes at least two members and two candidates to compare them."))
    found = _solved(matrix)
    df = int((~np.isnan(matrix)).sum()) - matrix.shape[0] - len(found.mildness) + 1
    if df < 1:
        raise Undefined(_("Too few candidates were scored by more than one member to judge the differences."))
    noise = float((found.rest**2).sum()) / df
    if noise < 1e-12:
        raise Undefined(
            _("The members differ by nothing but strictness, so their scores do not tell how uncertain they are.")
        )  # fmt: skip
    mildness = np.zeros(found.used.size)
    mildness[found.used] = found.mildness
    return Additive(found.levels, mildness, found.factors, found.between, noise, df)


def _solved(matrix: Numbers) -> _Solved:
    there = ~np.isnan(matrix)
    used = np.asarray(there.any(axis=0))
    matrix, there = matrix[:, used], there[:, used]
    counts = there.sum(axis=1)
    shares = there / counts[:, None]
    filled = np.where(there, matrix, 0.0)
    means = filled.sum(axis=1) / counts
    left = np.diag(there.sum(axis=0).astype(float)) - there.T @ shares
    if np.linalg.matrix_rank(left) < left.shape[0] - 1:
        raise Undefined(
            _("The panel fell into groups that scored no candidate in common, so their levels cannot be compared.")
        )  # fmt: skip
    inverse = np.linalg.pinv(left, hermitian=True)
    mildness = inverse @ (filled.sum(axis=0) - there.T @ means)
    levels = means - shares @ mildness
    rest = np.where(there, matrix - levels[:, None] - mildness, 0.0)
    between = shares @ inverse @ shares.T
    return _Solved(used, levels, mildness, 1 / counts + np.diag(between), between, rest)
