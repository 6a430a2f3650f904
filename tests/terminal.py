"""The command line as its user meets it: a process of its own."""

import os
import re
import socket
import subprocess
import sys
from urllib.parse import urlsplit

PLAIN = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


def recruit(*arguments: object, timeout: float = 90, typed: str = "", **environment: object):
    """Run one verb to its end."""
    done = subprocess.run(
        [sys.executable, "-m", "recruit", *map(str, arguments)],
        capture_output=True, text=True, input=typed, timeout=timeout, check=False, env=with_(**environment),
    )  # fmt: skip
    done.stderr = " ".join(PLAIN.sub("", done.stderr).split())
    assert "Traceback" not in done.stderr, done.stderr
    return done


def with_(**environment: object) -> dict[str, str]:
    """The environment of a test with more in it; None takes a variable out."""
    mixed = {**os.environ, "COLUMNS": "200", **{name: str(value) for name, value in environment.items()}}
    return {name: value for name, value in mixed.items() if value != "None"}


def beside(url: str, name: str) -> str:
    """The URL of another database on the same server."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]
