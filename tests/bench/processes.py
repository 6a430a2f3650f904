"""The servers under test as processes, and the processor time that they use."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

HOME = Path(__file__).parents[2]
# The same server with the same options; only the application is bare.
BARE = """
from granian.constants import Interfaces, Loops
from granian.server import Server
Server("tests.bench.bare:create_app", factory=True, address="127.0.0.1", port={port}, workers=1,
       interface=Interfaces.ASGI, loop=Loops.uvloop, log_access=False, workers_kill_timeout=5).serve()
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(port: int, environment: dict[str, str], *, bare: bool = False) -> Iterator[psutil.Process]:
    """Run `recruit serve` with one worker, or the bare application, until the block ends."""
    command = ["-c", BARE.format(port=port)] if bare else ["-m", "recruit", "serve", "--port", str(port)]
    log = Path(environment["RECRUIT_DATA"]) / f"server-{port}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, *command], cwd=HOME, env=os.environ | environment, stdout=out, stderr=out
        )
    try:
        _wait(port, process, log)
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int, process: subprocess.Popen, log: Path) -> None:
    for _ in range(150):
        if process.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise SystemExit(f"The server does not answer:\n{log.read_text()[-2000:]}")


def postmaster(folder: Path) -> psutil.Process:
    """The embedded database's first process; its connections are its children."""
    return psutil.Process(int((folder / "postgres" / "postmaster.pid").read_text().split()[0]))


def seconds(process: psutil.Process) -> float:
    """Return the processor time of a process and all below it so far, ended ones included."""
    total = 0.0
    for one in [process, *process.children(recursive=True)]:
        try:
            times = one.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system
    own = process.cpu_times()
    return total + own.children_user + own.children_system
