"""Backup, destroy, restore: everything is there; or nothing is changed."""

import asyncio
import hashlib
import io
import json
import tarfile
from dataclasses import replace

import asyncpg
import make
import pytest
import pytest_asyncio
from terminal import beside, recruit

from competences.errors import Refused
from recruit import backups
from recruit.settings import load
from recruit.web.secret_files import made_once

FILE = b"%PDF-1.7 an application"
KEY = "the key of badges"
DIGEST = hashlib.sha256(FILE).hexdigest()


@pytest_asyncio.fixture
async def target(server):
    """An empty database to restore into."""
    connection = await asyncpg.connect(server)
    await connection.execute("DROP DATABASE IF EXISTS restored WITH (FORCE)")
    await connection.execute("CREATE DATABASE restored")
    yield beside(server, "restored")
    await connection.execute("DROP DATABASE restored WITH (FORCE)")
    await connection.close()


@pytest_asyncio.fixture
async def archive(db, server, tmp_path):
    """A backup of an organisation with a scored applicant and a document."""
    made = await make.panel()
    await make.submitted(made, {"A1": 4, "B4": 3, "E3": 3})
    await execute(
        server,
        "INSERT INTO document (application, name, kind, size, digest, added_at)"
        f" SELECT id, 'letter.pdf', 'pdf', {len(FILE)}, '{DIGEST}', now() FROM application LIMIT 1",
    )
    folder = tmp_path / "first" / "documents"
    folder.mkdir(parents=True, mode=0o700)
    (folder / DIGEST).write_bytes(FILE)
    file = tmp_path / "everything.tar"
    settings = replace(load(), folder=tmp_path / "first")
    made_once(settings.badge_key, lambda: KEY)
    await asyncio.to_thread(backups.write, settings, server, file, print)
    return file


async def restored(file, url: str, folder) -> None:
    settings = replace(load(), folder=folder)
    await asyncio.to_thread(backups.read, settings, url, file, replacing=False, say=print)


async def run(*arguments, **environment):
    return await asyncio.to_thread(recruit, *arguments, **environment)


async def test_keys_outlive_a_backup_from_before_there_were_any(archive, target, tmp_path):
    oldest, at = tmp_path / "oldest.tar", {"DATABASE_URL": target, "RECRUIT_DATA": tmp_path / "second"}
    settings = replace(load(), folder=tmp_path / "second")
    await asyncio.to_thread(backups.write, settings, target, oldest, print)
    await restored(archive, target, tmp_path / "second")
    await execute(
        target,
        "INSERT INTO data_key (uid, master, wrapped, made_at)"
        " VALUES ('open', 'master', '\\x01', now()), ('destroyed', '', '', now())",
    )
    for _again in range(2):  # what waits outlives another one too
        await asyncio.to_thread(backups.read, settings, target, oldest, replacing=True, say=print)
        assert await counts(target) == {"waiting_key": 2}
    assert (await run("migrate", **at)).returncode == 0
    connection = await asyncpg.connect(target)
    rows = await connection.fetch("SELECT uid, master, wrapped FROM data_key ORDER BY id")
    await connection.close()
    assert [tuple(row) for row in rows] == [("open", "master", b"\x01"), ("destroyed", "", b"")]
    assert "waiting_key" not in await counts(target)


async def counts(url: str) -> dict[str, int]:
    connection = await asyncpg.connect(url)
    try:
        tables = await connection.fetch(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        )
        return {row[0]: await connection.fetchval(f'SELECT count(*) FROM "{row[0]}"') for row in tables}
    finally:
        await connection.close()


async def execute(url: str, *statements: str) -> None:
    connection = await asyncpg.connect(url)
    for statement in statements:
        await connection.execute(statement)
    await connection.close()


async def test_everything_comes_back(archive, server, target, tmp_path):
    done = await run("restore", archive, DATABASE_URL=target, RECRUIT_DATA=tmp_path / "second")
    assert done.returncode == 0, done.stderr
    assert await counts(target) == await counts(server)
    assert (await counts(target))["rating"] > 0
    restored = tmp_path / "second" / "documents" / DIGEST
    assert (restored.read_bytes(), restored.stat().st_mode & 0o077) == (FILE, 0)
    key = tmp_path / "second" / "badge-key.pem"  # so that badges given before stay verifiable
    assert (key.read_text(), key.stat().st_mode & 0o077) == (KEY, 0)
    checked = await run("check", DATABASE_URL=target, RECRUIT_DATA=tmp_path / "second")
    assert checked.returncode == 0, checked.stderr  # the chain of the log and the documents included


async def test_the_restored_database_still_keeps_its_rules(archive, target, tmp_path):
    await run("restore", archive, DATABASE_URL=target, RECRUIT_DATA=tmp_path / "second")
    with pytest.raises(asyncpg.PostgresError, match="log cannot be changed"):
        await execute(target, "DELETE FROM audit_entry")


