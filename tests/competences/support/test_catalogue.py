"""The catalogue: fourteen needs come with the package; published ones stay, an organisation adds its own."""

from dataclasses import replace

import asyncpg
import pytest
import pytest_asyncio

from competences.errors import Conflict, Invalid, NotFound
from competences.people.reach import Reach
from competences.support.commands import catalogue
from competences.support.queries.catalogue import need_version, need_versions, needs, offered
from competences.support.rules.catalogue import NeedText, missing, starters
from competences.support.tables import Need, NeedVersion
from recruit.piccolo_conf import DB

from .conftest import NOW

OWN = NeedText("Y1", "Quiet room", "What helps after a loud day?", "Rest.", ("A quiet room",), 6, "Our own.")


@pytest_asyncio.fixture
async def own(house):
    """What the tests add to the catalogue, removed afterwards; yields (need, version)."""
    made = await catalogue.create_need(house.ruth, Reach.ALL, OWN)
    row = await NeedVersion.objects().get(NeedVersion.id == made.subject_id)
    yield row.need, row.id
    async with DB.pool.acquire() as connection:
        await connection.execute(
            "SET session_replication_role = replica; DELETE FROM need_version WHERE need IN"
            " (SELECT id FROM need WHERE code LIKE 'Y%'); DELETE FROM need WHERE code LIKE 'Y%';"
            " DELETE FROM need_version WHERE number > 1; UPDATE need SET retired = false;"
            " SET session_replication_role = DEFAULT"
        )


def test_fourteen_needs_come_complete():
    assert [need.code for need in starters()] == [f"F{number}" for number in range(1, 15)]
    assert [missing(need) for need in starters()] == [{}] * 14
    assert all(len(need.measures) >= 3 for need in starters())


async def test_they_are_added_once(db):
    from competences.actor import SYSTEM

    assert await catalogue.add_starters(SYSTEM) == 0
    assert [row.code for row in await offered()] == [need.code for need in starters()]


async def test_an_own_need_is_drafted_published_and_offered(house, own):
    need_id, version_id = own
    assert "Y1" not in [row.code for row in await offered()]
    await catalogue.publish_need(house.ruth, Reach.ALL, version_id, NOW)
    assert (await offered())[-1].text == OWN
    with pytest.raises(Conflict):
        await catalogue.save_need(house.ruth, Reach.ALL, version_id, replace(OWN, title="Other"), "")
    with pytest.raises(asyncpg.PostgresError):
        await NeedVersion.update({NeedVersion.title: "Other"}).where(NeedVersion.id == version_id)
    await catalogue.retire_need(house.ruth, Reach.ALL, need_id)
    assert "Y1" not in [row.code for row in await offered()]
    assert [row.retired for row in await needs(Reach.ALL) if row.code == "Y1"] == [True]
    await catalogue.restore_need(house.ruth, Reach.ALL, need_id)
    assert "Y1" in [row.code for row in await offered()]


async def test_a_draft_needs_every_field_before_it_is_published(house, own):
    _need, version_id = own
    shown = (await need_version(Reach.ALL, version_id, drafts=True)).stamp
    await catalogue.save_need(house.ruth, Reach.ALL, version_id, replace(OWN, why=""), shown)
    with pytest.raises(Conflict):
        await catalogue.save_need(house.ruth, Reach.ALL, version_id, OWN, shown)
    with pytest.raises(Invalid):
        await catalogue.publish_need(house.ruth, Reach.ALL, version_id, NOW)


async def test_a_new_version_leaves_the_published_one_offered_until_it_is_published(house, own):
    first = (await offered())[0]
    made = await catalogue.draft_need(house.ruth, Reach.ALL, first.need_id)
    with pytest.raises(Conflict):
        await catalogue.draft_need(house.ruth, Reach.ALL, first.need_id)
    assert (await offered())[0].version_id == first.version_id
    await catalogue.publish_need(house.ruth, Reach.ALL, made.subject_id, NOW)
    assert (await offered())[0].version_id == made.subject_id
    assert [row.number for row in await need_versions(Reach.ALL, first.need_id, drafts=False)] == [2, 1]


async def test_a_draft_can_be_removed_and_one_that_never_was_published_goes_whole(house, own):
    need_id, version_id = own
    await catalogue.delete_need_draft(house.ruth, Reach.ALL, version_id)
    assert not await Need.exists().where(Need.id == need_id)


@pytest.mark.parametrize("code", ["F15", "y1", "Quiet", "Y1", ""])
async def test_an_own_code_is_its_own(house, own, code):
    with pytest.raises(Invalid):
        await catalogue.create_need(house.ruth, Reach.ALL, replace(OWN, code=code))


async def test_only_whoever_writes_the_catalogue_does(house, own):
    need_id, version_id = own
    for attempt in (
        lambda reach: catalogue.create_need(house.mara, reach, replace(OWN, code="Y2")),
        lambda reach: catalogue.draft_need(house.mara, reach, need_id),
        lambda reach: catalogue.save_need(house.mara, reach, version_id, OWN, ""),
        lambda reach: catalogue.publish_need(house.mara, reach, version_id, NOW),
        lambda reach: catalogue.delete_need_draft(house.mara, reach, version_id),
        lambda reach: catalogue.retire_need(house.mara, reach, need_id),
        lambda reach: catalogue.restore_need(house.mara, reach, need_id),
        lambda _reach: need_version(Reach.OWN, version_id, drafts=False),
        lambda _reach: need_versions(Reach.OWN, need_id, drafts=False),
    ):
        for reach in (Reach.NO, Reach.OWN, Reach.TEAM):
            with pytest.raises(NotFound):
                await attempt(reach)
    assert await needs(Reach.NO) == []
