"""How many people are at which level against how many are needed there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cached_property

from competences.scoring.scale import LEVELS

#: Never plan for one person alone: holidays, illness and a resignation take them away.
LEAST = 2


class Stands(IntEnum):
    """How a competence is covered, the most pressing first."""

    SHORT = 0
    ALONE = 1
    NO_SPARE = 2
    COVERED = 3
    NOT_ASKED = 4


@dataclass(frozen=True, slots=True)
class Named:
    """A competence in the words of the newest version; it is the same one in each."""

    framework_id: int
    framework: str
    code: str
    name: str
    domain: str


@dataclass(frozen=True, slots=True)
class Need:
    """So many people are needed at this level or above. `given`: somebody said so; else it follows from roles."""

    level: int
    people: int
    given: bool = False


@dataclass(frozen=True)
class Row:
    """One competence: how many are at each level of 1..5, one of them for each, how many have none, what is needed."""

    named: Named
    at: tuple[int, ...]
    ones: tuple[int | None, ...]
    none: int
    need: Need | None

    @property
    def key(self) -> tuple[int, str]:
        """What names the competence whatever the version."""
        return self.named.framework_id, self.named.code

    @property
    def cells(self) -> tuple[int, ...]:
        """How many have no level, then how many are at 1 to 5."""
        return self.none, *self.at

    def counts(self, level: int) -> bool:
        """Whether people at a level count towards the need."""
        return self.need is not None and level >= self.need.level

    @cached_property
    def have(self) -> int:
        """How many are at the level needed or above."""
        return sum(self.at[self.need.level - 1 :]) if self.need else 0

    @property
    def margin(self) -> int:
        """How many more there are than needed; below 0 so many are missing."""
        return self.have - self.need.people if self.need else 0

    @property
    def stands(self) -> Stands:
        """How the competence is covered."""
        if self.need is None:
            return Stands.NOT_ASKED
        if self.margin < 0:
            return Stands.SHORT
        if self.have == 1:
            return Stands.ALONE
        return Stands.COVERED if self.margin else Stands.NO_SPARE

    @property
    def alone(self) -> int | None:
        """The one person on whom it hangs, if it hangs on one."""
        if self.have != 1 or self.need is None:
            return None
        return next(
            one
            for level, one in zip(LEVELS, self.ones, strict=True)
            if self.at[level - 1] and level >= self.need.level
        )

    def without(self, level: int) -> "Row":
        """The same when somebody at a level is gone. What is needed stays: the work does."""
        return replace(self, at=tuple(n - (place == level - 1) for place, n in enumerate(self.at)))


def need_of(required: Sequence[int], at: Sequence[int]) -> Need | None:
    """Return what roles need of a competence, `required` being the level for each person whose role asks for it.

    At each level that a role asks for, as many people are needed as have a role that asks for it or for more, and
    at least LEAST. Of several levels the one with the smallest margin is the need, so that no shortage hides
    behind a level that is well covered; of two alike, the higher.

    Args:
        at: How many people are at 1 to 5.
    """
    needs = [Need(level, max(LEAST, sum(one >= level for one in required))) for level in set(required)]
    return min(needs, key=lambda need: (sum(at[need.level - 1 :]) - need.people, -need.level), default=None)


def in_order(rows: Iterable[Row]) -> list[Row]:
    """Return rows by the smallest margin; at the end those that no role asks for."""
    return sorted(rows, key=lambda row: (row.need is None, row.margin, row.have))


def shade(count: int, largest: int) -> int:
    """Return how dark a count is drawn, 0..5, against the largest of its table."""
    return min(count, 5) if largest <= 5 else -(-5 * count // largest)


@dataclass(frozen=True, slots=True)
class Change:
    """What one person's leaving does to a competence."""

    before: Row
    after: Row


def leaving(rows: Iterable[Row], levels: Mapping[tuple[int, str], int | None]) -> list[Change]:
    """Return the competences of which somebody at the level needed would be gone, by what is left.

    Args:
        levels: What whoever leaves has, by framework and code.
    """
    held = [
        Change(row, row.without(level))
        for row in rows
        if row.need and (level := levels.get(row.key) or 0) >= row.need.level
    ]
    return sorted(held, key=lambda change: (change.after.stands, change.after.margin))


@dataclass(frozen=True, slots=True)
class Closing:
    """What an applicant brings to one thin competence; `level` is None where nobody could say."""

    row: Row
    level: float | None

    @property
    def closes(self) -> bool:
        """Whether the applicant is at the level needed."""
        return self.level is not None and self.row.need is not None and self.level >= self.row.need.level


def closings(rows: Iterable[Row], levels: Mapping[tuple[int, str], float | None]) -> list[Closing]:
    """Return what somebody with `levels` brings where cover is short or hangs on one person."""
    thin = [row for row in rows if row.stands in (Stands.SHORT, Stands.ALONE)]
    return [Closing(row, levels[row.key]) for row in thin if row.key in levels]
