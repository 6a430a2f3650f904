"""A manager with three people of one unit, two of them exit workers."""

from datetime import UTC, date, datetime

import make
import pytest

TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


@pytest.fixture
async def team(db):
    made = await make.team("Ada", "Ben", "Cy")
    made.actor = await make.actor(made.manager)
    return made
