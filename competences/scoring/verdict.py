"""Whether a statistic may be shown, and if not, why: the guard that every page, export and verb passes."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from competences.scoring.undefined import Undefined
from competences.text import _, _n

FEWEST = 5  # candidates below which nothing computed over them is shown
ENOUGH = 30  # candidates from which it is more than a hint

T = TypeVar("T")


class Verdict(StrEnum):
    """How far a number may be trusted with a reader."""

    OK = "ok"
    INDICATIVE = "indicative"
    SUPPRESSED = "suppressed"
    UNDEFINED = "undefined"


@dataclass(frozen=True, slots=True)
class Finding(Generic[T]):
    """A statistic with its verdict. `value` is None when undefined; readers are given `shown` only.

    `why` is a sentence for the reader; empty when all is well.
    """

    value: T | None
    verdict: Verdict
    why: str = ""

    @property
    def shown(self) -> T | None:
        """The value, if a page may show it."""
        return self.value if self.verdict in (Verdict.OK, Verdict.INDICATIVE) else None


def judged(candidates: int, work: Callable[[], T]) -> Finding[T]:
    """Work a statistic out and say whether it may be shown.

    Args:
        candidates: How many candidates it rests on.
        work: Returns the value, or raises Undefined with the reason as a sentence.

    Source:
        Fewer than 30 candidates leave wide intervals: Koo & Li (2016), J. Chiropr. Med. 15(2). Five is
        this project's own floor: below it a 95 % interval of an ICC spans almost the whole scale.
    """
    try:
        value = work()
    except Undefined as reason:
        return Finding(None, Verdict.UNDEFINED, str(reason))
    return Finding(value, *verdict_of(candidates))


def verdict_of(candidates: int) -> tuple[Verdict, str]:
    """Return what so many candidates allow, and the sentence that says why."""
    if candidates < FEWEST:
        return Verdict.SUPPRESSED, _n(
            "Only %(count)s candidate can be compared; below %(fewest)s this would be chance.",
            "Only %(count)s candidates can be compared; below %(fewest)s this would be chance.",
            candidates,
            fewest=FEWEST,
        )
    if candidates < ENOUGH:
        return Verdict.INDICATIVE, _(
            "%(count)s candidates are few: read this as a hint. The ranges say how far it can be off.",
            count=candidates,
        )
    return Verdict.OK, ""
