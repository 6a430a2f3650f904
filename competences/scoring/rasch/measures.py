"""From estimates to measures: standard errors, fit, fair averages, and a place for extreme scores."""

from dataclasses import dataclass

import numpy as np

from competences.scoring.rasch.design import Cells, Extreme
from competences.scoring.rasch.estimation import Point, Scale
from competences.scoring.ratings import Indices, Levels

# Score points from the end at which an extreme total is placed, as Facets does.
ADJUSTED = 0.3
_RANGE = 60.0  # logits either side in which that place is looked for


@dataclass(frozen=True, slots=True)
class Element:
    """One candidate, member or criterion.

    measure: in logits; a candidate's ability, a member's severity (positive: gives lower levels), a
    criterion's difficulty. None where nothing is left to estimate it from. se: its model standard error.
    infit, outfit: mean squares, 1 as the model expects, more where the levels are less predictable.
    extreme: "maximum" or "minimum" where all levels are the highest or the lowest, other extreme elements set
    aside; the measure is then a convention, not an estimate, and has no fit. fair: for a candidate, the level to be expected of an average
    member on an average criterion.
    """

    measure: float | None = None
    se: float | None = None
    infit: float | None = None
    outfit: float | None = None
    extreme: str | None = None
    fair: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """Values, standard errors, infit and outfit of a facet's elements, each shape (size,), NaN where unknown.

    Values point upwards for all facets: a member's is the severity with its sign turned.
    """

    value: Levels
    se: Levels
    infit: Levels
    outfit: Levels


def unknown(cells: Cells) -> list[Column]:
    """Return a column for each facet with nothing in it."""
    return [Column(*np.full((4, facet.size), np.nan)) for facet in cells.facets]


def fill(
    columns: list[Column], kept: Cells, elements: tuple[Indices, ...], point: Point, scale: Scale
) -> None:
    """Enter what was estimated.

    Args:
        kept: The ratings that were estimated from, scores counted from the lowest level in use.
        elements: For each facet of `kept`, the place of its elements in the columns.
    """
    chances = scale.chances(point.where(kept.facets))
    expected = scale.scores @ chances
    spread = scale.spread(chances, expected)
    square = (kept.score - expected) ** 2
    for column, facet, places, values in zip(columns, kept.facets, elements, point.values, strict=True):
        known = facet.sums(spread)
        column.value[places] = values
        column.se[places] = known**-0.5
        column.infit[places] = facet.sums(square) / known
        column.outfit[places] = facet.sums(square / spread) / np.bincount(facet.number)


def place(columns: list[Column], cells: Cells, dropped: list[Extreme], scale: Scale) -> None:
    """Give extreme elements the measure that expects a total 0.3 points off the end, the last dropped first.

    Only ratings whose other elements have a measure by then count; without any there is none.

    Source:
        Linacre, A User's Guide to Facets, "Extreme scores" (default adjustment of 0.3).
    """
    for extreme in reversed(dropped):
        facet, column = cells.facets[extreme.facet], columns[extreme.facet]
        others = [
            other.value[given.number]
            for other, given in zip(columns, cells.facets, strict=True)
            if given is not facet
        ]
        rest = np.asarray(sum(others), dtype=float)
        rows = np.flatnonzero(np.isin(facet.number, extreme.elements) & ~np.isnan(rest))
        elements, number = np.unique(facet.number[rows], return_inverse=True)
        if not rows.size:
            continue
        top = float(scale.scores[-1])
        best = np.bincount(number).astype(float) * top
        target = best - ADJUSTED if extreme.end == "maximum" else np.full_like(best, ADJUSTED)
        column.value[elements] = value = _at(target, number, rest[rows], scale)
        chances = scale.chances(rest[rows] + value[number])
        spread = scale.spread(chances, scale.scores @ chances)
        column.se[elements] = np.bincount(number, spread) ** -0.5


def _at(target: Levels, number: Indices, rest: Levels, scale: Scale) -> Levels:
    """Return each element's value at which its expected total is `target`, by halving."""
    low = np.full(target.size, -_RANGE)
    high = -low
    for _half in range(60):
        middle = (low + high) / 2
        above = np.bincount(number, scale.expected(rest + middle[number])) > target
        low, high = np.where(above, low, middle), np.where(above, middle, high)
    return np.asarray((low + high) / 2)


def elements(
    facet: int, column: Column, dropped: list[Extreme], scale: Scale | None, lowest: int
) -> list[Element]:
    """Return the elements of a facet; `lowest` is the level that the scale calls 0."""
    ends = {
        int(number): extreme.end
        for extreme in dropped
        if extreme.facet == facet
        for number in extreme.elements
    }
    fair = (
        lowest + scale.expected(column.value) if scale and facet == 0 else np.full(column.value.size, np.nan)
    )
    measures = _numbers(column.value if facet == 0 else -column.value)
    rows = zip(measures, *map(_numbers, (column.se, column.infit, column.outfit, fair)), strict=True)
    return [
        Element(measure, se, infit, outfit, ends.get(number), level)
        for number, (measure, se, infit, outfit, level) in enumerate(rows)
    ]


def _numbers(values: Levels) -> list[float | None]:
    return [None if np.isnan(value) else float(value) for value in values]
