"""One file that holds everything, and back."""

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO
from urllib.parse import unquote, urlsplit

from competences.errors import Refused
from competences.text import _
from recruit import database, postgres
from recruit.settings import Settings

DUMP, MANIFEST, DOCUMENTS, BADGE_KEY = "database.dump", "manifest.json", "documents", "badge-key.pem"
FORMAT = 1
Say = Callable[[str], None]

_MEMBER = re.compile(
    rf"{re.escape(DUMP)}|{re.escape(MANIFEST)}|{re.escape(BADGE_KEY)}|{DOCUMENTS}/[0-9a-f]{{64}}"
)
# pg_restore writes this whatever the server; those before 17 do not know it.
_TOO_NEW = b"SET transaction_timeout = 0;\n"
# Keys that seal texts are in no backup: a destroyed one stays destroyed, and those that are here stay.
_KEYS = "data_key"
_EMPTY = """
BEGIN;
SET client_min_messages = warning;
CREATE TEMP TABLE kept_key (uid text, master text, wrapped bytea, made_at timestamptz) ON COMMIT DROP;
DO $$ BEGIN
    IF to_regclass('public.data_key') IS NOT NULL THEN
        INSERT INTO kept_key SELECT uid, master, wrapped, made_at FROM public.data_key;
    END IF;
    IF to_regclass('public.waiting_key') IS NOT NULL THEN
        INSERT INTO kept_key SELECT uid, master, wrapped, made_at FROM public.waiting_key
            WHERE uid NOT IN (SELECT uid FROM kept_key);
    END IF;
END $$;
DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT format('TABLE %I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname = 'public'
                UNION ALL SELECT 'ROUTINE ' || oid::regprocedure FROM pg_proc p
                WHERE pronamespace = 'public'::regnamespace
                  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    LOOP EXECUTE 'DROP ' || name || ' CASCADE'; END LOOP;
END $$;
"""
# A backup from before there were keys has no place for them: they wait for the migrations (recruit.database).
_KEEP = """
DO $$ BEGIN
    IF to_regclass('public.data_key') IS NOT NULL THEN
        INSERT INTO public.data_key (uid, master, wrapped, made_at)
            SELECT uid, master, wrapped, made_at FROM pg_temp.kept_key;
    ELSIF EXISTS (SELECT FROM pg_temp.kept_key) THEN
        CREATE TABLE public.waiting_key AS SELECT uid, master, wrapped, made_at FROM pg_temp.kept_key;
    END IF;
END $$;
COMMIT;
"""


def write(settings: Settings, url: str, file: Path, say: Say) -> int:
    """Write the database, the documents and the key of badges into `file`; return its size in bytes.

    The database is read first: whatever document it speaks of lies in the folder by then.

    Raises:
        Refused: the database cannot be read.
        OSError: the file cannot be written.
    """
    part = file.with_name(file.name + ".part")
    with tempfile.TemporaryDirectory(dir=file.resolve().parent, prefix=".backup-") as scratch:
        dump = Path(scratch) / DUMP
        say(_("Reading the database"))
        _run(
            "pg_dump",
            url,
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            f"--exclude-table-data={_KEYS}",
            f"--file={dump}",
        )
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        try:
            with tarfile.open(part, "w") as archive:
                digests = {DUMP: _add(archive, DUMP, dump)}
                for count, path in enumerate(_documents(settings), 1):
                    say(_("Writing document %(count)s", count=count))
                    digests[f"{DOCUMENTS}/{path.name}"] = _add(archive, f"{DOCUMENTS}/{path.name}", path)
                if settings.badge_key.exists():  # badges given before stay verifiable
                    digests[BADGE_KEY] = _add(archive, BADGE_KEY, settings.badge_key)
                _add_manifest(archive, digests, _migrations(url))
            part.replace(file)
        finally:
            part.unlink(missing_ok=True)
    return file.stat().st_size


def _documents(settings: Settings) -> list[Path]:
    folder = settings.documents
    return (
        sorted(path for path in folder.iterdir() if _MEMBER.fullmatch(f"{DOCUMENTS}/{path.name}"))
        if folder.is_dir()
        else []
    )


