"""Data keys in the database: made, opened, destroyed, wrapped anew while others write; never lost, never garbage."""

import asyncio
from datetime import UTC, datetime
from threading import Event

import pytest

from competences.actor import SYSTEM
from competences.sealing.commands import destroy_key, make_key
from competences.sealing.queries import data_key, lost_keys, wrapped_keys
from competences.sealing.rules import Changed, KeyLost, KeyRing, name_of, new_key
from competences.sealing.tables import DataKey
from competences.support.commands.keys import restore_keys, rotate_master_key
from recruit.piccolo_conf import DB

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


class Source:
    """Master keys that a test holds, and rings on them as different processes have."""

    def __init__(self):
        self.keys, self.begun = [new_key()], 0

    def ring(self) -> KeyRing:
        return KeyRing(lambda: tuple(self.keys), self.begin)

    def begin(self):
        self.begun += 1


@pytest.fixture
def source() -> Source:
    return Source()


async def make(ring, uid) -> bytes:
    async with DB.transaction():
        return await make_key(ring, uid, NOW)


async def test_a_key_is_opened_by_any_process_and_gone_once_it_is_destroyed(db, source):
    key = await make(source.ring(), "a")
    assert await data_key(source.ring(), "a") == key
    await destroy_key("a")
    with pytest.raises(KeyLost, match="destroyed"):
        await data_key(source.ring(), "a")


async def test_the_first_master_key_may_be_begun_only_while_nothing_is_sealed(db, source):
    await make(source.ring(), "a")
    await make(source.ring(), "b")
    assert source.begun == 1


async def test_others_go_on_while_a_master_key_is_fetched(db):
    key, fetching, others_went_on = new_key(), Event(), Event()

    def fetch():
        fetching.set()
        assert others_went_on.wait(5)
        return (key,)

    async def go_on():
        await asyncio.to_thread(fetching.wait, 5)
        others_went_on.set()

    made, _none = await asyncio.gather(make(KeyRing(fetch), "a"), go_on())
    for event in (fetching, others_went_on):
        event.clear()
    assert (await asyncio.gather(data_key(KeyRing(fetch), "a"), go_on()))[0] == made


async def test_a_wrong_or_lost_master_key_is_said_in_plain_words(db, source):
    await make(source.ring(), "a")
    wrong = KeyRing(lambda: (new_key(),))
    with pytest.raises(KeyLost, match="not on this machine"):
        await data_key(wrong, "a")
    assert (await lost_keys(source.ring()), await lost_keys(wrong)) == (0, 1)


async def test_wrapped_keys_that_were_swapped_or_changed_are_noticed(db, source):
    for uid in ("a", "b"):
        await make(source.ring(), uid)
    other = next(one for one in await wrapped_keys() if one.uid == "b")
    await DataKey.update({DataKey.wrapped: other.wrapped}).where(DataKey.uid == "a")
    with pytest.raises(Changed):
        await data_key(source.ring(), "a")
    await DataKey.update({DataKey.wrapped: other.wrapped[:-1]}).where(DataKey.uid == "b")
    with pytest.raises(Changed):
        await data_key(source.ring(), "b")
    assert await lost_keys(source.ring()) == 2


async def test_a_rotation_while_others_write_and_read_loses_nothing(db, source):
    made: dict[str, bytes] = {}
    writers = [source.ring() for _ in range(4)]

    async def write(ring, name):
        for number in range(12):
            uid = f"{name}-{number}"
            made[uid] = await make(ring, uid)
            for known, key in list(made.items())[-3:]:
                assert await data_key(ring, known) == key
            await asyncio.sleep(0)

    async def rotate():
        for _ in range(4):
            new = new_key()
            await rotate_master_key(SYSTEM, source.ring(), lambda new=new: source.keys.append(new))
            source.keys[:] = [new]
            await asyncio.sleep(0.01)

    await asyncio.gather(rotate(), *[write(ring, number) for number, ring in enumerate(writers)])
    assert len(made) == 48
    for ring in [*writers, source.ring()]:
        for uid, key in made.items():
            assert await data_key(ring, uid) == key
    assert {one.master for one in await wrapped_keys()} == {name_of(source.keys[0])}


async def test_a_key_that_was_read_just_before_a_rotation_is_read_again(db, source):
    key = await make(source.ring(), "a")
    (before,) = await wrapped_keys()
    new = new_key()
    await rotate_master_key(SYSTEM, source.ring(), lambda: source.keys.append(new))
    source.keys[:] = [new]
    assert await data_key(source.ring(), "a", (before.master, before.wrapped)) == key


async def test_a_process_that_has_only_the_old_master_key_seals_nothing_more(db, source):
    await make(source.ring(), "a")
    old = tuple(source.keys)
    await rotate_master_key(SYSTEM, source.ring(), lambda: source.keys.append(new_key()))
    with pytest.raises(KeyLost, match="Restart Recruit"):
        await make(KeyRing(lambda: old), "b")
    assert [one.uid for one in await wrapped_keys()] == ["a"]


async def test_a_rotation_that_fails_changes_nothing(db, source):
    key = await make(source.ring(), "a")
    await make(source.ring(), "b")
    await DataKey.update({DataKey.master: "another"}).where(DataKey.uid == "b")
    before = await wrapped_keys()
    with pytest.raises(KeyLost):
        await rotate_master_key(SYSTEM, source.ring(), lambda: source.keys.append(new_key()))
    assert (await wrapped_keys(), len(source.keys)) == (before, 1)
    assert await data_key(source.ring(), "a") == key


async def test_keys_are_put_back_where_they_are_missing_and_destroyed_ones_are_not(db, source):
    key = await make(source.ring(), "lost")
    await make(source.ring(), "destroyed")
    kept = await wrapped_keys()
    await destroy_key("destroyed")
    await DataKey.delete().where(DataKey.uid == "lost")
    for _again in range(2):
        await restore_keys(SYSTEM, kept)
        assert [one.uid for one in await wrapped_keys()] == ["lost"]
    assert await data_key(source.ring(), "lost") == key
    with pytest.raises(KeyLost):
        await data_key(source.ring(), "destroyed")
