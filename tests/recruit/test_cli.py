"""Every verb as its user meets it: exit codes, sentences, never a traceback."""

import asyncio
import json
import re
import socket

import asyncpg
import make
import pytest
import pytest_asyncio
from click.testing import CliRunner
from terminal import beside, recruit

from recruit.cli import main
from recruit.settings import load

NAMES = (
    "serve",
    "demo",
    "init",
    "migrate",
    "check",
    "backup",
    "restore",
    "keys",
    "import",
    "export",
    "analyse",
)


@pytest.fixture
def run(tmp_path):
    """Run a verb without being in the way of the tests' own loop, on a data folder of its own."""

    async def run_(*arguments, **environment):
        environment = {"RECRUIT_DATA": tmp_path / "data", "DATABASE_URL": None, **environment}
        return await asyncio.to_thread(recruit, *arguments, **environment)

    return run_


@pytest_asyncio.fixture
async def empty(server):
    """The URL of a new database with nothing in it."""
    connection = await asyncpg.connect(server)
    await connection.execute("DROP DATABASE IF EXISTS verbs WITH (FORCE)")
    await connection.execute("CREATE DATABASE verbs")
    yield beside(server, "verbs")
    await connection.execute("DROP DATABASE verbs WITH (FORCE)")
    await connection.close()


@pytest.mark.parametrize("verb", NAMES)
def test_every_verb_has_help(verb):
    assert verb in CliRunner().invoke(main, ["--help"]).output
    assert CliRunner().invoke(main, [verb, "--help"]).exit_code == 0


async def test_an_organisation_is_set_up_once(run, empty, tmp_path):
    done = await run("init", "--name", "Ada Root", "--email", "ada@test.example", DATABASE_URL=empty)
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(r"/links/[\w-]{43}\n", done.stdout)
    assert "Keep a copy of it apart" in done.stderr
    assert (tmp_path / "data" / "master-key").stat().st_mode & 0o777 == 0o600
    again = await run("init", "--name", "Eve", "--email", "eve@test.example", DATABASE_URL=empty)
    assert (again.returncode, "administrator already" in again.stderr) == (1, True)
    assert (await run("check", DATABASE_URL=empty)).returncode == 0


async def test_init_asks_for_what_was_not_given(run, empty):
    done = await run("init", typed="Ada Root\nada@test.example\n", DATABASE_URL=empty)
    assert (done.returncode, "Your name" in done.stdout) == (0, True)


@pytest.mark.parametrize("email", ["", "no address"])
async def test_init_refuses_an_address_that_is_none(run, empty, email):
    done = await run("init", "--name", "Ada", "--email", email, DATABASE_URL=empty)
    assert (done.returncode, "e-mail address" in done.stderr) == (1, True)


async def test_migrating_twice_does_nothing_the_second_time(run, empty):
    first = await run("migrate", DATABASE_URL=empty)
    assert (first.returncode, "migrations ran" in first.stderr) == (0, True)
    assert "up to date" in (await run("migrate", DATABASE_URL=empty)).stderr


async def test_a_given_database_is_not_migrated_by_serving(run, empty):
    done = await run("serve", "--port", free_port(), DATABASE_URL=empty)
    assert (done.returncode, "Run: recruit migrate" in done.stderr) == (1, True)
    checked = await run("check", DATABASE_URL=empty)
    assert (checked.returncode, "migrations have not run" in checked.stderr) == (1, True)


async def test_check_finds_a_changed_log(run, empty):
    await run("init", "--name", "Ada", "--email", "ada@test.example", DATABASE_URL=empty)
    connection = await asyncpg.connect(empty)
    first = await connection.fetchval("SELECT min(id) FROM audit_entry")
    await connection.execute(
        f"SET session_replication_role = replica; UPDATE audit_entry SET actor_name = 'Eve' WHERE id = {first}"
    )
    await connection.close()
    done = await run("check", DATABASE_URL=empty)
    assert (done.returncode, f"log is broken: entry {first}" in done.stderr) == (1, True)


async def test_check_finds_what_others_can_read(run, empty, tmp_path):
    await run("migrate", DATABASE_URL=empty)
    (tmp_path / "data" / "documents").mkdir(parents=True, mode=0o755)
    (tmp_path / "data" / "documents").chmod(0o755)
    (tmp_path / "data" / "badge-key.pem").touch(0o644)
    done = await run("check", DATABASE_URL=empty)
    assert (done.returncode, done.stderr.count("can read"), "badge-key.pem" in done.stderr) == (1, 2, True)


@pytest.mark.parametrize(
    ("environment", "code", "words"),
    [
        ({"PORT": "eighty"}, 2, "PORT"),
        ({"PORT": "99999"}, 2, "PORT"),
        ({"RECRUIT_TIMEZONE": "Mars/North"}, 1, "RECRUIT_TIMEZONE"),
        ({"RECRUIT_TIMEZONE": "../../etc/passwd"}, 1, "RECRUIT_TIMEZONE"),
        ({"DATABASE_URL": "mysql://somewhere"}, 1, "postgresql://"),
        ({"RECRUIT_HTTPS": "maybe"}, 1, "RECRUIT_HTTPS"),
        ({"RECRUIT_DATA": __file__}, 1, "RECRUIT_DATA must name a folder"),
    ],
)
def test_a_wrong_setting_is_named_in_a_sentence(environment, code, words):
    done = CliRunner(env=environment).invoke(main, ["serve"])
    assert (done.exit_code, words in done.output) == (code, True), done.output


