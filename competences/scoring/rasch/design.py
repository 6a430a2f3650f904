"""Which ratings a many-facet model can use: extreme scores, linked panels, effects that can be told apart."""

from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np

from competences.scoring.ratings import Indices, Levels, Ratings


@dataclass(frozen=True, slots=True, eq=False)
class Facet:
    """The element of one facet that each rating belongs to, shape (n,), and how many elements there are."""

    number: Indices
    size: int

    def sums(self, values: Levels) -> Levels:
        """Return the sum of `values` by element; values of shape (n,), or (rows, n) for shape (size, rows)."""
        if values.ndim == 1:
            return np.bincount(self.number, values, minlength=self.size).astype(float)
        return np.column_stack([np.zeros((self.size, 0)), *(self.sums(row) for row in values)])

    def cross(self, other: "Facet", values: Levels) -> Levels:
        """Return the sum of `values` by pair of elements, shape (size, other.size)."""
        if other is self:
            return np.diag(self.sums(values))
        pairs = Facet(self.number * other.size + other.number, self.size * other.size)
        return pairs.sums(values).reshape(self.size, other.size)


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Ratings for the model. facets: subjects first. score: levels above the lowest of the scale, shape (n,)."""

    facets: tuple[Facet, ...]
    score: Indices

    def kept(self, these: Indices) -> "Cells":
        """Return a selection of the ratings, the elements numbered as before."""
        facets = tuple(replace(facet, number=facet.number[these]) for facet in self.facets)
        return Cells(facets, self.score[these])

    def compact(self) -> tuple["Cells", tuple[Indices, ...]]:
        """Return the same ratings with only the elements that have any, and the old numbers of these."""
        pairs = [np.unique(facet.number, return_inverse=True) for facet in self.facets]
        facets = tuple(Facet(number, old.size) for old, number in pairs)
        return Cells(facets, self.score), tuple(old for old, _number in pairs)


@dataclass(frozen=True, slots=True, eq=False)
class Extreme:
    """Elements of a facet with nothing but the highest ("maximum") or lowest ("minimum") score."""

    facet: int
    elements: Indices
    end: str


@dataclass(frozen=True, slots=True)
class Subset:
    """Candidates and members who are linked, directly or by others, through scoring and being scored."""

    subjects: tuple[str, ...]
    raters: tuple[str, ...]


def without_extremes(cells: Cells) -> tuple[Indices, list[Extreme]]:
    """Return the positions of the ratings that are left when no element is extreme, and those dropped, in order.

    Dropping one may make another extreme, and a level that only the dropped ones had leaves the scale.
    """
    left = np.arange(cells.score.size)
    dropped: list[Extreme] = []
    while left.size:
        score = cells.score[left]
        ends = {"minimum": score.min(), "maximum": score.max()}
        if ends["minimum"] == ends["maximum"]:
            return left[:0], dropped
        found = [
            Extreme(number, elements, end)
            for number, facet in enumerate(cells.facets)
            for end, value in ends.items()
            if (elements := _always(facet.number[left], score == value)).size
        ]
        if not found:
            break
        dropped += found
        for extreme in found:
            left = left[~np.isin(cells.facets[extreme.facet].number[left], extreme.elements)]
    return left, dropped


def _always(number: Indices, there: Indices) -> Indices:
    counts = np.bincount(number)
    return np.flatnonzero((counts > 0) & (np.bincount(number, there) == counts))


def subsets(ratings: Ratings) -> tuple[Subset, ...]:
    """Return the groups of candidates and members that share no candidate and no member, largest first.

    Source:
        Weeks & Williams (1964), Technometrics 6(3), connected data; Linacre (1989), Many-Facet Rasch Measurement.
    """
    first = len(ratings.subjects)
    parent = list(range(first + len(ratings.raters)))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = one = parent[parent[one]]
        return one

    links = {*zip(ratings.subject.tolist(), (ratings.rater + first).tolist(), strict=True)}
    for one, other in links:
        parent[root(one)] = root(other)
    members: dict[int, list[int]] = defaultdict(list)
    for one in sorted({node for link in links for node in link}):
        members[root(one)].append(one)
    groups = sorted(members.values(), key=lambda group: (-len(group), group))
    return tuple(
        Subset(
            tuple(ratings.subjects[one] for one in group if one < first),
            tuple(ratings.raters[one - first] for one in group if one >= first),
        )
        for group in groups
    )


def information(cells: Cells, spread: Levels, steps: Levels, among: Levels) -> tuple[Levels, Levels, Levels]:
    """Return the information on subjects, shape (subjects,), on subjects with the rest, and among the rest.

    Args:
        spread: Variance of each rating, shape (n,).
        steps: Its covariance with reaching each step of the scale, shape (steps, n).
        among: Covariance of the steps with one another, summed over ratings, shape (steps, steps).
    """
    subjects, *others = cells.facets
    across = np.hstack([*(subjects.cross(other, spread) for other in others), subjects.sums(steps)])
    rows = [[*(one.cross(other, spread) for other in others), one.sums(steps)] for one in others]
    last = [*(other.sums(steps).T for other in others), among]
    return subjects.sums(spread), across, np.block([*rows, last])


def identified(cells: Cells) -> bool:
    """Tell whether the elements of all facets can be told apart once each facet but the first is centred."""
    none = np.zeros((0, cells.score.size))
    own, across, rest = information(cells, np.ones(cells.score.size), none, np.zeros((0, 0)))
    left = rest - across.T @ (across / own[:, None])
    values = np.linalg.eigvalsh(left)
    return bool(np.count_nonzero(values > 1e-9 * values[-1]) == left.shape[0] - (len(cells.facets) - 1))
