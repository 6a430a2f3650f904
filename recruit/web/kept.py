"""Parts of pages that cost much to make, kept in this process until what they were made from changes.

The key says what that is; whoever asks has read it from the database in this request, so a part is never
older than its rows. Nothing is kept that a reader was not let to.
"""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable

from markupsafe import Markup

MOST = 24

_parts: OrderedDict[Hashable, Markup] = OrderedDict()


async def kept(key: Hashable, make: Callable[[], Awaitable[Markup]]) -> Markup:
    """Return the part made for `key`, made now if it is not here; the one longest unused goes."""
    if key in _parts:
        _parts.move_to_end(key)
        return _parts[key]
    _parts[key] = part = await make()
    while len(_parts) > MOST:
        _parts.popitem(last=False)
    return part
