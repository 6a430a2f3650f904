"""Completions from elsewhere: seen first, then all of it or nothing; and taken along again."""

import asyncio
import csv
import io
import json
import re
from datetime import UTC, date, datetime

import make
import pytest
from make import training
from terminal import recruit

from competences.errors import Conflict
from competences.people.reach import Reach
from competences.training.commands.completions import import_completions
from competences.training.rules.completions import BroughtCompletion
from competences.training.tables import Completion
from recruit.access import Role
from recruit.applications.tables import ImportDraft
from recruit.training.commands.imports import import_completions_file
from recruit.training.queries.imports import known_courses

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
TODAY = date(2026, 11, 25)


@pytest.fixture
async def here(db):
    """Two people, two courses and a trainer."""
    made = await make.team("Selin Aydın", "Paul Novak")
    made.course = await training.course("De-escalation", code="T04", refresh_months=12)
    await training.course("First aid", code="T09", refresh_months=None)
    made.jana = await make.person("Jana Wirth", Role.STAFF, Role.TRAINER)
    return made


def table(here, *more: str) -> str:
    selin, paul = (row.email for row in here.people)
    rows = [f"{selin},T04,2026-03-31,,completed", f"{paul},First aid,31.03.2026,2027-12-31,Passed", *more]
    return "\n".join(["Email,Course name,Date completed,Expiry date,Status", *rows, ""])


