"""Reads of gaps."""

from dataclasses import dataclass
from datetime import date

from competences.actor import Actor
from competences.assessments.queries import LevelRow, levels_of
from competences.gaps.rules.standing import Gap, beyond, gaps
from competences.people.reach import Reach
from competences.role_profiles.queries import asked_by


@dataclass(frozen=True, slots=True)
class Standing:
    """How a person stands towards a role, most pressing first, and the levels that it does not ask for."""

    role: list[Gap]
    others: list[LevelRow]

    @property
    def levels(self) -> list[LevelRow]:
        """Every level of the person."""
        return [gap.held for gap in self.role if gap.held] + self.others


async def standing(
    actor: Actor, reach: Reach, person_id: int, profile_id: int | None, today: date
) -> Standing:
    """Return how a person stands towards a role profile; None for no role, which asks for nothing.

    Raises:
        NotFound: there is no such person, or the actor does not reach them.
    """
    levels = await levels_of(actor, reach, person_id)
    asked = await asked_by([profile_id]) if profile_id else []
    role = gaps(asked, levels, today)
    return Standing(role, beyond(levels, role))
