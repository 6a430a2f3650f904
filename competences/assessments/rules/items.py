"""One competence on a form, what makes a form whole, and when two saves meet: for every kind of assessment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import blake2b
from itertools import groupby
from typing import Generic, TypeVar

from competences.errors import NotFound
from competences.scoring.scale import NEED_EVIDENCE
from competences.text import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One competence with its anchors, and what was saved for it."""

    competence_id: int
    code: str
    name: str
    definition: str
    domain_code: str
    domain_name: str
    level: int | None
    no_evidence: bool
    evidence: str
    support: bool = False
    version: int
    saved_at: datetime | None
    anchors: Sequence[str]

    @property
    def answered(self) -> bool:
        """A level, or "no evidence" said on purpose."""
        return self.level is not None or self.no_evidence

    @property
    def problem(self) -> str:
        """What is missing before this can be submitted, or ""."""
        if not self.answered:
            return _("Choose a level, or say that there is no evidence.")
        if self.level in NEED_EVIDENCE and not self.evidence.strip():
            return _("Write what you saw or heard. Levels 1, 2 and 5 need evidence.")
        return ""

    @property
    def print_(self) -> str:
        """A short fingerprint of what was shown, so that an untouched item is not taken for a change."""
        return fingerprint(self)


@dataclass(frozen=True, slots=True)
class Mark:
    """What somebody wants to save for one competence; `version` is what they had seen, 0 for nothing."""

    competence_id: int
    level: int | None
    no_evidence: bool
    evidence: str
    version: int
    support: bool = False


def _content(row: Item | Mark) -> tuple[object, ...]:
    return row.level, row.no_evidence, row.evidence, row.support


def fingerprint(row: Item | Mark) -> str:
    """Return twelve characters that change with the answer."""
    return blake2b(repr(_content(row)).encode(), digest_size=6).hexdigest()


def same(item: Item, mark: Mark) -> bool:
    """Return whether saving `mark` would change nothing: then it is no conflict either."""
    return _content(item) == _content(mark)


def problems(items: Sequence[Item]) -> dict[str, str]:
    """Return what keeps an assessment from being submitted: field name to sentence."""
    return {
        f"level-{item.competence_id}"
        if not item.answered
        else f"evidence-{item.competence_id}": f"{item.name}: {item.problem}"
        for item in items
        if item.problem
    }


@dataclass(frozen=True, slots=True)
class Part:
    """A step of a form: one domain, and how much of it is answered."""

    code: str
    name: str
    done: int
    of: int


Asked = TypeVar("Asked", bound=Item)


@dataclass(frozen=True)
class Sheet(Generic[Asked]):
    """All items of an assessment, in the order of the framework."""

    items: list[Asked]

    @cached_property
    def domains(self) -> list[Part]:
        """The domains that are asked about, with how many items are answered."""
        groups = groupby(self.items, key=lambda item: (item.domain_code, item.domain_name))
        return [
            Part(code, name, sum(item.answered for item in rows), len(rows))
            for (code, name), group in groups
            for rows in [list(group)]
        ]

    @property
    def done(self) -> int:
        """How many items are answered, "no evidence" included."""
        return sum(item.answered for item in self.items)

    @property
    def first_open(self) -> str:
        """The code of the first domain with something unanswered; the first of all when nothing is."""
        found = next((part for part in self.domains if part.done < part.of), self.domains[0])
        return found.code.lower()

    def item(self, competence_id: int) -> Asked:
        """The item of one competence; NotFound for one that is not asked for."""
        for item in self.items:
            if item.competence_id == competence_id:
                return item
        raise NotFound(_("That competence is not asked for here."))

    def within(self, domain: str) -> list[Asked]:
        """The items of one domain; NotFound for a domain that nothing is asked of."""
        found = [item for item in self.items if item.domain_code.lower() == domain.lower()]
        if not found:
            raise NotFound(_("Nothing is asked in that part of the framework."))
        return found

    def after(self, domain: str) -> Part | None:
        """The domain that follows, or None after the last."""
        codes = [part.code.lower() for part in self.domains]
        place = codes.index(domain.lower()) + 1
        return self.domains[place] if place < len(codes) else None
