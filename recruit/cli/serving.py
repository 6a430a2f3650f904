"""Serving the application, the organisation's or the demo."""

import asyncio
import os
import socket
import sys
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from recruit import database
from recruit.cli.frame import console, pooled, running
from recruit.cli.upkeep import load_starters, migrated
from recruit.settings import Settings, load

if TYPE_CHECKING:
    from litestar import Litestar

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
ACCOUNTS = (
    ("mara.keller", "hiring and line manager, chairs a panel"),
    ("selin.aydin, paul.novak", "panel members"),
    ("jana.wirth", "trainer"),
    ("ruth.okello", "support lead"),
    ("yusuf.yilmaz, daniel.rask", "staff"),
    ("admin, privacy", "administrator, privacy officer"),
)


def _listening(verb: Any) -> Any:
    """Add the options of a verb that serves."""
    for option in (
        click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes on one database."),
        click.option("--port", type=click.IntRange(1, 65535), default=8000, envvar="PORT", show_default=True, show_envvar=True, help="Port to listen on."),
        click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on."),
    ):  # fmt: skip
        verb = option(verb)
    return verb


@click.command()
@_listening
def serve(host: str, port: int, workers: int) -> None:
    """Serve the application until it is stopped."""
    settings = load()
    _check_address(settings, host, port)
    with running(settings):
        if waiting := asyncio.run(pooled(lambda: _prepare(settings))):
            raise click.ClickException(
                f"{waiting} migrations have not run on this database. Run: recruit migrate"
            )
        console.print(f"[bold]http://{_shown(host)}:{port}[/bold]   (Ctrl+C stops)")
        _run_server(settings, host, port, workers)


async def _prepare(settings: Settings) -> int:
    """Migrate the embedded database; of a given one say how many migrations it lacks."""
    if settings.database_url:
        return len(await database.waiting_migrations())
    await migrated()
    return 0


@click.command()
@_listening
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
    if not fill_only:
        _check_address(settings, host, port)
    with running(settings):
        asyncio.run(pooled(lambda: _fill(scale)))
        if fill_only:
            return
        _greet(host, port)
        _run_server(settings, host, port, workers)


async def _fill(scale: int) -> None:
    try:
        from recruit.demo import fill
        from recruit.demo import scale as scaling
    except ModuleNotFoundError as error:
        if error.name != "faker":
            raise
        raise click.ClickException(
            "The demo needs Faker. Install it with: pip install 'recruit[demo]'"
        ) from error
    with console.status("Filling the demo organisation") as status:
        await database.migrate()
        await load_starters()
        await fill.fill(lambda step: status.update(f"Filling the demo organisation: {step}"))
    if scale:
        await scaling.scale(scale, console)


def _greet(host: str, port: int) -> None:
    from recruit.accounts.rules import DEMO_PASSWORD

    console.print(f"\n[bold]http://{_shown(host)}:{port}/sign-in[/bold]   (Ctrl+C stops)\n")
    for email, what in ACCOUNTS:
        console.print(f"  {email:<40} {what}")
    console.print(f"\n  all @demo.example, password: [bold]{DEMO_PASSWORD}[/bold]\n")


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _check_address(settings: Settings, host: str, port: int) -> None:
    """Refuse an address that is taken: two servers can share a port without noticing each other."""
    if settings.demo and host not in LOOPBACK:
        raise click.ClickException("Demo mode shows its passwords, so it listens on 127.0.0.1 only.")
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise click.ClickException(
            f"Cannot listen on {_shown(host)}:{port}: {error.strerror}. Choose another with --port or PORT."
        ) from error


def _run_server(settings: Settings, host: str, port: int, workers: int) -> None:
    from granian.constants import Interfaces, Loops
    from granian.log import LogLevels
    from granian.server import Server

    import recruit.app  # noqa: F401  whatever is wrong with it shows here once, and workers share its memory

    # Small matrices gain nothing from several threads, and every worker would start its own.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    settings.documents.mkdir(mode=0o700, parents=True, exist_ok=True)
    Server(
        "recruit.cli.serving:worker",
        factory=True,
        address=host,
        port=port,
        workers=workers,
        interface=Interfaces.ASGI,
        loop=Loops.uvloop if sys.platform != "win32" else Loops.auto,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=5,
    ).serve()
    console.print("Stopped.")


def worker() -> "Litestar":
    """Return the application for one process, which ends with the one that started it, even a killed one."""
    from multiprocessing import parent_process

    from recruit.app import create_app

    def end_with(parent: Any) -> None:
        parent.join()
        os._exit(1)

    if parent := parent_process():
        threading.Thread(target=end_with, args=(parent,), daemon=True).start()
    return create_app()
