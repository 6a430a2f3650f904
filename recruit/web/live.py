"""Tells open pages that something changed: one LISTEN connection a process, many readers."""

import asyncio
import signal
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any

import asyncpg
from litestar.response import ServerSentEvent
from litestar.response.sse import ServerSentEventMessage

from competences.errors import Refused
from recruit.piccolo_conf import DB

HEARTBEAT = 15.0  # seconds; keeps proxies from closing a quiet stream


class Channel:
    """A PostgreSQL notification channel whose payload is the id of what changed."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.closed = False
        self._connection: Any = None
        self._connecting = asyncio.Lock()
        self._readers: dict[str, set[asyncio.Event]] = defaultdict(set)

    async def open(self) -> None:
        """Listen, or listen again after the connection was lost."""
        async with self._connecting:
            if self.closed or (self._connection is not None and not self._connection.is_closed()):
                return
            connection = await DB.get_new_connection()
            await connection.add_listener(self.name, self._tell)
            connection.add_termination_listener(lambda _gone: self.wake())
            self._connection = connection
            self.wake()  # what changed while nobody listened is not lost

    def _tell(self, _connection: Any, _process: int, _channel: str, payload: str) -> None:
        for reader in self._readers.get(payload, ()):
            reader.set()

    def wake(self) -> None:
        """Tell every reader to look again."""
        for readers in self._readers.values():
            for reader in readers:
                reader.set()

    @contextmanager
    def reading(self, key: str) -> Iterator[asyncio.Event]:
        """Yield what is set whenever `key` changed."""
        changed = asyncio.Event()
        self._readers[key].add(changed)
        try:
            yield changed
        finally:
            self._readers[key].discard(changed)
            if not self._readers[key]:
                del self._readers[key]

    def end(self) -> None:
        """End every stream."""
        self.closed = True
        self.wake()

    async def close(self) -> None:
        """End every stream and the connection."""
        self.end()
        if self._connection is not None:
            with suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError):
                await self._connection.close(timeout=2)
            self._connection = None


@asynccontextmanager
async def living(channel: Channel) -> AsyncIterator[None]:
    """Let a channel live as long as the process.

    The server waits for open answers before it tells the application to stop, and a stream is never
    done: so streams end with the signal itself. Setting a handler here does not take the server's
    away, since event loops hear of signals through a file descriptor.
    """
    loop, before = asyncio.get_running_loop(), {}
    with suppress(ValueError):  # not the main thread: then nobody signals us either
        for number in (signal.SIGINT, signal.SIGTERM):
            before[number] = signal.signal(number, lambda *_: loop.call_soon_threadsafe(channel.end))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        await channel.close()


async def changes(
    channel: Channel, key: str, may_read: Callable[[], Awaitable[object]], heartbeat: float = HEARTBEAT
) -> AsyncIterator[ServerSentEventMessage]:
    """Yield "change" at once and at each change of `key`, a comment while nothing happens.

    At once, since the page was drawn a moment before anybody listened for it.

    `may_read` raises Refused once the reader may not read any more: asked again before each message.
    """
    with channel.reading(key) as changed:
        changed.set()
        while not channel.closed:
            with suppress(OSError, asyncpg.PostgresError):  # the database is away: try at the next beat
                await channel.open()
            with suppress(TimeoutError):
                await asyncio.wait_for(changed.wait(), heartbeat)
            if channel.closed:
                return
            try:
                await may_read()
            except Refused:
                return
            if changed.is_set():
                changed.clear()
                yield ServerSentEventMessage(event="change", data="1")
            else:
                yield ServerSentEventMessage(comment="still here", data=None)


def stream(channel: Channel, key: object, may_read: Callable[[], Awaitable[object]]) -> ServerSentEvent:
    """Return the response that an EventSource reads."""
    return ServerSentEvent(
        changes(channel, str(key), may_read), headers={"X-Accel-Buffering": "no", "Cache-Control": "no-store"}
    )
