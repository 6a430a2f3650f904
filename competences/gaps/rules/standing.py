"""Required minus current level: gates first, then by size; what is old is said to be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date
from enum import IntEnum

from competences.assessments.queries.levels import LevelRow
from competences.role_profiles.queries.profiles import AskedRow

#: A level older than this is due for a fresh look. It still counts.
FRESH_MONTHS = 24


class Stands(IntEnum):
    """How a person stands towards one competence of a role, most pressing first."""

    UNDER = 0
    UNKNOWN = 1
    DUE = 2
    MET = 3


@dataclass(frozen=True, slots=True)
class Gap:
    """What a role asks of one competence, and what level the person has; `held` is None without any."""

    asked: AskedRow
    held: LevelRow | None
    due: bool

    @property
    def level(self) -> int | None:
        """The current level; None where nobody gave one, or there was no evidence."""
        return self.held.level if self.held else None

    @property
    def short(self) -> int:
        """How many levels are missing; 0 where none is, or where there is no level yet."""
        return 0 if self.level is None else max(0, self.asked.required_level - self.level)

    @property
    def stands(self) -> Stands:
        """How the person stands."""
        if self.level is None:
            return Stands.UNKNOWN
        if self.short:
            return Stands.UNDER
        return Stands.DUE if self.due else Stands.MET

    @property
    def open(self) -> bool:
        """Whether there is something to close: a level below, or none yet."""
        return self.stands in (Stands.UNDER, Stands.UNKNOWN)


def gaps(asked: Iterable[AskedRow], levels: Iterable[LevelRow], today: date) -> list[Gap]:
    """Return how somebody with `levels` stands towards a role, most pressing first.

    A competence is the same one in each version of its framework, so the code decides.
    """
    held = {(row.framework_id, row.code): row for row in levels}
    found = []
    for row in asked:
        level = held.get((row.framework_id, row.code))
        found.append(Gap(row, level, level is not None and is_due(level, today)))
    return sorted(found, key=_pressing)


def _pressing(gap: Gap) -> tuple[bool, bool, int, int]:
    """Gates that are not met come before everything else, then what is missing most."""
    return not gap.open, gap.open and not gap.asked.gate, gap.stands, -gap.short


def beyond(levels: Iterable[LevelRow], role: Sequence[Gap]) -> list[LevelRow]:
    """Return the levels that the role does not ask for."""
    asked = {(gap.asked.framework_id, gap.asked.code) for gap in role}
    return [row for row in levels if (row.framework_id, row.code) not in asked]


def is_due(row: LevelRow, today: date) -> bool:
    """Return whether a level is older than FRESH_MONTHS."""
    return row.level is not None and row.given_at.date() < months_from(today, -FRESH_MONTHS)


def months_from(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of a shorter month; at most the last of all days."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > MAXYEAR:
        return date.max
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(f"no such day: {day} and {months} months")


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean level in one domain against what the role asks there; None without any level."""

    name: str
    level: float | None
    needed: float
    counted: int
    asked: int


def means(role: Iterable[Gap]) -> list[Mean]:
    """Return mean level and mean level needed for each domain of the role, by code."""
    domains: dict[str, list[Gap]] = {}
    for gap in role:
        domains.setdefault(gap.asked.domain_code, []).append(gap)
    found = []
    for code in sorted(domains):
        rows = domains[code]
        levels = [gap.level for gap in rows if gap.level is not None]
        needed = sum(gap.asked.required_level for gap in rows) / len(rows)
        mean = sum(levels) / len(levels) if levels else None
        found.append(Mean(rows[0].asked.domain, mean, needed, len(levels), len(rows)))
    return found