async def test_a_database_that_is_not_there_is_a_sentence(run, empty):
    done = await run("check", DATABASE_URL=beside(empty, "nowhere"))
    assert (done.returncode, '"nowhere" does not exist' in done.stderr) == (1, True)


@pytest.mark.parametrize("verb", [("demo",), ("serve",)])
def test_demo_mode_stays_on_this_machine(monkeypatch, verb):
    monkeypatch.setenv("RECRUIT_DEMO", "1")
    done = CliRunner().invoke(main, [*verb, "--host", "0.0.0.0"])
    assert (done.exit_code, "127.0.0.1 only" in done.output) == (1, True)


async def test_a_port_that_is_taken_is_refused(run, empty):
    with socket.create_server(("127.0.0.1", 0)) as other:
        done = await run("serve", "--port", other.getsockname()[1], DATABASE_URL=empty)
    assert (done.returncode, "Cannot listen" in done.stderr) == (1, True)


async def test_a_dry_run_says_what_an_import_would_do_and_does_nothing(run, db, server, tmp_path):
    vacancy = await make.vacancy()
    file = tmp_path / "people.csv"
    file.write_text("Name;E-mail;Religion\nIlse Brandt;ilse@test.example;none\nNo Address;nonsense;\n")
    common = ("import", "applications", file, "--vacancy", vacancy.id)
    done = await run(*common, "--dry-run", "--json", DATABASE_URL=server)
    report = json.loads(done.stdout)
    assert done.returncode == 0
    assert set(report) >= {
        "encoding", "separator", "header", "mapping", "rows", "accepted", "rejected", "duplicates", "left_out", "warnings",
    }  # fmt: skip
    assert report["separator"] == ";"
    exported = await run(
        "export", "applications", "--vacancy", vacancy.id, "--out", tmp_path / "a.csv", DATABASE_URL=server
    )
    assert (exported.returncode, "Ilse" in (tmp_path / "a.csv").read_text()) == (0, False)
    if report["rejected"]:
        refused = await run(*common, DATABASE_URL=server)
        assert (refused.returncode, "Nothing was imported" in refused.stderr) == (1, True)


async def test_an_import_and_an_export_bring_the_same_people(run, db, server, tmp_path):
    vacancy = await make.vacancy()
    file = tmp_path / "people.csv"
    file.write_text("Name;E-mail\nIlse Brandt;ilse@test.example\n")
    done = await run("import", "applications", file, "--vacancy", vacancy.id, DATABASE_URL=server)
    assert done.returncode == 0, done.stderr
    out = tmp_path / "out.csv"
    await run("export", "applications", "--vacancy", vacancy.id, "--out", out, DATABASE_URL=server)
    assert "ilse@test.example" in out.read_text()


async def test_a_file_that_is_no_spreadsheet_ends_with_two(run, db, server, tmp_path):
    vacancy = await make.vacancy()
    file = tmp_path / "people.xlsx"
    file.write_bytes(b"PK\x03\x04 not really")
    done = await run(
        "import", "applications", file, "--vacancy", vacancy.id, "--dry-run", "--json", DATABASE_URL=server
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr


@pytest.mark.parametrize("number", ["987654", "-1", "99999999999"])
async def test_a_vacancy_that_is_not_there_is_a_sentence(run, db, server, tmp_path, number):
    file = tmp_path / "people.csv"
    file.write_text("Name\nIlse\n")
    done = await run("import", "applications", file, f"--vacancy={number}", DATABASE_URL=server)
    assert done.returncode in {1, 2}
    assert "This should not happen" not in done.stderr


async def test_the_log_is_exported_as_a_table(run, empty, tmp_path):
    await run("init", "--name", "=Ada", "--email", "ada@test.example", DATABASE_URL=empty)
    done = await run("export", "log", "--out", tmp_path / "log.csv", DATABASE_URL=empty)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "log.csv").read_bytes().startswith(b'\xef\xbb\xbf"id","at","actor"')
    wrong = await run("export", "log", "--out", tmp_path / "log.pdf", DATABASE_URL=empty)
    assert (wrong.returncode, ".csv or .xlsx" in wrong.stderr) == (2, True)


async def test_frameworks_are_exported_with_all_their_words(run, db, server, tmp_path):
    done = await run("export", "frameworks", "--out", tmp_path / "frameworks.json", DATABASE_URL=server)
    assert done.returncode == 0, done.stderr
    found = {row["key"]: row for row in json.loads((tmp_path / "frameworks.json").read_text())}
    competences = [entry for domain in found["exit-worker"]["domains"] for entry in domain["competences"]]
    assert len(competences) == 30
    assert all(len(entry["anchors"]) == 5 for entry in competences)


def test_an_empty_setting_is_as_good_as_none(monkeypatch):
    monkeypatch.setenv("RECRUIT_DATA", "")
    monkeypatch.setenv("RECRUIT_ORGANISATION", "")
    assert (load().folder.name, load().organisation) == ("data", "Brohus")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]
