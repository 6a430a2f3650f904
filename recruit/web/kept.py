"""What costs much to make, kept in this process until what it was made from changes.

The key says what that is; whoever asks has read it from the database in this request, so a part is never
older than its rows. Nothing is kept that a reader was not let to.
"""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Any, TypeVar

MOST = 24

_parts: OrderedDict[Hashable, Any] = OrderedDict()
T = TypeVar("T")


async def kept(key: Hashable, make: Callable[[], Awaitable[T]]) -> T:
    """Return the part made for `key`, made now if it is not here; the one longest unused goes."""
    if key in _parts:
        _parts.move_to_end(key)
        found: T = _parts[key]
        return found
    _parts[key] = part = await make()
    while len(_parts) > MOST:
        _parts.popitem(last=False)
    return part


def forget() -> None:
    """Keep nothing: the rows were changed behind the back of every command."""
    _parts.clear()
