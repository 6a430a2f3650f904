"""Data keys, opened for whoever has the ring."""

from asyncio import to_thread
from dataclasses import dataclass
from datetime import datetime

from competences.sealing.rules import Changed, KeyLost, KeyRing
from competences.sealing.tables import DataKey
from competences.text import _


def place_of_key(uid: str) -> str:
    """Return the place that a data key is bound to."""
    return f"data_key/wrapped/{uid}"


async def data_key(ring: KeyRing, uid: str, read: tuple[str, bytes] | None = None) -> bytes:
    """Return the data key of a thing.

    Args:
        read: Master and wrapped key, where a statement of the caller has brought them along.

    Raises:
        KeyLost: it was destroyed, or not restored; or its master key is not to be had.
        Changed: the stored key is not as it was written.
    """
    master, wrapped = read or await _row(uid)
    try:
        return await _unwrapped(ring, uid, master, wrapped)
    except KeyLost:
        newer, anew = await _row(uid)  # a rotation may have come between
        if newer == master:
            raise
        return await _unwrapped(ring, uid, newer, anew)


async def _unwrapped(ring: KeyRing, uid: str, master: str, wrapped: bytes) -> bytes:
    if ring.holds(master):
        return ring.unwrap(master, wrapped, place_of_key(uid))
    return await to_thread(ring.unwrap, master, wrapped, place_of_key(uid))  # it may run a command


async def _row(uid: str) -> tuple[str, bytes]:
    row = await DataKey.objects().where(DataKey.uid == uid).first()
    if row is None or not row.master:
        raise KeyLost(
            _(
                "The key to this text is not here: it was destroyed, or the keys were not restored with the backup."
            )
        )
    return row.master, row.wrapped


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A data key as it is kept: wrapped by the master key of that name, and of no use without it."""

    uid: str
    master: str
    wrapped: bytes
    made_at: datetime


async def wrapped_keys() -> list[Wrapped]:
    """Return all data keys that were not destroyed, wrapped. For the system alone."""
    columns = (DataKey.uid, DataKey.master, DataKey.wrapped, DataKey.made_at)
    rows = await DataKey.select(*columns).where(DataKey.master != "").order_by(DataKey.id)
    return [Wrapped(**{**row, "wrapped": bytes(row["wrapped"])}) for row in rows]


# Texts that are sealed and have no key here, not even a destroyed one: their keys are still to be restored.
_WAITING = """
SELECT EXISTS (SELECT FROM data_key WHERE master <> '')
    OR EXISTS (SELECT FROM (SELECT uid FROM support_plan UNION ALL
                            SELECT uid FROM name_exception WHERE ended_on IS NULL) sealed
               WHERE NOT EXISTS (SELECT FROM data_key k WHERE k.uid = sealed.uid)) AS something
"""


async def nothing_sealed() -> bool:
    """Whether no key and no text needs a master key yet, so that a first one may be begun. For the system alone."""
    return not (await DataKey.raw(_WAITING))[0]["something"]


async def lost_keys(ring: KeyRing) -> int:
    """Return how many data keys the ring does not open. For the system alone."""
    count = 0
    for one in await wrapped_keys():
        try:
            ring.unwrap(one.master, one.wrapped, place_of_key(one.uid))
        except (KeyLost, Changed):
            count += 1
    return count


__all__ = [
    "Changed",
    "KeyLost",
    "Wrapped",
    "data_key",
    "lost_keys",
    "nothing_sealed",
    "place_of_key",
    "wrapped_keys",
]
