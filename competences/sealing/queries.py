"""Data keys, opened for whoever has the ring."""

from competences.sealing.rules import Changed, KeyLost, KeyRing
from competences.sealing.tables import DataKey
from competences.text import _


def place_of_key(uid: str) -> str:
    """Return the place that a data key is bound to."""
    return f"data_key/wrapped/{uid}"


async def data_key(ring: KeyRing, uid: str) -> bytes:
    """Return the data key of a thing.

    Raises:
        KeyLost: it was destroyed, or not restored; or its master key is not to be had.
        Changed: the stored key is not as it was written.
    """
    row = await _row(uid)
    try:
        return ring.unwrap(row.master, row.wrapped, place_of_key(uid))
    except KeyLost:
        anew = await _row(uid)  # a rotation may have come between
        if anew.master == row.master:
            raise
        return ring.unwrap(anew.master, anew.wrapped, place_of_key(uid))


async def _row(uid: str) -> DataKey:
    row = await DataKey.objects().where(DataKey.uid == uid).first()
    if row is None:
        raise KeyLost(
            _(
                "The key to this text is not here: it was destroyed, or the keys were not restored with the backup."
            )
        )
    return row


__all__ = ["Changed", "KeyLost", "data_key", "place_of_key"]
