"""The smallest groups of people who together cover all that can be covered: exact, not greedy.

Sets of competences and of people are the bits of whole numbers: a question about a set is one operation.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product
from typing import Generic, TypeVar

MAX_PEOPLE = 60
MAX_COMPETENCES = 40
LISTED = 50
COUNTED = 1000
#: Work, not time, so that the same question has the same answer everywhere.
STEPS = 6000

P = TypeVar("P")
C = TypeVar("C")

#: Competences and a bit of its own.
Kind = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Covers(Generic[P, C]):
    """All smallest groups of people who cover what anybody covers.

    `groups` lists the first LISTED of `total`; with `more` there are others, with `stopped` there may be: the search
    ended before it had seen all.
    `uncovered` is what nobody covers, `needed` who is in every group as nobody else covers something.
    """

    size: int
    groups: tuple[tuple[P, ...], ...]
    total: int
    more: bool
    stopped: bool
    uncovered: tuple[C, ...]
    needed: tuple[P, ...]


def smallest_covers(
    held: Mapping[P, Collection[C]], wanted: Collection[C], *, listed: int = LISTED, counted: int = COUNTED
) -> Covers[P, C]:
    """Return every smallest group of people who cover as much of `wanted` as all of them together.

    Args:
        held: For each person, at most MAX_PEOPLE, the competences that they cover.
        wanted: At most MAX_COMPETENCES different competences.
        listed: How many groups are named.
        counted: After so many groups, or STEPS of looking for others, the search stops and says `more`, or `stopped`.

    Raises:
        ValueError: there are more people or competences than that.

    Source:
        Depth-first iterative deepening: Korf (1985), Artificial Intelligence 27(1). Dominance: Garfinkel &
        Nemhauser (1972), Integer Programming, ch. 8. Bounds from the dual: Balas & Ho (1980), Math. Programming
        Study 12.
    """
    if len(held) > MAX_PEOPLE or len(wanted) > MAX_COMPETENCES:
        raise ValueError(f"{len(held)} people and {len(wanted)} competences are too many")
    order = list(dict.fromkeys(wanted))
    people = list(held)
    holders = {one: _bits(one in held[person] for person in people) for one in order}
    search = _Search(_hardest(filter(None, holders.values())), len(people), listed, counted)
    size = search.run()
    return Covers(
        size=size,
        groups=tuple(tuple(people[at] for at in group) for group in sorted(search.groups)),
        total=min(search.total, counted),
        more=search.total > counted,
        stopped=search.stopped,
        uncovered=tuple(one for one in order if not holders[one]),
        needed=tuple(people[at] for at in _places(_union(h for h in holders.values() if h.bit_count() == 1))),
    )


def _bits(flags: Iterator[bool]) -> int:
    return sum(1 << place for place, flag in enumerate(flags) if flag)


def _places(bits: int) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def _union(sets: Iterator[int]) -> int:
    whole = 0
    for one in sets:
        whole |= one
    return whole


def _hardest(holders: Iterator[int]) -> list[int]:
    """Return the holders of each competence without those that come for free with a rarer one."""
    kept: list[int] = []
    for one in sorted(set(holders), key=lambda bits: (bits.bit_count(), bits)):
        if not any(rarer & one == rarer for rarer in kept):
            kept.append(one)
    return kept


class _Search:
    """Groups of each size in turn, the smallest first. People with the same competences are one kind: a `mask`."""

    def __init__(self, holders: list[int], people: int, listed: int, counted: int) -> None:
        self.listed, self.counted = listed, counted
        self.whole = (1 << len(holders)) - 1
        self.alike: dict[int, list[int]] = {}
        for person in range(people):
            mask = _bits(bool(one >> person & 1) for one in holders)
            if mask:
                self.alike.setdefault(mask, []).append(person)
        self.kinds = [(mask, 1 << place) for place, mask in enumerate(self.alike)]
        self.holders = [sum(bit for mask, bit in self.kinds if mask >> at & 1) for at in range(len(holders))]
        self.short: dict[int, int] = {}  # open competences: so many people are too few for them
        self.steps = 0
        self.stopped = False
        self.total = 0
        self.groups: list[tuple[int, ...]] = []

    def run(self) -> int:
        """Find every smallest group; return how many people it has."""
        # Whoever covers less than another is never needed to cover all, but makes an alternative.
        best = [kind for kind in self.kinds if not any(kind[0] | m == m != kind[0] for m in self.alike)]
        size = 0
        while not self._possible(self.whole, size, best):
            size += 1
        self._enumerate(self.whole, size, self.kinds, ())
        return size

    def _useful(self, rest: int, left: int, kinds: list[Kind]) -> list[Kind]:
        """Return which can be among `left` kinds that cover `rest`; none where so many are surely too few."""
        if self.short.get(rest, -1) >= left:
            return []
        gains = sorted([((mask & rest).bit_count(), mask, bit) for mask, bit in kinds], reverse=True)
        spare = sum([gain for gain, _mask, _bit in gains[:left]]) - rest.bit_count()
        if spare < 0:
            return []
        missing, weight = rest, left + 1e-9  # each open competence weighs its share of who gains most
        for gain, mask, _bit in gains:
            if new := mask & missing:
                weight -= new.bit_count() / gain
                missing &= ~mask
                if not missing:
                    break
        if missing or weight < 0:
            return []
        least = gains[min(left, len(gains)) - 1][0] - spare
        return [(mask, bit) for gain, mask, bit in gains if gain >= least]

    def _rarest(self, rest: int, kinds: list[Kind]) -> list[Kind]:
        """Return the holders of the open competence that fewest hold."""
        among = sum([bit for _mask, bit in kinds])
        rarest, count = 0, 99
        while rest:
            lowest = rest & -rest
            rest ^= lowest
            holders = self.holders[lowest.bit_length() - 1] & among
            if holders.bit_count() < count:
                rarest, count = holders, holders.bit_count()
        return [kind for kind in kinds if kind[1] & rarest]

    def _possible(self, rest: int, left: int, kinds: list[Kind]) -> bool:
        """Whether `left` of `kinds` can cover `rest`."""
        if left < 2:
            return not rest or (left == 1 and any(rest & mask == rest for mask, _bit in kinds))
        useful = self._useful(rest, left, kinds)
        tried: list[int] = []
        for mask, _bit in self._rarest(rest, useful):
            gain = mask & rest
            if not any(gain & other == gain for other in tried):
                if self._possible(rest & ~gain, left - 1, useful):
                    return True
                tried.append(gain)
        if self.short.get(rest, 0) < left:
            self.short[rest] = left
        return False

    def _enumerate(self, rest: int, left: int, kinds: list[Kind], chosen: tuple[int, ...]) -> None:
        """Take in every group of `chosen` and `left` of `kinds` that cover `rest`."""
        self.steps += 1
        if self.total > self.counted:
            return
        if self.total and self.steps > STEPS:
            self.stopped = True
            return
        if not rest:
            self._take(chosen)
        elif left == 1:
            for mask, _bit in kinds:
                if rest & mask == rest:
                    self._take((*chosen, mask))
        elif left:
            useful = self._useful(rest, left, kinds)
            for kind in self._rarest(rest, useful):
                useful.remove(kind)  # so that no group comes twice
                self._enumerate(rest & ~kind[0], left - 1, useful, (*chosen, kind[0]))

    def _take(self, chosen: tuple[int, ...]) -> None:
        """Count the groups of people that a group of kinds stands for, and keep some."""
        count = 1
        for mask in chosen:
            count *= len(self.alike[mask])
        self.total += count
        every = product(*(self.alike[mask] for mask in chosen))
        self.groups += [tuple(sorted(one)) for one in islice(every, self.listed - len(self.groups))]
