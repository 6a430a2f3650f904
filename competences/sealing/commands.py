"""Making, destroying and wrapping keys anew. Part of a command of whatever is sealed, which logs it."""

from asyncio import to_thread
from collections.abc import Callable, Collection
from datetime import datetime

from competences.sealing.queries import Wrapped, nothing_sealed, place_of_key
from competences.sealing.rules import KeyLost, KeyRing, new_key
from competences.sealing.tables import DataKey
from competences.text import _


async def make_key(ring: KeyRing, uid: str, now: datetime) -> bytes:
    """Keep a fresh data key for `uid`, and return it. Part of a command.

    A rotation waits for the transaction, and this for a rotation, so that no key stays with a master that goes.

    Raises:
        KeyLost: there is no master key to wrap it with, or it was changed since this process began.
    """
    await DataKey.raw("LOCK TABLE data_key IN ROW EXCLUSIVE MODE")
    masters = await DataKey.raw("SELECT DISTINCT master FROM data_key WHERE master <> ''")
    if await nothing_sealed():
        ring.begin()
    key = new_key()
    name, wrapped = await to_thread(ring.wrap, key, place_of_key(uid))  # it may run a command
    if not all(ring.holds(row["master"]) for row in masters):  # who removes the old one would lose this key
        raise KeyLost(_("The master key has been changed. Restart Recruit with the new one."))
    await DataKey(uid=uid, master=name, wrapped=wrapped, made_at=now).save()
    return key


async def destroy_key(uid: str) -> None:
    """Forget the data key of `uid`: what it sealed can never be read again. Part of a command.

    That it was destroyed stays noted, so that no file of kept keys brings it back.
    """
    await DataKey.update({DataKey.master: "", DataKey.wrapped: b""}).where(DataKey.uid == uid)


async def wrap_anew(ring: KeyRing, begin: Callable[[], object]) -> int:
    """Let `begin` put a new master key in force, and wrap every data key by it; return how many. Part of a command.

    New keys wait until this has ended. Whatever was open before goes on opening until the old master key is removed.

    Raises:
        KeyLost: a master key is not to be had, and nothing is changed.
        Changed: a stored key is not as it was written, and nothing is changed.
    """
    await DataKey.raw("LOCK TABLE data_key IN SHARE ROW EXCLUSIVE MODE")
    rows = await DataKey.objects().where(DataKey.master != "").order_by(DataKey.id)
    keys = {row.uid: ring.unwrap(row.master, row.wrapped, place_of_key(row.uid)) for row in rows}
    begin()
    for row in rows:
        row.master, row.wrapped = ring.wrap(keys[row.uid], place_of_key(row.uid))
        await row.save([DataKey.master, DataKey.wrapped])
    return len(rows)


async def put_back(kept: Collection[Wrapped]) -> int:
    """Put keys back that are not there; those that were destroyed stay so; return how many. Part of a command."""
    present = {row["uid"] for row in await DataKey.select(DataKey.uid)}
    rows = [
        DataKey(uid=one.uid, master=one.master, wrapped=one.wrapped, made_at=one.made_at)
        for one in kept
        if one.uid not in present
    ]
    if rows:
        await DataKey.insert(*rows)
    return len(rows)