async def put(client, content: str, name: str = "lms.csv") -> str:
    """Upload; return the address of the preview."""
    answer = await client.post("/training/imports", files={"file": (name, content.encode())})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def form(client, url: str) -> dict[str, str]:
    """What a browser would send of the preview page as it is."""
    text = (await client.get(url)).text
    text = text[text.index('id="import"') :]
    sent = dict(re.findall(r'<input type="hidden" name="(choices|mark)" value="([^"]*)"', text))
    for name, inside in re.findall(r'<select[^>]*? name="([^"]+)"[^>]*>(.*?)</select>', text, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', inside)
        sent[name] = chosen[1] if chosen else ""
    return sent


async def finished(client, url: str, **more: str):
    return await client.post(f"{url}/completion", data={**await form(client, url), **more})


async def test_completions_are_shown_first_and_stored_all_or_nothing(as_, here):
    client = await as_(here.jana)
    url = await put(
        client,
        table(here, "eve@test.example,T04,2026-01-01,,", f"{here.people[0].email},T09,2026-01-01,,failed"),
    )
    text = (await client.get(url)).text
    assert "2 completions can be imported" in text
    assert "Nobody who works here is eve@test.example." in text
    assert "It is not completed: failed" in text
    refused = await finished(client, url)
    assert refused.status_code == 422
    assert (await Completion.count(), await ImportDraft.count()) == (0, 1)
    done = await finished(client, url, skip_rejected="1")
    assert done.headers["location"] == "/training/imports?imported=2"
    rows = await Completion.objects().order_by(Completion.id)
    assert [(row.completed_on, row.expires_on, row.origin) for row in rows] == [
        (date(2026, 3, 31), date(2027, 3, 31), "imported"),
        (date(2026, 3, 31), date(2027, 12, 31), "imported"),
    ]
    again = (await client.get(await put(client, table(here)))).text
    assert "0 completions can be imported" in again
    assert "It is here already: T04 De-escalation, Selin Aydın." in again


async def test_nobody_brings_in_their_own_but_another_does(as_, here):
    mine = f"{here.jana.email},T04,2026-02-01,,completed"
    client = await as_(here.jana)
    url = await put(client, table(here, mine))
    assert "This is your own. Another trainer has to import it." in (await client.get(url)).text
    await finished(client, url, skip_rejected="1")
    assert not await Completion.exists().where(Completion.person == here.jana.id)
    own = BroughtCompletion(here.jana.id, here.course.id, date(2026, 2, 1))
    with pytest.raises(Conflict, match="Nobody imports their own"):
        await import_completions(await make.actor(here.jana), Reach.ALL, [own], TODAY, NOW)
    told = await import_completions_file(
        table(here, mine).encode(), "lms.csv", NOW, TODAY, dry_run=False, skip_rejected=False
    )
    assert told["imported"] == 1


async def test_an_import_takes_the_version_of_the_day_here(db):
    first = await training.course()
    await training.newer(first, datetime(2026, 5, 1, 0, 30, tzinfo=training.BERLIN))
    (course,) = await known_courses()
    assert [row.published_on for row in course.versions] == [date(2020, 1, 1), date(2026, 5, 1)]


async def test_statements_are_taken_once_however_often_they_come(as_, here):
    found = [{
        "id": "7b1a5e5c-0000-4000-8000-000000000001", "actor": {"mbox": f"mailto:{here.people[0].email}"},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/passed"},
        "object": {"id": "https://lms.example/courses/T04"}, "timestamp": "2026-03-31T10:00:00+02:00",
    }]  # fmt: skip
    client = await as_(here.jana)
    url = await put(client, json.dumps(found), "statements.json")
    assert "1 completion can be imported" in (await client.get(url)).text
    await finished(client, url)
    assert (await Completion.objects().first()).statement == found[0]["id"]
    found[0]["actor"]["mbox"] = f"mailto:{here.people[1].email}"  # also of somebody else, it is one statement
    again = await put(client, json.dumps(found), "statements.json")
    assert (await finished(client, again)).status_code == 422
    assert await Completion.count() == 1


async def test_a_column_is_chosen_and_looked_at_before_it_is_imported(as_, here):
    client = await as_(here.jana)
    url = await put(client, f"Email,What,When\n{here.people[0].email},T04,2026-03-31\n")
    assert "No column says which course it is." in (await client.get(url)).text
    looked = await finished(client, url, **{"column-1": "course", "column-2": "date"})
    assert looked.headers["location"].endswith("?changed=1")
    assert await Completion.count() == 0
    assert (await finished(client, url)).headers["location"].endswith("imported=1")


async def test_people_who_changed_since_are_looked_at_again(as_, here):
    client = await as_(here.jana)
    url = await put(client, table(here))
    sent = await form(client, url)
    await training.completion(here.people[0], here.course, date(2026, 3, 31))
    assert (await client.post(f"{url}/completion", data=sent)).status_code == 409


async def test_an_upload_is_for_nobody_else_and_for_no_other_import(as_, here):
    url = await put(await as_(here.jana), table(here))
    number = url.rsplit("/", 1)[-1]
    other = await as_(await make.person("Ruth Okello", Role.STAFF, Role.TRAINER, Role.LINE_MANAGER))
    assert (await other.get(url)).status_code == 404
    both = await make.person("Omar Said", Role.STAFF, Role.TRAINER, Role.LINE_MANAGER)
    mine = await put(await as_(both), table(here))
    assert (await (await as_(both)).get(mine.replace("/training/", "/team/"))).status_code == 404
    assert (await (await as_(here.manager)).get(f"/training/imports/{number}")).status_code == 404


@pytest.mark.parametrize(
    ("name", "content"), [("a.json", "{"), ("a.json", "[1,"), ("a.csv", ""), ("a.json", '{"statements": 1}')]
)
async def test_what_cannot_be_read_is_said_and_not_kept(as_, here, name, content):
    client = await as_(here.jana)
    answer = await client.post("/training/imports", files={"file": (name, content.encode())})
    assert answer.status_code == 422
    assert await ImportDraft.count() == 0


async def test_the_export_comes_in_again_as_what_is_here_already(as_, here):
    await training.completion(here.people[0], here.course, date(2026, 3, 31))
    client = await as_(here.jana)
    text = (await client.get("/training/completions.csv")).content.decode("utf-8-sig")
    row = next(csv.DictReader(io.StringIO(text)))
    assert (row["Name"], row["Course"], row["Completed on"]) == ("Selin Aydın", "T04", "2026-03-31")
    assert (await client.get("/training/completions.xlsx")).content.startswith(b"PK")
    for content, name in (
        (text.encode(), "a.csv"),
        ((await client.get("/training/completions.json")).content, "a.json"),
    ):
        told = await import_completions_file(content, name, NOW, TODAY, dry_run=True, skip_rejected=False)
        assert (told["accepted"], told["rejected"], len(told["duplicates"])) == ([], [], 1), name


async def test_the_command_line_says_what_would_happen_and_does_it(server, here, tmp_path):
    file, out = tmp_path / "lms.csv", tmp_path / "all.json"
    file.write_text(table(here))

    async def run(*arguments):
        return await asyncio.to_thread(
            recruit, *arguments, DATABASE_URL=server, RECRUIT_DATA=tmp_path, RECRUIT_TIMEZONE="Europe/Berlin"
        )

    tried = await run("import", "completions", file, "--dry-run", "--json")
    assert (tried.returncode, len(json.loads(tried.stdout)["accepted"])) == (0, 2), tried.stderr
    assert await Completion.count() == 0
    assert (await run("import", "completions", file)).returncode == 0
    assert await Completion.count() == 2
    done = await run("export", "completions", "--out", out)
    assert (done.returncode, len(json.loads(out.read_text()))) == (0, 2), done.stderr
