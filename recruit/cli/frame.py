"""What every verb shares: how it speaks, how it fails, how it gets a database."""

import asyncio
import logging
import signal
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import asyncpg
import click
from rich.console import Console

from competences.errors import Refused
from recruit import database
from recruit.settings import Settings

T = TypeVar("T")
console = Console(stderr=True, highlight=False, soft_wrap=True)


class Verbs(click.Group):
    """Turns what went wrong into one sentence and an exit code; `--traceback` shows where."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the verb."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, SystemExit):
            raise
        except Exception as error:
            if ctx.params.get("traceback"):
                raise
            raise click.ClickException(sentence(error)) from error


def sentence(error: Exception) -> str:
    """Return what to tell a person about `error`."""
    if isinstance(error, Refused):
        return str(error)
    if isinstance(error, asyncpg.PostgresError | asyncpg.InterfaceError):
        return f"The database refused: {error}"
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror or error}"
    return f"This should not happen ({type(error).__name__}: {error}). Run it again as: recruit --traceback …"


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="recruit")
@click.option("--traceback", is_flag=True, help="Show where in the program something went wrong.")
def main(traceback: bool) -> None:
    """Panel scoring, competences and training for the staff of exit programmes.

    Data live in RECRUIT_DATA (./data unless set), or on the PostgreSQL server that DATABASE_URL names.

    Exit codes: 0 done, 1 refused or failed (a sentence says why), 2 wrong use or unreadable input.
    """
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the database is left in order


@contextmanager
def running(settings: Settings) -> Iterator[str]:
    """Hold a database that answers."""
    with console.status("Starting the database") as status, database.running(settings) as url:
        status.stop()
        yield url


async def pooled(work: Callable[[], Awaitable[T]]) -> T:
    """Run `work` with a pool of connections."""
    try:
        async with database.pool():
            return await work()
    except OSError as error:
        if error.filename:
            raise
        raise Refused(f"The database does not answer: {error.strerror or error}.") from error


def within(settings: Settings, work: Callable[[], Awaitable[T]]) -> T:
    """Run `work` with a database of its own."""
    with running(settings):
        return asyncio.run(pooled(work))
