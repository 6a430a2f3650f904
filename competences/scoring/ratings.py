"""Ratings in long format: who rated whom on what, as columns of index numbers. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter
from typing import Self

import numpy as np
import numpy.typing as npt

Indices = npt.NDArray[np.intp]
Levels = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Ratings:
    """The one structure of the analysis; its order depends on the ids alone, never on the order of the rows.

    subjects, raters, items: sorted ids; also of those without a single level; items is empty without items.
    subject, rater, item: index of each rating's id, shape (n,); item is 0 without items.
    level: the levels themselves, shape (n,); ratings without evidence are not among them.
    """

    subjects: tuple[str, ...]
    raters: tuple[str, ...]
    items: tuple[str, ...]
    subject: Indices
    rater: Indices
    item: Indices
    level: Levels

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str, str, float | None]]) -> Self:
        """Return the ratings of (subject, rater, item, level) rows.

        Args:
            rows: item is "" throughout where nothing is told apart; level is None without evidence.

        Raises:
            ValueError: a subject, rater and item come together twice.
        """
        ordered = sorted(rows, key=itemgetter(0, 1, 2))
        for one, other in pairwise(ordered):
            if one[:3] == other[:3]:
                raise ValueError(f"two ratings of {one[0]} by {one[1]} on {one[2] or 'the whole'}")
        rated = [row for row in ordered if row[3] is not None]
        subjects, subject = _coded([row[0] for row in ordered], [row[0] for row in rated])
        raters, rater = _coded([row[1] for row in ordered], [row[1] for row in rated])
        items, item = _coded([row[2] for row in ordered], [row[2] for row in rated])
        level = np.array([row[3] for row in rated], dtype=np.float64)
        return cls(subjects, raters, () if items == ("",) else items, subject, rater, item, level)

    def cells(self) -> Levels:
        """Return the levels themselves, shape (subject and item pairs, raters), NaN where there is none."""
        pairs = self.subject * max(1, len(self.items)) + self.item
        rows, place = np.unique(pairs, return_inverse=True)
        levels = np.full((len(rows), len(self.raters)), np.nan)
        levels[place, self.rater] = self.level
        return levels

    def matrix(self, weights: Mapping[str, float] | None = None) -> Levels:
        """Return each rater's mean over the items, shape (subjects, raters), NaN where there is no level.

        `weights` holds one for each item, > 0; without them all count alike.
        """
        shape = (len(self.subjects), len(self.raters))
        cell = self.subject * shape[1] + self.rater
        counted = np.array([weights[item] for item in self.items])[self.item] if weights else None
        sums = np.bincount(
            cell, self.level if counted is None else self.level * counted, minlength=shape[0] * shape[1]
        )
        counts = np.bincount(cell, counted, minlength=shape[0] * shape[1])
        with np.errstate(invalid="ignore"):
            return (sums / np.where(counts, counts, np.nan)).reshape(shape)


def _coded(known: list[str], used: list[str]) -> tuple[tuple[str, ...], Indices]:
    names = tuple(sorted(set(known)))
    number = {name: position for position, name in enumerate(names)}
    return names, np.array([number[name] for name in used], dtype=np.intp)
