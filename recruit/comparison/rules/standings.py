"""How applicants stand next to each other: gates first, then a level with what it rests on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from functools import cached_property
from itertools import groupby

from competences.scoring.aggregate import Level, mean, spread, unanimous, weighted_level

APART = 2  # levels between the lowest and the highest from which the panel talks first


@dataclass(frozen=True, slots=True)
class Asked:
    """A criterion as comparing needs it."""

    id: int
    competence_id: int
    code: str
    name: str
    domain_code: str
    domain_name: str
    weight: float
    required_level: int
    gate: bool
    learnable: bool


@dataclass(frozen=True, slots=True)
class Voice:
    """What one member said about one criterion: a level, no evidence, or (not `given`) nothing at all."""

    level: int | None = None
    no_evidence: bool = False
    evidence: str = ""
    given: bool = False


SILENT = Voice()


class Gates(IntEnum):
    """Where an applicant stands towards the gates; lower is shown first and rejects nobody."""

    UNMET = 0
    QUESTIONED = 1
    UNSEEN = 2
    MET = 3


@dataclass(frozen=True, slots=True)
class Scored:
    """One criterion of one applicant: a voice per member in seat order, and what was agreed, if anything.

    `levels` holds a level or None per member; `level` is the agreed one, else the mean of the members',
    else None; `spread` is how many levels they lie apart. A page holds thousands: worked out once.
    """

    asked: Asked
    voices: tuple[Voice, ...]
    agreed: int | None = None
    levels: tuple[int | None, ...] = field(init=False)
    level: float | None = field(init=False)
    spread: int = field(init=False)

    def __post_init__(self) -> None:
        levels = tuple([voice.level for voice in self.voices])
        object.__setattr__(self, "levels", levels)
        object.__setattr__(self, "level", mean(levels) if self.agreed is None else self.agreed)
        object.__setattr__(self, "spread", spread(levels))

    @property
    def unanimous(self) -> int | None:
        """The level that every member who scored this applicant gave, or None."""
        return unanimous([voice.level for voice in self.voices if voice.given])

    @property
    def below(self) -> tuple[int, ...]:
        """Seats of the members who see this criterion below what is needed."""
        return tuple(
            seat
            for seat, level in enumerate(self.levels)
            if level is not None and level < self.asked.required_level
        )

    @property
    def under(self) -> bool:
        """Whether the level is below what is needed."""
        return self.level is not None and self.level < self.asked.required_level

    @property
    def gate(self) -> Gates:
        """Where this criterion stands as a gate. Nothing that was scored elsewhere can change it (rule 6)."""
        if not self.asked.gate:
            return Gates.MET
        if self.level is None:
            return Gates.UNSEEN
        if self.under:
            return Gates.UNMET
        return Gates.QUESTIONED if self.below and self.agreed is None else Gates.MET


@dataclass(frozen=True, slots=True)
class Domain:
    """One domain of one applicant: each member's own level in seat order."""

    code: str
    name: str
    marks: tuple[float | None, ...]


@dataclass(frozen=True)
class Standing:
    """One applicant with everything that was scored, in framework order."""

    application_id: int
    name: str
    criteria: tuple[Scored, ...]

    @cached_property
    def overall(self) -> Level:
        """The weighted level over all criteria and how many of them it rests on."""
        return weighted_level((row.level, row.asked.weight) for row in self.criteria)

    @cached_property
    def open_gates(self) -> tuple[Scored, ...]:
        """The gates that are not clearly met, those not met first."""
        rows = [row for row in self.criteria if row.gate is not Gates.MET]
        return tuple(sorted(rows, key=lambda row: row.gate))

    @property
    def unmet(self) -> tuple[Scored, ...]:
        """The gates that are not met."""
        return tuple(row for row in self.open_gates if row.gate is Gates.UNMET)

    @property
    def gates(self) -> Gates:
        """The worst of the gates."""
        return self.open_gates[0].gate if self.open_gates else Gates.MET

    @property
    def missing(self) -> int:
        """How many ratings are missing beside criteria that nobody rated."""
        rated = [row for row in self.criteria if row.level is not None]
        return sum(level is None for row in rated for level in row.levels)

    @cached_property
    def domains(self) -> tuple[Domain, ...]:
        """Each domain with one mark per member, from that member's levels alone."""
        groups = groupby(self.criteria, key=lambda row: (row.asked.domain_code, row.asked.domain_name))
        return tuple(_domain(code, name, list(rows)) for (code, name), rows in groups)


def _domain(code: str, name: str, rows: Sequence[Scored]) -> Domain:
    seats = range(len(rows[0].voices))
    marks = (weighted_level((row.levels[seat], row.asked.weight) for row in rows).value for seat in seats)
    return Domain(code, name, tuple(marks))


def needed(asked: Iterable[Asked]) -> float | None:
    """Return the level that the vacancy asks for overall, with the same weights as the scores."""
    return weighted_level((row.required_level, row.weight) for row in asked).value


def in_order(standings: Iterable[Standing]) -> list[Standing]:
    """Return applicants as the comparison lists them: by gates, then by level, the unscored last."""
    return sorted(
        standings,
        key=lambda row: (row.gates, -(row.overall.value or 0.0), row.name.casefold(), row.application_id),
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """A criterion of an applicant that the panel sees differently."""

    application_id: int
    applicant: str
    scored: Scored


def differences(standings: Iterable[Standing], least: int = APART) -> list[Difference]:
    """Return where members lie at least so many levels apart: the widest first, gates before others."""
    found = [
        Difference(row.application_id, row.name, scored)
        for row in standings
        for scored in row.criteria
        if scored.spread >= least
    ]
    return sorted(found, key=lambda row: (-row.scored.spread, not row.scored.asked.gate))


def with_agreed(standing: Standing, agreed: Mapping[int, int | None]) -> Standing:
    """Return the standing by agreed levels; a criterion without one keeps the mean of its members."""
    rows = tuple(replace(row, agreed=agreed.get(row.asked.id)) for row in standing.criteria)
    return replace(standing, criteria=rows)
