"""Making, destroying and wrapping keys anew. Part of a command of whatever is sealed, which logs it."""

from datetime import datetime

from competences.sealing.queries import place_of_key
from competences.sealing.rules import KeyRing, new_key
from competences.sealing.tables import DataKey


async def make_key(ring: KeyRing, uid: str, now: datetime) -> bytes:
    """Keep a fresh data key for `uid`, and return it. Part of a command.

    A rotation waits for the transaction, and this for a rotation, so that no key stays with a master that goes.

    Raises:
        KeyLost: there is no master key to wrap it with.
    """
    await DataKey.raw("LOCK TABLE data_key IN ROW EXCLUSIVE MODE")
    if not await DataKey.exists():
        ring.begin()
    key = new_key()
    name, wrapped = ring.wrap(key, place_of_key(uid))
    await DataKey(uid=uid, master=name, wrapped=wrapped, made_at=now).save()
    return key


async def destroy_key(uid: str) -> None:
    """Forget the data key of `uid`: what it sealed can never be read again. Part of a command."""
    await DataKey.delete().where(DataKey.uid == uid)
