"""The command line: every verb. Exit codes: 0 done, 1 refused or failed, 2 wrong use or unreadable input."""

import asyncio
import json
import logging
import os
import sys
import warnings
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console

from recruit import database
from recruit.settings import Settings, load

T = TypeVar("T")
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
console = Console(stderr=True, highlight=False)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="recruit")
def main() -> None:
    """Panel scoring, competences and training for the staff of exit programmes."""
    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s")


@contextmanager
def _database(settings: Settings) -> Iterator[str]:
    """A database that answers, or one sentence that says why not."""
    try:
        with database.running(settings) as url:
            yield url
    except (OSError, RuntimeError) as error:
        raise click.ClickException(f"The database does not start or answer: {error}") from error


def _within(settings: Settings, work: Callable[[], Awaitable[T]]) -> T:
    """Run `work` with a pool; what the domain refuses is a sentence and exit code 1."""
    from competences.errors import Refused

    async def run() -> T:
        async with database.pool():
            return await work()

    with _database(settings):
        try:
            return asyncio.run(run())
        except Refused as refused:
            raise click.ClickException(str(refused)) from refused


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, envvar="PORT", show_default=True)
@click.option(
    "--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes on one database."
)
def serve(host: str, port: int, workers: int) -> None:
    """Serve the application until it is stopped."""
    _serve(load(), host, port, workers)


def _serve(settings: Settings, host: str, port: int, workers: int) -> None:
    if settings.demo and host not in LOOPBACK:
        raise click.ClickException("Demo mode shows its passwords, so it listens on 127.0.0.1 only.")
    with _database(settings):
        _prepare(settings)
        console.print(f"[bold]http://{host}:{port}[/bold]   (Ctrl+C stops)")
        _run_server(host, port, workers)


def _prepare(settings: Settings) -> None:
    """Migrate the embedded database; of a given one say that it must be."""

    async def work() -> int:
        async with database.pool():
            if settings.database_url:
                return len(await database.waiting_migrations())
            await database.migrate()
            return 0

    if waiting := asyncio.run(work()):
        raise click.ClickException(
            f"{waiting} migrations have not run on this database. Run: recruit migrate"
        )


def _run_server(host: str, port: int, workers: int) -> None:
    from granian.constants import Interfaces, Loops
    from granian.server import Server

    server = Server(
        "recruit.app:create_app",
        factory=True,
        address=host,
        port=port,
        workers=workers,
        interface=Interfaces.ASGI,
        loop=Loops.uvloop if sys.platform != "win32" else Loops.auto,
        log_enabled=True,
        log_access=False,
        workers_kill_timeout=5,
    )
    try:
        server.serve()
    except OSError as error:
        raise click.ClickException(
            f"Cannot listen on {host}:{port}: {error.strerror}. Set PORT to another."
        ) from error


@main.command()
def migrate() -> None:
    """Bring the database to this version."""
    with console.status("Migrating"):
        count = _within(load(), database.migrate)
    console.print(f"{count} migrations ran." if count else "Nothing to do: the database is up to date.")


@main.command()
@click.option("--name", prompt="Your name", help="Name of the first administrator.")
@click.option("--email", prompt="Your work e-mail", help="What the first administrator signs in with.")
def init(name: str, email: str) -> None:
    """Set up an empty database: frameworks, role profiles, the first administrator."""
    from recruit.accounts.commands import first_administrator

    async def work() -> str:
        await database.migrate()
        await load_starters()
        return await first_administrator(name, email)

    secret = _within(load(), work)
    console.print("Start Recruit with: recruit serve. Then open this address once to choose your password:")
    click.echo(f"/links/{secret}")


async def load_starters() -> None:
    """Add the frameworks and role profiles that come with the package, where they are missing."""
    from competences.actor import SYSTEM
    from competences.frameworks import commands as frameworks
    from competences.role_profiles import commands as role_profiles

    await frameworks.add_starters(SYSTEM)
    await role_profiles.add_starters(SYSTEM)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, envvar="PORT", show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True)
@click.option(
    "--scale",
    type=click.IntRange(0, 100_000),
    default=0,
    help="Add this many invented people for load tests.",
)
@click.option("--fill-only", is_flag=True, help="Fill the demo organisation and stop.")
def demo(host: str, port: int, workers: int, scale: int, fill_only: bool) -> None:
    """Fill an invented organisation, once, and serve it on this machine only."""
    os.environ["RECRUIT_DEMO"] = "1"
    settings = replace(load(), demo=True)
    if host not in LOOPBACK:
        raise click.ClickException("Demo mode shows its passwords, so it listens on 127.0.0.1 only.")
    with console.status("Starting the database"), _database(settings):
        pass
    with _database(settings):
        _within(settings, lambda: _fill(scale))
        if fill_only:
            return
        _greet(host, port)
        _run_server(host, port, workers)


