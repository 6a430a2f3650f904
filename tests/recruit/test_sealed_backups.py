"""What the disk and a backup hold of a support plan: nothing that can be read; after its deletion, nothing at all."""

import asyncio
import base64
import os
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import asyncpg
import make
import pytest
import pytest_asyncio
from make import support
from terminal import beside, recruit, with_

from competences.support.commands import measures, suggestions
from competences.support.commands.emergencies import break_glass
from competences.support.rules.bodies import Choice
from competences.support.rules.suggestions import AnswerDraft, Rule
from competences.support.tables import Measure
from recruit import backups
from recruit.access import Role
from recruit.piccolo_conf import DB
from recruit.settings import load

# No other test says these; the second stands in clear, to see that the search finds what is there.
SECRET, CLEAR = "Grünspecht-9052-Ω", "Rotkehlchen-6648-Ω"
DUE = """
import asyncio
from datetime import UTC, datetime
from competences.actor import SYSTEM
from competences.support.commands.deletion import delete_due
from recruit import database
async def main():
    async with database.pool(size=2):
        print(await delete_due(SYSTEM, datetime.now(UTC)))
asyncio.run(main())
"""


def forms_of(word: str) -> list[bytes]:
    """How a word may look in a file: plain, wide, in hex, in base64 from each of three places."""
    plain = word.encode()
    based = [base64.b64encode(b"x" * shift + plain)[4 if shift else 0 : -4] for shift in range(3)]
    wide = [word.encode("utf-16-le"), word.encode("utf-16-be")]
    return [plain, *wide, plain.hex().encode(), plain.hex().upper().encode(), *based]


def found_in(paths, word: str) -> list[str]:
    forms = forms_of(word)
    return [str(path) for path in paths if path.exists() and any(form in path.read_bytes() for form in forms)]


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and not path.is_socket()]


@pytest_asyncio.fixture
async def people(db):
    """Ruth, who keeps the plan; Daniel, whose it is; Lea, who opens it in an emergency."""
    ruth = await make.person("Ruth Okello", Role.STAFF, Role.SUPPORT_LEAD)
    lea = await make.person("Lea Sommer", Role.STAFF, Role.SUPPORT_LEAD)
    return ruth, await make.person("Daniel Rask", post=CLEAR), lea


async def planted(people) -> int:
    """A plan with the secret in every text that there is."""
    ruth, daniel, lea = people
    made = await support.filled(ruth, daniel, await make.manager(), words=SECRET)
    worker, keeper, now = await make.actor(daniel), await make.actor(ruth), datetime.now(UTC)
    ring = support.ring()
    proposed = await support.proposed(lea, daniel, SECRET)
    await break_glass(await make.actor(lea), ring, daniel.id, SECRET, now)
    choice = AnswerDraft(Rule.ADDRESS_OPEN, "open", Choice.DISMISSED, SECRET)
    await suggestions.answer_suggestion(keeper, ring, made.id, choice, now)
    rows = await Measure.raw("SELECT id FROM flag")
    await suggestions.comment_suggestion(worker, ring, made.id, rows[0]["id"], SECRET, now, edition=1)
    first, second = made.measures[:2]
    at = (ring, made.id)
    await measures.ask_team_words(keeper, *at, first, SECRET, now, about_cases=False, edition=1)
    await measures.end_measure(keeper, *at, second, SECRET, now, edition=1)
    assert proposed != made.id
    return made.id


@pytest_asyncio.fixture
async def restored(server):
    """The URL of an empty database to restore into."""
    connection = await asyncpg.connect(server)
    await connection.execute("DROP DATABASE IF EXISTS sealed WITH (FORCE)")
    await connection.execute("CREATE DATABASE sealed")
    yield beside(server, "sealed")
    await connection.execute("DROP DATABASE sealed WITH (FORCE)")
    await connection.close()


