"""What is done with all keys at once. The log says that it was done; never how many there are, nor whose."""

from collections.abc import Callable, Collection

from competences.actor import Actor
from competences.audit.commands import command
from competences.sealing.commands import put_back, wrap_anew
from competences.sealing.queries import Wrapped
from competences.sealing.rules import KeyRing
from competences.support.events.apart import KeysRestored, MasterKeyRotated


@command
async def rotate_master_key(actor: Actor, ring: KeyRing, begin: Callable[[], object]) -> MasterKeyRotated:
    """Let `begin` put a new master key in force, and wrap every data key by it: all or none.

    The old master key may be removed after this, and not before.

    Raises:
        KeyLost, Changed: a key does not open; nothing is changed.
    """
    await wrap_anew(ring, begin)
    return MasterKeyRotated(subject_id=0)


@command
async def restore_keys(actor: Actor, kept: Collection[Wrapped]) -> KeysRestored:
    """Put back the keys that are not there. Those of plans that were deleted stay destroyed."""
    await put_back(kept)
    return KeysRestored(subject_id=0)