async def _fill(scale: int) -> None:
    from recruit.demo import fill
    from recruit.demo import scale as scaling

    await database.migrate()
    await load_starters()
    with console.status("Filling the demo organisation") as status:
        await fill.fill(lambda step: status.update(f"Filling the demo organisation: {step}"))
    if scale:
        await scaling.scale(scale, console)


def _greet(host: str, port: int) -> None:
    from recruit.accounts.rules import DEMO_PASSWORD

    console.print(f"\n[bold]http://{host}:{port}/sign-in[/bold]   (Ctrl+C stops)\n")
    for email, what in (
        ("mara.keller", "hiring and line manager, chairs a panel"),
        ("selin.aydin, paul.novak", "panel members"),
        ("jana.wirth", "trainer"),
        ("ruth.okello, yusuf.yilmaz, daniel.rask", "staff"),
        ("admin, privacy", "administrator, privacy officer"),
    ):
        console.print(f"  {email:<40} {what}")
    console.print(f"\n  all @demo.example, password: [bold]{DEMO_PASSWORD}[/bold]\n")


@main.command()
def check() -> None:
    """Look whether everything is as it should be; exit code 1 when something is not."""
    from recruit.checks import problems

    settings = load()
    found = _within(settings, lambda: problems(settings))
    for problem in found:
        console.print(f"[red]✗[/red] {problem}")
    if found:
        raise SystemExit(1)
    console.print("[green]✓[/green] Database, migrations, log and documents are as they should be.")


@main.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write the database and all documents into one FILE."""
    from recruit import backups

    settings = load()
    with _database(settings) as url, console.status("Backing up") as status, _refusals():
        size = backups.write(settings, url, file, status.update)
    console.print(f"{file}: {size / 1_000_000:.1f} MB. It holds everything: keep it as safe as the original.")


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", "replacing", is_flag=True, help="Replace what the database holds now.")
def restore(file: Path, replacing: bool) -> None:
    """Bring back what FILE holds, after checking that it is whole."""
    from recruit import backups

    settings = load()
    with _database(settings) as url, console.status("Restoring") as status, _refusals():
        backups.read(settings, url, file, replacing=replacing, say=status.update)
    _within(settings, database.migrate)
    console.print("Restored. Run: recruit check")


@contextmanager
def _refusals() -> Iterator[None]:
    from competences.errors import Refused

    try:
        yield
    except Refused as refused:
        raise click.ClickException(str(refused)) from refused


@main.group(name="import")
def import_() -> None:
    """Bring data in from a spreadsheet."""


@import_.command(name="applications")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--vacancy", type=int, required=True, help="Number of the vacancy, as in its address.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and store nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def import_applications(file: Path, vacancy: int, dry_run: bool, as_json: bool) -> None:
    """Import applications from a CSV or XLSX FILE: all of it, or nothing."""
    from competences.actor import SYSTEM
    from recruit.applications.commands import import_file
    from recruit.sheets.sheet import Unreadable

    try:
        report = _within(
            load(), lambda: import_file(SYSTEM, vacancy, file.read_bytes(), file.name, dry_run=dry_run)
        )
    except Unreadable as error:
        click.echo(str(error), err=True)
        raise SystemExit(2) from error
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        _tell(report, dry_run=dry_run)
    raise SystemExit(1 if report["rejected"] and not dry_run else 0)


def _tell(report: dict[str, Any], *, dry_run: bool) -> None:
    """Print an import's report for a person."""
    click.echo(f"{report['rows']} rows, {len(report['accepted'])} can be imported.")
    for row in report["rejected"]:
        click.echo(f"line {row['line']}: {row['reason']}", err=True)
    if report["rejected"] and not dry_run:
        click.echo("Nothing was imported: correct these lines first.", err=True)


@main.group()
def export() -> None:
    """Write data out, harmless for spreadsheets."""


def _out(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="CSV or XLSX file."
    )(function)


@export.command(name="applications")
@click.option("--vacancy", type=int, required=True)
@_out
def export_applications(vacancy: int, out: Path) -> None:
    """Write the applications of a vacancy; never a score."""
    from recruit.applications.queries import export_rows

    _write_table(out, *_within(load(), lambda: export_rows(vacancy)))


@export.command(name="log")
@_out
def export_log(out: Path) -> None:
    """Write the log of everything that was written."""
    from competences.audit.queries import export_rows

    _write_table(out, *_within(load(), export_rows))


def _write_table(out: Path, header: list[str], rows: list[list[Any]]) -> None:
    from recruit.sheets.writing import to_csv, to_xlsx

    xlsx = out.suffix.lower() == ".xlsx"
    out.write_bytes(to_xlsx(header, rows, out.stem) if xlsx else to_csv(header, rows))
    console.print(f"{out}: {len(rows)} rows.")
