"""A manager with three people of one unit, two of them exit workers."""

from datetime import UTC, date, datetime

import make
import pytest

from competences.people.reach import Reach
from competences.role_profiles.commands import assign_role

TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


class Team:
    """Who is in it; `actor` leads them."""


@pytest.fixture
async def team(db) -> Team:
    made = Team()
    made.manager = await make.manager()
    made.actor = await make.actor(made.manager)
    made.unit = await make.unit("Youth")
    made.people = [
        await make.person(name, manager=made.manager.id, unit=made.unit.id) for name in ("Ada", "Ben", "Cy")
    ]
    worker = await make.profile_id("Exit worker")
    for person in made.people[:2]:
        await assign_role(made.actor, Reach.TEAM, person.id, worker, TODAY)
    return made