async def backup(server, file: Path) -> Path:
    await asyncio.to_thread(backups.write, replace(load(), folder=file.parent / "data"), server, file, print)
    return file


def test_the_search_knows_a_word_in_each_of_its_forms(tmp_path):
    for number, form in enumerate(forms_of(SECRET)):
        (tmp_path / str(number)).write_bytes(b"\x00\xff" + form + b"\x00")
    based = base64.b64encode(b"ab" + SECRET.encode() + b"cd")
    (tmp_path / "in a longer text").write_bytes(based)
    assert len(found_in(tmp_path.iterdir(), SECRET)) == len(forms_of(SECRET)) + 1


@pytest.mark.skipif("TEST_DATABASE_URL" in os.environ, reason="the files of a given server are elsewhere")
async def test_the_files_of_the_database_and_a_backup_hold_no_word_of_a_plan(people, server, tmp_path):
    await planted(people)
    async with DB.pool.acquire() as connection:
        await connection.execute("CHECKPOINT")
        folder = Path(await connection.fetchval("SHOW data_directory"))
    files = files_in(folder)
    assert len(files) > 500
    assert found_in(files, CLEAR)
    assert found_in(files, SECRET) == []
    plain = await backup(server, tmp_path / "everything.tar")
    dump = tmp_path / "text"
    await asyncio.to_thread(_as_text, plain, dump)
    assert found_in([dump], CLEAR)
    assert found_in([plain, dump], SECRET) == []


def _as_text(archive: Path, target: Path) -> None:
    """The dump inside of a backup is compressed; write it out as pg_restore reads it."""
    import subprocess
    import tarfile

    from recruit import postgres

    with tarfile.open(archive) as tar:
        dump = target.with_suffix(".dump")
        dump.write_bytes(tar.extractfile("database.dump").read())
    program = postgres.programs() / "pg_restore"
    subprocess.run([program, "--file", target, dump], check=True)


async def test_an_old_backup_cannot_show_a_plan_that_was_deleted_since(people, server, restored, tmp_path):
    async def run(*arguments):
        done = await asyncio.to_thread(recruit, *arguments, DATABASE_URL=restored)
        assert done.returncode == 0, done.stderr
        return done

    async def keys_there() -> list[str]:
        connection = await asyncpg.connect(restored)
        rows = await connection.fetch("SELECT uid FROM data_key WHERE master <> '' ORDER BY uid")
        plans = await connection.fetch("SELECT uid FROM support_plan ORDER BY uid")
        await connection.close()
        return [row["uid"] for row in rows], [row["uid"] for row in plans]

    await planted(people)
    old, kept = await backup(server, tmp_path / "old.tar"), tmp_path / "keys.json"
    done = await asyncio.to_thread(recruit, "keys", "backup", kept, DATABASE_URL=server)
    assert done.returncode == 0, done.stderr
    await run("restore", old)
    assert (await keys_there())[0] == []
    missing = await asyncio.to_thread(recruit, "check", DATABASE_URL=restored)
    assert "recruit keys restore" in missing.stderr
    await run("keys", "restore", kept)
    await run("check")
    keys, plans = await keys_there()
    assert keys == plans
    connection = await asyncpg.connect(restored)
    long_ago = date.today() - timedelta(days=1)
    await connection.execute(
        "UPDATE support_plan SET closed_at = now(), delete_on = $1 WHERE agreed_at IS NOT NULL", long_ago
    )
    await connection.close()
    assert await delete_due(restored) == "1"
    left, _plans = await keys_there()
    assert len(left) == len(keys) - 1

    await run("restore", old, "--replace")
    await run("keys", "restore", kept)
    assert await keys_there() == (left, plans)
    assert await delete_due(restored) == "1"
    assert await keys_there() == (left, left)


async def delete_due(url: str) -> str:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", DUE, stdout=asyncio.subprocess.PIPE, env=with_(DATABASE_URL=url)
    )
    said, _none = await process.communicate()
    return said.decode().strip()
