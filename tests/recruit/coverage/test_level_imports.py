"""Levels from a spreadsheet: seen first, then all of it or nothing, for one's own people only."""

import re
from datetime import UTC, datetime

import make
import pytest

from competences.assessments.commands import import_levels
from competences.assessments.queries import levels_of
from competences.assessments.rules.imported import BroughtLevel
from competences.assessments.tables import Assessment
from competences.errors import Conflict
from competences.people.reach import Reach
from recruit.applications.tables import ImportDraft
from recruit.coverage.commands import import_levels_file
from recruit.web import i18n

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
CSV = "Name,Day,E1,A2,Shoe size\nAda,2025-05-01,4,2,41\nBen,2025-05-01,3,,44\n"
WRONG = CSV + "Sam Stranger,2025-05-01,5,5,40\n"


@pytest.fixture
async def team(db):
    made = await make.team("Ada", "Ben", "Cy")
    await make.person("Sam Stranger")
    return made


async def put(client, content: str) -> str:
    """Upload; return the address of the preview."""
    answer = await client.post("/team/imports", files={"file": ("levels.csv", content.encode())})
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
    return {**sent, "header_line": "", "day": ""}


async def finished(client, url: str, **more: str):
    return await client.post(f"{url}/completion", data={**await form(client, url), **more})


async def levels(team, place: int) -> dict[str, tuple]:
    boss = await make.actor(team.manager)
    rows = await levels_of(boss, Reach.TEAM, team.people[place].id)
    return {row.code: (row.level, row.kind, row.given_at.date().isoformat()) for row in rows}


async def test_levels_are_shown_first_and_stored_all_or_nothing(as_, team):
    client = await as_(team.manager)
    url = await put(client, WRONG)
    page = (await client.get(url)).text
    assert "3 levels can be imported" in page
    assert "There is nobody called Sam Stranger, or you do not lead them." in page
    assert "Shoe size" in page
    refused = await finished(client, url)
    assert refused.status_code == 422
    assert (await Assessment.count(), await ImportDraft.count()) == (0, 1)
    done = await finished(client, url, skip_rejected="1")
    assert done.headers["location"] == "/team/imports?imported=2"
    assert await levels(team, 0) == {"E1": (4, "imported", "2025-05-01"), "A2": (2, "imported", "2025-05-01")}
    assert await levels(team, 1) == {"E1": (3, "imported", "2025-05-01")}
    assert (await client.get(url)).status_code == 404
    again = (await client.get(await put(client, CSV))).text
    assert "imported already: A2, E1" in again


async def test_what_columns_become_is_chosen_and_looked_at_before_it_is_imported(as_, team):
    client = await as_(team.manager)
    url = await put(client, "Name,Wish\nAda,4\n")
    assert "No column gives levels" in (await client.get(url)).text
    text = (await client.get(url)).text
    e1 = re.search(r'<option value="(competence-\d+)">Level in E1 ', text)[1]
    looked = await finished(client, url, **{"column-1": e1})
    assert looked.headers["location"].endswith("?changed=1")
    assert await Assessment.count() == 0
    chosen = await client.post(url, data=await form(client, url) | {"day": "2024-02-29"})
    assert chosen.status_code == 303
    await client.post(f"{url}/completion", data=await form(client, url) | {"day": "2024-02-29"})
    assert await levels(team, 0) == {"E1": (4, "imported", "2024-02-29")}


async def test_an_upload_is_nobody_elses_and_can_be_thrown_away(as_, team):
    client = await as_(team.manager)
    url = await put(client, CSV)
    other = await as_(await make.manager("Olga Other"))
    for answer in (
        await other.get(url), await other.post(f"{url}/completion"), await other.post(f"{url}/cancellation"),
    ):  # fmt: skip
        assert answer.status_code == 404
    assert (await (await as_(team.people[0])).get("/team/imports")).status_code == 404
    assert (await client.post(f"{url}/cancellation")).status_code == 303
    assert await ImportDraft.count() == 0
    assert (await client.post("/team/imports", files={"file": ("x.csv", b"")})).status_code == 422


async def test_what_changed_since_it_was_looked_at_is_not_imported(as_, team):
    client = await as_(team.manager)
    url = await put(client, CSV)
    sent = await form(client, url)
    await make.person("Ada", manager=team.manager.id)
    assert (await client.post(f"{url}/completion", data=sent)).status_code == 409
    assert await Assessment.count() == 0


async def test_nobody_imports_levels_of_people_whom_they_do_not_lead_nor_of_themselves(team):
    boss, now = await make.actor(team.manager), datetime.now(UTC)
    version = await make.framework()
    from competences.frameworks.tables import Competence

    one = await Competence.objects().get((Competence.version == version.id) & (Competence.code == "E1"))
    stranger = await make.person("Sid")
    own = await make.actor(team.people[0])
    for actor, person in ((boss, stranger), (own, team.people[0]), (own, team.people[1])):
        brought = BroughtLevel(person.id, version.id, one.id, 4, now.date())
        with pytest.raises(Conflict):
            await import_levels(actor, Reach.TEAM, [brought], now)


async def test_the_command_line_says_first_and_stores_all_or_nothing_for_everybody_who_works_here(team):
    told = await import_levels_file(
        WRONG.encode(), "levels.csv", NOW, NOW.date(), dry_run=True, skip_rejected=False
    )
    assert (len(told["accepted"]), told["rejected"], "imported" in told) == (3, [], False)
    assert await Assessment.count() == 0
    bad = (WRONG + "Nobody,2025-05-01,3,,\n").encode()
    stopped = await import_levels_file(bad, "levels.csv", NOW, NOW.date(), dry_run=False, skip_rejected=False)
    assert (stopped["imported"], await Assessment.count()) == (0, 0)
    done = await import_levels_file(bad, "levels.csv", NOW, NOW.date(), dry_run=False, skip_rejected=True)
    assert (done["imported"], await Assessment.count()) == (5, 3)


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
async def test_the_same_file_is_imported_once_wherever_the_organisation_is(team, monkeypatch, zone):
    monkeypatch.setenv("RECRUIT_TIMEZONE", zone)
    i18n._zone.cache_clear()
    try:
        for now in (datetime(2026, 12, 1, 21, tzinfo=UTC), datetime(2026, 12, 1, 3, tzinfo=UTC)):
            today, content = i18n.local(now).date(), b"Name,E1\nAda,4\n"
            first = await import_levels_file(content, "a.csv", now, today, dry_run=False, skip_rejected=False)
            again = await import_levels_file(content, "a.csv", now, today, dry_run=False, skip_rejected=False)
            assert (first["imported"], again["imported"], len(again["rejected"])) == (1, 0, 1)
            (row,) = await levels_of(await make.actor(team.manager), Reach.TEAM, team.people[0].id)
            if now.hour == 21:
                assert i18n.local(row.given_at).date() == today
    finally:
        monkeypatch.undo()
        i18n._zone.cache_clear()
