"""Where differences between levels come from, and what a larger or smaller panel would bring."""

from dataclasses import dataclass

import numpy as np

from competences.scoring.ratings import Indices, Levels, Ratings
from competences.scoring.undefined import Undefined
from competences.text import _

SUBJECT, RATER, ITEM = 0, 1, 2
Effect = tuple[int, ...]

#: The effects of each design, by the columns that tell their levels apart; the last is the residual.
_TWO_WAY: dict[str, Effect] = {"subject": (SUBJECT,), "rater": (RATER,), "residual": (SUBJECT, RATER)}
_CROSSED: dict[str, Effect] = {
    "subject": (SUBJECT,),
    "rater": (RATER,),
    "item": (ITEM,),
    "subject:rater": (SUBJECT, RATER),
    "subject:item": (SUBJECT, ITEM),
    "rater:item": (RATER, ITEM),
    "residual": (SUBJECT, RATER, ITEM),
}


@dataclass(frozen=True, slots=True)
class Components:
    """Variances in squared levels, by the effect they come from.

    estimates: as estimated, which may fall below zero. variances: the same with 0 for these.
    truncated: the effects that fell below zero. nested: "rater" where each member rated one criterion only
    (the effect "rater" is then member within criterion, and the residual holds their interaction with the
    candidate), "item" where each criterion was rated by one member only, "" where they cross.
    """

    estimates: dict[str, float]
    variances: dict[str, float]
    truncated: tuple[str, ...]
    nested: str

    def share(self, effect: str) -> float:
        """Return the part of the whole variance that is due to an effect, 0 to 1."""
        return self.variances[effect] / sum(self.variances.values())


@dataclass(frozen=True, slots=True)
class Reliability:
    """How far the mean of a panel would repeat, 0 to 1.

    relative: for the order of the candidates. absolute: for their levels, strictness included.
    """

    relative: float
    absolute: float


def components(ratings: Ratings) -> Components:
    """Estimate the variance components of candidates, members and criteria.

    Equals the analysis of variance where everybody rated everything; cells may be missing. A single criterion
    counts as none.

    Args:
        ratings: Levels of at least two candidates by at least two members.

    Raises:
        Undefined: too few candidates or members, no two levels that differ, or gaps that leave an effect
            indistinguishable from another.

    Source:
        Henderson (1953), Biometrics 9(2), method 1; Searle (1971), Linear Models, ch. 10;
        Brennan (2001), Generalizability Theory, ch. 3 and 7.
    """
    columns = (ratings.subject, ratings.rater, ratings.item)
    if min(np.unique(columns[SUBJECT]).size, np.unique(columns[RATER]).size) < 2:
        raise Undefined(_("It takes at least two members and two candidates to compare them."))
    centred = ratings.level - ratings.level.mean()
    if not centred.any():
        raise Undefined(_("All levels are equal, so there are no differences to explain."))
    nested, effects = _design(ratings)
    values = _solved(columns, centred, list(effects.values()))
    noise = 1e-12 * float(np.mean(centred**2))
    estimates = {
        name: 0.0 if abs(value) < noise else float(value) for name, value in zip(effects, values, strict=True)
    }
    return Components(
        estimates,
        variances={name: max(value, 0.0) for name, value in estimates.items()},
        truncated=tuple(name for name, value in estimates.items() if value < 0),
        nested=nested,
    )


def reliability(found: Components, raters: float, items: float = 1, *, crossed: bool = True) -> Reliability:
    """Return the reliability of a mean over so many members and criteria (decision study).

    Args:
        found: The components, negative ones taken as 0.
        raters: Members, 1 or more; per criterion where members are nested in criteria.
        items: Criteria, 1 or more; per member where criteria are nested in members.
        crossed: Whether every member scores every candidate. Where candidates have members of their own,
            strictness moves their order as well.

    Raises:
        Undefined: the candidates do not differ beyond chance, so that there is nothing to be reliable about.

    Source:
        Brennan (2001), Generalizability Theory, ch. 4; Cronbach, Gleser, Nanda & Rajaratnam (1972).
    """
    variances = {
        "item": 0.0,
        "subject:item": 0.0,
        "subject:rater": 0.0,
        "rater:item": 0.0,
        **found.variances,
    }
    subject = variances["subject"]
    if subject == 0:
        raise Undefined(
            _("The candidates do not differ by more than chance, so there is nothing to rank reliably.")
        )
    both = raters * items
    by_rater = both if found.nested == "rater" else raters
    by_item = both if found.nested == "item" else items
    relative = (
        variances["subject:rater"] / by_rater
        + variances["subject:item"] / by_item
        + variances["residual"] / both
    )
    strictness = variances["rater"] / by_rater + variances["rater:item"] / both
    absolute = relative + strictness + variances["item"] / by_item
    if not crossed:
        relative += strictness
    return Reliability(subject / (subject + relative), subject / (subject + absolute))


def _design(ratings: Ratings) -> tuple[str, dict[str, Effect]]:
    pairs = np.unique(ratings.rater * max(len(ratings.items), 1) + ratings.item).size
    raters, items = np.unique(ratings.rater).size, np.unique(ratings.item).size
    if items < 2:
        return "", _TWO_WAY
    if pairs == raters:
        return "rater", {
            name: _CROSSED[name] for name in ("subject", "rater", "item", "subject:item", "residual")
        }
    if pairs == items:
        return "item", {
            name: _CROSSED[name] for name in ("subject", "rater", "item", "subject:rater", "residual")
        }
    return "", _CROSSED


def _solved(columns: tuple[Indices, ...], centred: Levels, effects: list[Effect]) -> Levels:
    """Set the sums of squares of all effects equal to what the components make them expect, and solve.

    A sum of squares of the means over the cells s of one effect expects from another effect, of cells a,
    its variance times the sum over s and a of n(s and a)² / n(s); summed here rating by rating.
    """
    counts: dict[Effect, Levels] = {(): np.full(centred.size, float(centred.size))}
    squares = []
    for effect in effects:
        cell = _cells(columns, effect)
        counts[effect] = np.bincount(cell).astype(float)[cell]
        squares.append(float(((np.bincount(cell, centred)[cell] / counts[effect]) ** 2).sum()))
    expected = np.empty((len(effects) + 1, len(effects)))
    for row, within in enumerate([(), *effects]):
        for column, effect in enumerate(effects):
            union = tuple(sorted({*within, *effect}))
            if union not in counts:
                cell = _cells(columns, union)
                counts[union] = np.bincount(cell).astype(float)[cell]
            expected[row, column] = (counts[union] / counts[within]).sum()
    matrix = (expected[1:] - expected[0]) / centred.size
    if np.linalg.matrix_rank(matrix, tol=1e-9) < len(effects):
        raise Undefined(
            _("The scores leave gaps in which candidates, members and criteria cannot be told apart.")
        )
    return np.linalg.solve(matrix, np.array(squares) / centred.size)


def _cells(columns: tuple[Indices, ...], effect: Effect) -> Indices:
    code = np.zeros_like(columns[0])
    for column in effect:
        code = code * (int(columns[column].max()) + 1) + columns[column]
    return np.unique(code, return_inverse=True)[1] if len(effect) > 1 else code
