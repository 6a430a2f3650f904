"""Who could lead together: the leader competences, who holds each, and what could be handed to whom."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from competences.coverage.rules.cover import Named
from competences.scoring.cover import Covers, smallest_covers

#: From this level on, somebody answers for a leader competence on behalf of others.
HOLDS_FROM = 4


class Held(IntEnum):
    """How many hold a leader competence."""

    BY_NOBODY = 0
    BY_ONE = 1
    BY_SEVERAL = 2


@dataclass(frozen=True)
class Lead:
    """One leader competence and the level of everybody who has one."""

    named: Named
    levels: Mapping[int, int]

    @property
    def holders(self) -> list[int]:
        """Who is at HOLDS_FROM or above, the highest level first."""
        held = [person for person, level in self.levels.items() if level >= HOLDS_FROM]
        return sorted(held, key=lambda person: (-self.levels[person], person))

    @property
    def held(self) -> Held:
        """How many hold it."""
        return Held(min(len(self.holders), 2))

    @property
    def best(self) -> int | None:
        """The highest level that anybody has."""
        return max(self.levels.values(), default=None)


def together(people: Sequence[int], leads: Sequence[Lead]) -> Covers[int, str]:
    """Return the smallest groups of these people who hold every leader competence that one of them holds.

    Raises:
        ValueError: there are more people than the search promises to look at.
    """
    held = {person: {lead.named.code for lead in leads if person in lead.holders} for person in people}
    return smallest_covers(held, [lead.named.code for lead in leads])


@dataclass(frozen=True, slots=True)
class Suggested:
    """A leader competence that somebody of a group could answer for."""

    named: Named
    person_id: int
    level: int


def suggested(group: Sequence[int], leads: Iterable[Lead]) -> list[Suggested]:
    """Return who of a group could answer for what: whoever holds it at the highest level, then who has least.

    What few hold is given away first, so that it does not go to somebody who is laden by then.
    """
    laden: Counter[int] = Counter()
    found = {}
    for lead in sorted(leads, key=lambda lead: sum(person in lead.holders for person in group)):
        able = [person for person in group if person in lead.holders]
        if able:
            best = min(able, key=lambda person: (-lead.levels[person], laden[person], group.index(person)))
            laden[best] += 1
            found[lead.named.code] = Suggested(lead.named, best, lead.levels[best])
    return [found[code] for code in sorted(found)]


@dataclass(frozen=True, slots=True)
class DelegationDraft:
    """Who is to answer for a leader competence, from when, and when that is looked at again."""

    person_id: int | None
    unit_id: int | None
    code: str
    from_on: date
    review_on: date
    note: str
