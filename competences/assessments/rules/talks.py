"""A talk: two views of the same competences, differences first, and what the two agree."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from competences.assessments.rules.items import Item
from competences.scoring.aggregate import spread
from competences.text import _


@dataclass(frozen=True, slots=True)
class View:
    """How one side sees one competence. `level` is 1..5 or None."""

    level: int | None
    no_evidence: bool
    words: str
    support: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """The lowest and the highest level that colleagues gave, and how many gave one; None where all gave the same."""

    low: int | None
    high: int | None
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkItem(Item):
    """One competence in a talk: the views, and as the item itself what is agreed."""

    required_level: int
    gate: bool
    own: View
    manager: View
    peers: Range | None

    @property
    def difference(self) -> int:
        """How many levels lie between the two."""
        return spread([self.own.level, self.manager.level])

    @property
    def one_sided(self) -> bool:
        """Whether only one of the two could say."""
        return (self.own.level is None) != (self.manager.level is None)

    @property
    def shared_level(self) -> int | None:
        """The level that both gave by themselves."""
        return self.own.level if self.own.level == self.manager.level else None

    @property
    def problem(self) -> str:
        """What is missing before the talk can be confirmed, or ""."""
        if not self.answered:
            return _("Agree a level, or say that there is no evidence.")
        if self.level is not None and not self.evidence.strip():
            return _("Write in a sentence what the level rests on.")
        return ""


def differences_first(items: Iterable[TalkItem]) -> list[TalkItem]:
    """Return the largest differences first, then where only one could say; gates before others."""
    return sorted(items, key=lambda item: (-item.difference, not item.one_sided, not item.gate))


@dataclass(frozen=True, slots=True)
class Talk:
    """Where a talk stands. Before anybody wrote anything `version` is 0."""

    held_on: date | None
    person_confirmed_at: datetime | None
    manager_confirmed_at: datetime | None
    person_dissent: str
    manager_dissent: str
    version: int

    @property
    def confirmed(self) -> bool:
        """Whether both have confirmed: then nothing changes any more."""
        return self.person_confirmed_at is not None and self.manager_confirmed_at is not None

    def confirmed_by(self, kind: str) -> datetime | None:
        """When one side, self or manager, confirmed."""
        return self.person_confirmed_at if kind == "self" else self.manager_confirmed_at

    def dissent_of(self, kind: str) -> str:
        """How one side, self or manager, sees it differently."""
        return self.person_dissent if kind == "self" else self.manager_dissent


def missing(talk: Talk, items: Iterable[TalkItem]) -> list[str]:
    """Return what there is to do before a talk can be confirmed."""
    found = [] if talk.held_on else [_("Say on which day you held the talk.")]
    return found + [f"{item.name}: {item.problem}" for item in items if item.problem]


def unchangeable() -> str:
    """Return the sentence for somebody who writes after both have confirmed."""
    return _("Both of you have confirmed this talk. It does not change any more.")
