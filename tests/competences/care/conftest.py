"""Mara leads Daniel and Selin in Youth; Ruth is a support lead; Otto is led by somebody else."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import make
import pytest_asyncio

from competences.actor import Actor
from recruit.access import Role

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 25)


@dataclass
class Team:
    """Everybody as actors; units by id."""

    mara: Actor
    daniel: Actor
    selin: Actor
    ruth: Actor
    otto: Actor
    youth: int
    adults: int


@pytest_asyncio.fixture
async def team(db) -> Team:
    """Nothing is on record yet."""
    youth, adults = await make.unit("Youth"), await make.unit("Adults")
    mara = await make.manager()
    ivo = await make.manager("Ivo Other")
    begun = {"started_on": date(2024, 1, 1)}
    daniel = await make.person("Daniel Rask", manager=mara.id, unit=youth.id, **begun)
    selin = await make.person("Selin Aydın", manager=mara.id, unit=youth.id, **begun)
    ruth = await make.person("Ruth Okello", Role.STAFF, Role.SUPPORT_LEAD, manager=mara.id)
    otto = await make.person("Otto Stranger", manager=ivo.id, unit=adults.id, **begun)
    actors = [await make.actor(row) for row in (mara, daniel, selin, ruth, otto)]
    return Team(*actors, youth.id, adults.id)
