"""What follows from a new day alone, looked at every hour by every process: whichever comes first notes it."""

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from secrets import token_hex

from competences.actor import SYSTEM
from competences.care.commands.names import end_past
from competences.support.commands.deletion import delete_due
from competences.training.commands.lone_work import note_everybody
from recruit.web.i18n import local

log = logging.getLogger("recruit")

HOUR = 3600


async def look(now: datetime, months: int) -> int:
    """Note for whom lone work has changed by dates alone, end exceptions of names that ran out, and delete the plans whose
    time has come; return for how many people something was noted. How many plans went is nobody's to know.

    Run again, or by several processes at a time, it notes nothing twice, so nothing remembers when it ran last.

    Args:
        now: In the organisation's time zone.
        months: How long a closed support plan is kept.
    """
    await end_past(SYSTEM, now.date())
    await delete_due(SYSTEM, now, months)
    return await note_everybody(now.date(), now)


@asynccontextmanager
async def hourly(months: int) -> AsyncIterator[None]:
    """Look at once and then every hour, as long as the process lives. What goes wrong is logged and tried again."""
    task = asyncio.create_task(_forever(months))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _forever(months: int) -> None:
    while True:
        try:
            await look(local(datetime.now(UTC)), months)
        except Exception as error:
            number, frames = token_hex(4), "".join(traceback.format_tb(error.__traceback__))
            log.error("error %s in the daily look: %s\n%s", number, type(error).__qualname__, frames)
        await asyncio.sleep(HOUR)
