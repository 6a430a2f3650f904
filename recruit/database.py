"""The database: the embedded PostgreSQL, or the one that DATABASE_URL names."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, redirect_stdout
from io import StringIO

import asyncpg
from piccolo.apps.migrations.commands.base import BaseMigrationManager
from piccolo.apps.migrations.commands.check import CheckMigrationManager
from piccolo.apps.migrations.commands.forwards import run_forwards

from competences.errors import Refused
from recruit import postgres
from recruit.piccolo_conf import APP_REGISTRY, DB
from recruit.settings import Settings

# Keys that outlived the restoring of a backup from before there were keys (recruit.backups).
_WAITING_KEYS = """
DO $$ BEGIN
    IF to_regclass('public.waiting_key') IS NOT NULL THEN
        INSERT INTO public.data_key (uid, master, wrapped, made_at)
            SELECT uid, master, wrapped, made_at FROM public.waiting_key ON CONFLICT DO NOTHING;
        DROP TABLE public.waiting_key;
    END IF;
END $$
"""
APPS = ("competences", "recruit")


@contextmanager
def running(settings: Settings) -> Iterator[str]:
    """Yield the URL of a database that answers; start the embedded one where none is given.

    The embedded server stops when the last process that uses it ends.
    """
    if settings.database_url:
        yield _use(settings.database_url)
        return
    with postgres.running(settings.folder / "postgres") as url:
        yield _use(url)


def _use(url: str) -> str:
    os.environ["DATABASE_URL"] = url  # worker processes inherit it
    DB.config["dsn"] = url
    return url


async def _as_it_was(_connection: object) -> None:
    """Leave a connection that goes back to the pool as it is: saves a round trip for each statement.

    Open transactions are rolled back before this. Nothing here sets session variables, listens or
    takes session locks on a pooled connection; whoever does takes a connection of its own.
    """


@asynccontextmanager
async def pool(size: int = 8) -> AsyncIterator[None]:
    """Hold a connection pool; a server that is still starting is tried again for ten seconds."""
    for attempt in range(50):
        try:
            await DB.start_connection_pool(min_size=1, max_size=size, reset=_as_it_was)
            break
        except (OSError, asyncpg.CannotConnectNowError):
            if attempt == 49:
                raise
            await asyncio.sleep(0.2)
    try:
        yield
    finally:
        await DB.close_connection_pool()


async def migrate() -> int:
    """Run every migration that has not run; return how many there were.

    Raises:
        Refused: a migration failed; the message holds what it printed.
    """
    waiting = len(await waiting_migrations())
    for app in APPS if waiting else ():
        said = StringIO()
        with redirect_stdout(said):
            result = await run_forwards(app_name=app)
        if not result.success:
            raise Refused(f"{result.message}\n{said.getvalue()}")
    await DB.run_ddl(_WAITING_KEYS)
    return waiting


async def waiting_migrations() -> list[str]:
    """Return the names of the migrations that have not run yet."""
    with redirect_stdout(StringIO()):
        found = await CheckMigrationManager(app_name="all").get_migration_statuses()
    return [f"{status.app_name} {status.migration_id}" for status in found if not status.has_ran]


def known_migrations() -> set[str]:
    """Return the names of the migrations that this version of the program brings."""
    names = set()
    for config in APP_REGISTRY.app_configs.values():
        manager = BaseMigrationManager()
        modules = manager.get_migration_modules(config.resolved_migrations_folder_path)
        names |= {f"{config.app_name} {migration}" for migration in modules}
    return names
