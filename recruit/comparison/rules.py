"""What open scores say of each applicant, and what they do not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from competences.scoring.aggregate import Level, mean, spread, weighted_level


class Asked(NamedTuple):
    """A criterion as far as scores go."""

    id: int
    name: str
    domain: str
    weight: float
    required_level: int
    gate: bool
    learnable: bool


#: criterion id to one level or None per member, in seat order.
Voices = Mapping[int, Sequence[int | None]]


@dataclass(frozen=True, slots=True)
class Gate:
    """A gate that the scores do not reach: the mean of the members' levels, and what is needed."""

    name: str
    level: float
    required: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Members two or more levels apart on one criterion."""

    criterion: Asked
    levels: Sequence[int | None]
    apart: int


@dataclass(frozen=True, slots=True)
class Standing:
    """One applicant: overall level with coverage, gates not met, each member's level by domain."""

    application_id: int
    name: str
    withdrawn: bool
    overall: Level
    gates: Sequence[Gate]
    domains: Mapping[str, Sequence[float | None]]
    differences: Sequence[Difference]
    scorers: int


def standing(
    application_id: int, name: str, *, withdrawn: bool, asked: Sequence[Asked], voices: Voices, members: int
) -> Standing:
    """Return what the scores say of one applicant.

    The overall level is the weighted mean over criteria of the members' mean. What nobody could
    judge is left out with its weight; `overall.rated` of `overall.asked` counts single ratings.
    """
    none: Sequence[int | None] = [None] * members
    given = {criterion.id: voices.get(criterion.id, none) for criterion in asked}
    means = {key: mean(levels) for key, levels in given.items()}
    level = weighted_level((means[criterion.id], criterion.weight) for criterion in asked)
    rated = sum(level is not None for levels in given.values() for level in levels)
    scorers = sum(any(levels[seat] is not None for levels in given.values()) for seat in range(members))
    return Standing(
        application_id=application_id,
        name=name,
        withdrawn=withdrawn,
        overall=Level(level.value, rated, len(asked) * max(scorers, 1)),
        gates=unmet_gates(asked, means),
        domains=_domains(asked, given, members),
        differences=_differences(asked, given),
        scorers=scorers,
    )


def unmet_gates(asked: Sequence[Asked], levels: Mapping[int, float | None]) -> list[Gate]:
    """Return the gates whose level is known and below what is needed. Other scores never offset one."""
    return [
        Gate(criterion.name, level, criterion.required_level)
        for criterion in asked
        if criterion.gate
        and (level := levels.get(criterion.id)) is not None
        and level < criterion.required_level
    ]


def _domains(asked: Sequence[Asked], given: Voices, members: int) -> dict[str, list[float | None]]:
    names = dict.fromkeys(criterion.domain for criterion in asked)
    return {
        name: [mean(given[row.id][seat] for row in asked if row.domain == name) for seat in range(members)]
        for name in names
    }


def _differences(asked: Sequence[Asked], given: Voices) -> list[Difference]:
    apart = [Difference(row, given[row.id], spread(given[row.id])) for row in asked]
    return sorted((row for row in apart if row.apart >= 2), key=lambda row: -row.apart)


def ordered(standings: Sequence[Standing]) -> list[tuple[str, list[Standing]]]:
    """Return bands: first whoever has a gate not met, then the others by level, then the withdrawn.

    Within a band the order is by overall level; equal ones by name.
    """

    def by_level(row: Standing) -> tuple[float, str]:
        return (-(row.overall.value or 0), row.name.casefold())

    here = [row for row in standings if not row.withdrawn]
    bands = [
        ("gate", [row for row in here if row.gates]),
        ("met", [row for row in here if not row.gates and row.overall.value is not None]),
        ("unscored", [row for row in here if not row.gates and row.overall.value is None]),
        ("withdrawn", [row for row in standings if row.withdrawn]),
    ]
    return [(name, sorted(rows, key=by_level)) for name, rows in bands if rows]