async def test_data_are_replaced_only_when_asked_and_then_wholly(archive, server, target, tmp_path):
    place = {"DATABASE_URL": target, "RECRUIT_DATA": tmp_path / "second"}
    await run("init", "--name", "Eve", "--email", "eve@test.example", **place)
    (tmp_path / "second" / "documents").mkdir(parents=True, exist_ok=True)
    (tmp_path / "second" / "documents" / ("0" * 64)).write_bytes(b"of the other organisation")
    before = await counts(target)

    refused = await run("restore", archive, **place)
    assert (refused.returncode, "--replace" in refused.stderr) == (1, True)
    assert await counts(target) == before

    await execute(target, "CREATE TABLE leftover (id int)")
    done = await run("restore", archive, "--replace", **place)
    assert done.returncode == 0, done.stderr
    assert await counts(target) == await counts(server)
    assert [path.name for path in (tmp_path / "second" / "documents").iterdir()] == [DIGEST]


def repacked(file, change) -> None:
    """Write the members of a backup anew after `change(members)`."""
    with tarfile.open(file) as source:
        members = {member.name: source.extractfile(member).read() for member in source}
    change(members)
    with tarfile.open(file, "w") as sink:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            sink.addfile(member, io.BytesIO(content))


def changed_document(members):
    members[f"documents/{DIGEST}"] = b"something else"


def missing_document(members):
    del members[f"documents/{DIGEST}"]


def foreign_member(members):
    members["../outside"] = b"!"


def unlisted_member(members):
    members["documents/" + "1" * 64] = b"!"


def no_manifest(members):
    del members["manifest.json"]


def no_database(members):
    del members["database.dump"]


def odd_manifest(members):
    members["manifest.json"] = b"[1, 2]"


DAMAGES = [
    changed_document,
    missing_document,
    foreign_member,
    unlisted_member,
    no_manifest,
    no_database,
    odd_manifest,
]


@pytest.mark.parametrize("damage", DAMAGES)
async def test_a_damaged_backup_changes_nothing(archive, target, tmp_path, damage):
    repacked(archive, damage)
    with pytest.raises(Refused, match="not a whole backup"):
        await restored(archive, target, tmp_path / "second")
    assert await counts(target) == {}
    assert [path.name for path in (tmp_path / "second").iterdir()] == []
    assert not (tmp_path / "outside").exists()


@pytest.mark.parametrize("size", [0, 700, 20_000])
async def test_a_cut_off_backup_changes_nothing(archive, target, tmp_path, size):
    archive.write_bytes(archive.read_bytes()[:size])
    with pytest.raises(Refused, match="not a whole backup"):
        await restored(archive, target, tmp_path / "second")


async def test_a_backup_of_a_newer_version_is_refused(archive, target, tmp_path):
    def newer(members):
        manifest = json.loads(members["manifest.json"])
        manifest["migrations"].append("recruit 2999-01-01T00:00:00:000000")
        members["manifest.json"] = json.dumps(manifest).encode()

    repacked(archive, newer)
    with pytest.raises(Refused, match="newer version"):
        await restored(archive, target, tmp_path / "second")


async def test_documents_are_put_back_when_the_database_refuses(archive, target, tmp_path):
    """Whole by its manifest, and yet PostgreSQL cannot read it."""

    def broken(members):
        dump = members["database.dump"]
        members["database.dump"] = dump[: len(dump) // 2]
        manifest = json.loads(members["manifest.json"])
        manifest["members"]["database.dump"] = hashlib.sha256(members["database.dump"]).hexdigest()
        members["manifest.json"] = json.dumps(manifest).encode()

    repacked(archive, broken)
    place = {"DATABASE_URL": target, "RECRUIT_DATA": tmp_path / "second"}
    await run("init", "--name", "Eve", "--email", "eve@test.example", **place)
    mine = tmp_path / "second" / "documents" / ("0" * 64)
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"mine")
    before = await counts(target)
    done = await run("restore", archive, "--replace", **place)
    assert (done.returncode, "nothing was changed" in done.stderr) == (1, True)
    assert await counts(target) == before
    assert mine.read_bytes() == b"mine"


async def test_an_older_backup_is_not_overwritten_by_accident(archive, server, tmp_path):
    before = archive.read_bytes()
    place = {"DATABASE_URL": server, "RECRUIT_DATA": tmp_path / "first"}
    refused = await run("backup", archive, **place)
    assert (refused.returncode, archive.read_bytes() == before) == (1, True)
    assert (await run("backup", archive, "--overwrite", **place)).returncode == 0
    assert archive.stat().st_mode & 0o077 == 0, "a backup holds everything: nobody else may read it"


async def test_a_place_that_cannot_be_written_is_a_sentence(server, db, tmp_path):
    done = await run("backup", tmp_path / "nowhere" / "file.tar", DATABASE_URL=server)
    assert (done.returncode, "No such file" in done.stderr) == (1, True)


def test_the_password_is_not_in_the_list_of_processes():
    address, environment = backups._address("postgresql://ada:s%40fe@db.test:5433/recruit?sslmode=require")
    assert address == "postgresql://ada@db.test:5433/recruit?sslmode=require"
    assert environment["PGPASSWORD"] == "s@fe"
