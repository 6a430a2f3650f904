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
    """One competence: who is at which level of 1..5, how many have none, and what is needed."""

    named: Named
    at: Mapping[int, frozenset[int]]
    none: int
    need: Need | None

    @property
    def key(self) -> tuple[int, str]:
        """What names the competence whatever the version."""
        return self.named.framework_id, self.named.code

    @property
    def cells(self) -> tuple[int, ...]:
        """How many have no level, then how many are at 1 to 5."""
        return self.none, *(len(self.at.get(level, ())) for level in LEVELS)

    @cached_property
    def holders(self) -> frozenset[int]:
        """Who is at the level needed or above."""
        if self.need is None:
            return frozenset()
        return frozenset().union(*(self.at.get(level, ()) for level in LEVELS if level >= self.need.level))

    @property
    def margin(self) -> int:
        """How many more there are than needed; below 0 so many are missing."""
        return len(self.holders) - self.need.people if self.need else 0

    @property
    def stands(self) -> Stands:
        """How the competence is covered."""
        if self.need is None:
            return Stands.NOT_ASKED
        if self.margin < 0:
            return Stands.SHORT
        if len(self.holders) == 1:
            return Stands.ALONE
        return Stands.COVERED if self.margin else Stands.NO_SPARE

    @property
    def alone(self) -> int | None:
        """The one person on whom it hangs, if it hangs on one."""
        return next(iter(self.holders)) if len(self.holders) == 1 else None

    def without(self, person_id: int) -> "Row":
        """The same when this person is gone. What is needed stays: the work does."""
        return replace(self, at={level: ids - {person_id} for level, ids in self.at.items()})


def need_of(required: Sequence[int], at: Mapping[int, frozenset[int]]) -> Need | None:
    """Return what roles need of a competence, `required` being the level for each person whose role asks for it.

    At each level that a role asks for, as many people are needed as have a role that asks for it or for more, and
    at least LEAST. Of several levels the one with the smallest margin is the need, so that no shortage hides
    behind a level that is well covered; of two alike, the higher.
    """
    needs = [Need(level, max(LEAST, sum(one >= level for one in required))) for level in set(required)]

    def margin(need: Need) -> tuple[int, int]:
        held = sum(len(ids) for level, ids in at.items() if level >= need.level)
        return held - need.people, -need.level

    return min(needs, key=margin, default=None)


def in_order(rows: Iterable[Row]) -> list[Row]:
    """Return rows by the smallest margin; at the end those that no role asks for."""
    return sorted(rows, key=lambda row: (row.need is None, row.margin, len(row.holders)))


def shade(count: int, largest: int) -> int:
    """Return how dark a count is drawn, 0..5, against the largest of its table."""
    return min(count, 5) if largest <= 5 else -(-5 * count // largest)


@dataclass(frozen=True, slots=True)
class Change:
    """What one person's leaving does to a competence."""

    before: Row
    after: Row


def leaving(rows: Iterable[Row], person_id: int) -> list[Change]:
    """Return the competences of which somebody at the level needed would be gone, by what is left."""
    held = [Change(row, row.without(person_id)) for row in rows if person_id in row.holders]
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
