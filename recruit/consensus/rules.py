"""What the panel still has to agree, and in what order it talks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from competences.text import _
from recruit.comparison.rules import APART, Scored, Standing


@dataclass(frozen=True, slots=True)
class Dissented:
    """A member who sees an agreed level differently. `before` when the level was changed since."""

    member_id: int
    name: str
    text: str
    written_at: datetime
    before: bool


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the panel agreed for one criterion of one applicant; no level means that all are kept."""

    id: int
    application_id: int
    criterion_id: int
    level: int | None
    reason: str
    at: datetime
    by: str
    version: int
    dissents: tuple[Dissented, ...] = ()

    def dissent_of(self, member_id: int | None) -> str:
        """Return what this member wrote, or ""."""
        return next((row.text for row in self.dissents if row.member_id == member_id), "")


@dataclass(frozen=True, slots=True)
class Item:
    """One criterion of one applicant in the meeting."""

    application_id: int
    applicant: str
    scored: Scored
    agreed: Agreed | None

    @property
    def key(self) -> str:
        """What names this item's fields and places on the page."""
        return f"{self.application_id}-{self.scored.asked.id}"

    def was(self, member_id: int | None) -> str:
        """A fingerprint of what this member wrote as the page shows it."""
        return fingerprint(self.agreed.dissent_of(member_id) if self.agreed else "")

    @property
    def rank(self) -> int:
        """0 for two levels apart or more, 1 for one, 2 where nobody sees it differently."""
        return APART - min(self.scored.spread, APART)

    @property
    def differs(self) -> bool:
        """Whether the panel talks about it first."""
        return self.rank == 0

    @property
    def acceptable(self) -> int | None:
        """The level that can be accepted without talking: all gave it and nothing is agreed yet."""
        return self.scored.unanimous if self.agreed is None else None


Key = tuple[int, int]


def items(standings: Iterable[Standing], agreed: Mapping[Key, Agreed]) -> list[Item]:
    """Return every item in the order of the meeting. It stays the same while levels are agreed.

    Differences of two or more first, then of one, then none; in each, gates before other criteria.
    """
    found = [
        Item(row.application_id, row.name, scored, agreed.get((row.application_id, scored.asked.id)))
        for row in standings
        for scored in row.criteria
    ]
    return sorted(found, key=lambda item: (item.rank, not item.scored.asked.gate))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the meeting is."""

    differences: int
    differences_agreed: int
    items: int
    agreed: int

    @property
    def whole(self) -> bool:
        """Whether nothing is open."""
        return self.agreed == self.items


def progress(rows: Sequence[Item]) -> Progress:
    """Count what is agreed, differences of two or more apart."""
    apart = [item for item in rows if item.differs]
    return Progress(
        len(apart),
        sum(item.agreed is not None for item in apart),
        len(rows),
        sum(item.agreed is not None for item in rows),
    )


SHOW = ("all", "differences", "open")


def shown(rows: Iterable[Item], show: str, application_id: int) -> list[Item]:
    """Return the items that a filter leaves; application 0 is everybody."""
    return [
        item
        for item in rows
        if application_id in (0, item.application_id)
        and (show != "differences" or item.rank < APART)
        and (show != "open" or item.agreed is None)
    ]


def same_reason() -> str:
    """Return the reason that stands where nobody needed to talk."""
    return _("All members gave the same level.")


def fingerprint(text: str) -> str:
    """Return twelve characters that change with the text: what a form had shown."""
    return blake2b(text.encode(), digest_size=6).hexdigest()
