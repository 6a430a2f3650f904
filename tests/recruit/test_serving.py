"""The server as a process, on an embedded database of its own: started, killed, started again."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx
import psutil
import pytest
from terminal import recruit, with_

pytestmark = pytest.mark.slow


@pytest.fixture
def folder():
    path = Path(tempfile.mkdtemp(prefix="recruit-serving-"))
    yield path
    shutil.rmtree(path, ignore_errors=True)


class Served:
    """A server that answers, and the processes that belong to it."""

    def __init__(self, folder: Path, port: int, *options: str) -> None:
        self.base = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "recruit", "serve", "--port", str(port), *options],
            env=with_(RECRUIT_DATA=folder, DATABASE_URL=None), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self.started = time.monotonic()

    def wait(self, seconds: float = 60) -> float:
        """Return after how many seconds the sign-in page came."""
        while True:
            try:
                assert httpx.get(f"{self.base}/sign-in").status_code == 200
                return time.monotonic() - self.started
            except httpx.TransportError:
                assert self.process.poll() is None, self.process.stdout.read().decode()
                assert time.monotonic() - self.started < seconds
                time.sleep(0.05)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(20)


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def postgres_of(folder: Path) -> list[int]:
    note = folder / "postgres" / "postmaster.pid"
    return [int(note.read_text().split("\n")[0])] if note.exists() else []


def test_a_killed_server_starts_again_at_once_and_a_stopped_one_leaves_nothing(folder, port):
    served = Served(folder, port, "--workers", "2")
    served.wait()
    workers = psutil.Process(served.process.pid).children()
    served.process.kill()
    served.process.wait()
    gone, alive = psutil.wait_procs(workers, timeout=5)
    assert (len(gone), alive) == (2, [])

    again = Served(folder, port)
    assert again.wait() < 15
    assert again.stop() == 0
    assert not postgres_of(folder)


def test_the_database_survives_being_killed(folder, port):
    assert (
        recruit(
            "init", "--name", "Ada", "--email", "ada@test.example", RECRUIT_DATA=folder, DATABASE_URL=None
        ).returncode
        == 0
    )
    served = Served(folder, port)
    served.wait()
    os.kill(postgres_of(folder)[0], signal.SIGKILL)
    served.stop()
    done = recruit("check", RECRUIT_DATA=folder, DATABASE_URL=None)
    assert done.returncode == 0, done.stderr
    again = recruit(
        "init", "--name", "Eve", "--email", "eve@test.example", RECRUIT_DATA=folder, DATABASE_URL=None
    )
    assert "administrator already" in again.stderr


def test_a_note_left_by_a_server_long_gone_is_no_obstacle(folder):
    assert recruit("migrate", RECRUIT_DATA=folder, DATABASE_URL=None).returncode == 0
    note = f"{os.getpid()}\n{folder}/postgres\n1\n5432\n{folder}/postgres\n\n1 1\nready\n"
    (folder / "postgres" / "postmaster.pid").write_text(note)
    done = recruit("check", RECRUIT_DATA=folder, DATABASE_URL=None)
    assert done.returncode == 0, done.stderr


def test_two_verbs_share_one_database(folder, port):
    served = Served(folder, port)
    served.wait()
    assert recruit("check", RECRUIT_DATA=folder, DATABASE_URL=None).returncode == 0
    assert httpx.get(f"{served.base}/sign-in").status_code == 200
    assert served.stop() == 0


def test_a_folder_that_is_no_database_is_left_alone(folder):
    (folder / "postgres").mkdir()
    (folder / "postgres" / "letter.txt").write_text("dear")
    done = recruit("migrate", RECRUIT_DATA=folder, DATABASE_URL=None)
    assert (done.returncode, "no database of Recruit" in done.stderr) == (1, True)
    assert (folder / "postgres" / "letter.txt").exists()


def test_a_long_path_gets_a_short_socket(folder):
    deep = folder.joinpath(*["a-folder-with-a-long-name"] * 5)
    done = recruit("migrate", RECRUIT_DATA=deep, DATABASE_URL=None)
    assert done.returncode == 0, done.stderr
