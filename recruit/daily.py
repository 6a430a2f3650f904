"""What follows from a new day alone, looked at every hour by whichever process comes first."""

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from secrets import token_hex

from competences.audit.tables import AuditEntry
from competences.training.commands.lone_work import note_everybody
from recruit.piccolo_conf import DB
from recruit.web.i18n import local

log = logging.getLogger("recruit")

HOUR = 3600
_TAKE = "SELECT pg_try_advisory_xact_lock(hashtextextended('recruit daily', 0)) AS taken"


async def look(now: datetime) -> bool:
    """Note what has changed by dates alone; return whether it was this process that looked.

    Run again it notes nothing twice, so that nothing has to remember when it ran last.

    Args:
        now: In the organisation's time zone.
    """
    async with DB.transaction():
        if not (await AuditEntry.raw(_TAKE))[0]["taken"]:
            return False
        await note_everybody(now.date(), now)
    return True


@asynccontextmanager
async def hourly() -> AsyncIterator[None]:
    """Look at once and then every hour, as long as the process lives. What goes wrong is logged and tried again."""
    task = asyncio.create_task(_forever())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _forever() -> None:
    while True:
        try:
            await look(local(datetime.now(UTC)))
        except Exception as error:
            number, frames = token_hex(4), "".join(traceback.format_tb(error.__traceback__))
            log.error("error %s in the daily look: %s\n%s", number, type(error).__qualname__, frames)
        await asyncio.sleep(HOUR)