class _Hashing:
    """A file that is being read, and the digest of what was read of it."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source = source
        self.sha256 = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self.source.read(size)
        self.sha256.update(block)
        return block


def _add(archive: tarfile.TarFile, name: str, path: Path) -> str:
    with path.open("rb") as source:
        hashing = _Hashing(source)
        member = tarfile.TarInfo(name)
        member.size, member.mtime, member.mode = path.stat().st_size, int(path.stat().st_mtime), 0o600
        archive.addfile(member, hashing)
    return hashing.sha256.hexdigest()


def _add_manifest(archive: tarfile.TarFile, digests: dict[str, str], migrations: list[str]) -> None:
    manifest = {
        "recruit": FORMAT,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "migrations": migrations,
        "members": digests,
    }
    content = json.dumps(manifest, indent=1).encode()
    member = tarfile.TarInfo(MANIFEST)
    member.size, member.mode = len(content), 0o600
    archive.addfile(member, io.BytesIO(content))


def read(settings: Settings, url: str, file: Path, *, replacing: bool, say: Say) -> None:
    """Check that `file` is whole, then put its documents and its database in place: both, or neither.

    Raises:
        Refused: the file is damaged, no backup or from a newer version, or the database is not empty.
    """
    settings.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.folder, prefix=".restore-") as scratch:
        say(_("Checking the file"))
        unpacked = Path(scratch)
        _unpack(file, unpacked)
        if not replacing and _holds_something(url):
            raise Refused(
                _("The database holds data already. With --replace they are replaced by the backup.")
            )
        say(_("Restoring documents"))
        with _swapped(settings.documents, unpacked / DOCUMENTS):
            say(_("Restoring the database"))
            _restore_database(url, unpacked / DUMP)
        if (unpacked / BADGE_KEY).exists():
            (unpacked / BADGE_KEY).replace(settings.badge_key)


def _unpack(file: Path, folder: Path) -> None:
    """Write the members of `file` into `folder`, and check each against the manifest."""
    damaged = Refused(_("This is not a whole backup of Recruit; nothing was changed."))
    (folder / DOCUMENTS).mkdir(mode=0o700)
    digests = {}
    try:
        with tarfile.open(file, "r:") as archive:
            for member in archive:
                if not member.isfile() or not _MEMBER.fullmatch(member.name):
                    raise damaged
                digests[member.name] = _extract(archive, member, folder / member.name)
        manifest = json.loads((folder / MANIFEST).read_text())
        del digests[MANIFEST]
        if manifest["recruit"] != FORMAT or manifest["members"] != digests or DUMP not in digests:
            raise damaged
        newer = set(manifest["migrations"]) - database.known_migrations()
    except (tarfile.TarError, ValueError, KeyError, TypeError, FileNotFoundError) as error:
        raise damaged from error
    if newer:
        raise Refused(
            _("This backup was made by a newer version of Recruit. Install that one; nothing was changed.")
        )


def _extract(archive: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> str:
    source = archive.extractfile(member)
    assert source is not None  # it is a file
    hashing = _Hashing(source)
    with target.open("wb") as sink:
        shutil.copyfileobj(hashing, sink)
    target.chmod(0o600)
    return hashing.sha256.hexdigest()


@contextmanager
def _swapped(folder: Path, new: Path) -> Iterator[None]:
    """Put `new` in the place of `folder`; put the old one back when what follows fails."""
    old = new.with_name("documents-before")
    if folder.exists():
        folder.replace(old)
    new.replace(folder)
    try:
        yield
    except BaseException:
        folder.replace(new)
        if old.exists():
            old.replace(folder)
        raise


def _restore_database(url: str, dump: Path) -> None:
    """Replace all that the database holds by `dump`, in one transaction."""
    reading = [_program("pg_restore"), "--no-owner", "--no-privileges", "--file=-", str(dump)]
    address, environment = _address(url)
    writing = [
        _program("psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", f"--dbname={address}", "--file=-"
    ]  # fmt: skip
    with (
        tempfile.TemporaryFile("w+") as complaints,
        subprocess.Popen(reading, stdout=subprocess.PIPE, stderr=complaints) as source,  # noqa: S603
        subprocess.Popen(  # noqa: S603
            writing, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=complaints, env=environment
        ) as sink,
    ):
        assert source.stdout
        assert sink.stdin
        try:
            sink.stdin.write(_EMPTY.encode())
            sink.stdin.write(source.stdout.read(65_536).replace(_TOO_NEW, b"", 1))
            shutil.copyfileobj(source.stdout, sink.stdin)
            if source.wait() == 0:  # without this the end of the input rolls everything back
                sink.stdin.write(_KEEP.encode())
            sink.stdin.close()
        except BrokenPipeError:
            source.kill()
        if source.wait() or sink.wait():
            complaints.seek(0)
            raise _unsuccessful("restore", complaints.read())


def _holds_something(url: str) -> bool:
    tables = set(_ask(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
    if not tables or "person" not in tables:
        return bool(tables)
    return _ask(url, "SELECT count(*) FROM person") != ["0"]


def _migrations(url: str) -> list[str]:
    if _ask(url, "SELECT to_regclass('migration')") == [""]:
        return []
    return _ask(url, "SELECT app_name || ' ' || name FROM migration ORDER BY 1")


def _ask(url: str, question: str) -> list[str]:
    said = _run("psql", url, "--no-psqlrc", "--tuples-only", "--no-align", "--command", question)
    return said.removesuffix("\n").split("\n") if said else []


def _run(program: str, url: str, *arguments: str) -> str:
    """Run one of PostgreSQL's own programs on the database."""
    address, environment = _address(url)
    command = [_program(program), f"--dbname={address}", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)  # noqa: S603
    if done.returncode:
        raise _unsuccessful(program, done.stderr)
    return done.stdout


def _unsuccessful(what: str, why: str) -> Refused:
    return Refused(
        _("%(program)s did not succeed; nothing was changed: %(why)s", program=what, why=why.strip()[-400:])
    )


def _address(url: str) -> tuple[str, dict[str, str]]:
    """Return the URL without its password, which others could read in the list of processes, and the environment with it."""
    parts = urlsplit(url)
    if not parts.password:
        return url, dict(os.environ)
    user, _colon, _password = parts.netloc.rpartition("@")[0].partition(":")
    clean = parts._replace(netloc=f"{user}@{parts.netloc.rpartition('@')[2]}").geturl()
    return clean, {**os.environ, "PGPASSWORD": unquote(parts.password)}


def _program(name: str) -> str:
    """Return the embedded server's own program, which is as new as any; else the machine's."""
    try:
        return str(postgres.programs() / name)
    except Refused:
        found = shutil.which(name)
    if not found:
        raise Refused(_("%(program)s is missing. Install PostgreSQL's client programs.", program=name))
    return found
