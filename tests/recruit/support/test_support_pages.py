"""Pages of support for those who are named: how a plan begins, is kept, and ends."""

import make
import pytest_asyncio
from make import support as plans

from recruit.access import Role


class House:
    """Daniel, Ruth his support lead, Mara his line manager, Cora a colleague."""


@pytest_asyncio.fixture
async def house(db) -> House:
    made = House()
    made.mara = await make.manager()
    made.daniel = await make.person("Daniel Rask", manager=made.mara.id)
    made.ruth = await make.person("Ruth Okello", Role.STAFF, Role.SUPPORT_LEAD)
    made.cora = await make.person("Cora Colleague")
    return made


async def test_every_page_of_a_plan_draws_for_each_of_the_named(house, as_):
    made = await plans.filled(house.ruth, house.daniel, house.cora)
    pages = ("", "/readings", "/team-view", "/consent", "/words", "/days", "/cases", "/lead", "/measures/new",
             f"/measures/{made.measures[0]}", "/needs/new", "/check-ins/new", "/readers/new")  # fmt: skip
    for person in (house.daniel, house.ruth, house.cora):
        client = await as_(person)
        for page in pages:
            answer = await client.get(f"/support-plans/{made.id}{page}")
            assert answer.status_code == 200, page
