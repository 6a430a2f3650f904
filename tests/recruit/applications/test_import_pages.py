"""Imports page by page: seen first, then all of it or nothing."""

import asyncio
import io
import re
from datetime import UTC, datetime, timedelta

import make
import pytest

from competences.actor import SYSTEM
from competences.audit.tables import AuditEntry
from competences.errors import Conflict, NotFound
from competences.people.reach import Reach
from recruit.applications import commands, queries
from recruit.applications.rules.choices import mark_of
from recruit.applications.tables import Application, ImportDraft
from recruit.vacancies.tables import State, Vacancy

OWN = Reach.OWN
CSV = "Name;E-Mail;Adresse;Notiz\r\nIlse Brandt;ilse@test.example;Weg 1;=1+1\r\n;nobody@test.example;;\r\nNoor Haddad;noor@test.example;;ok\r\n"
GOOD = CSV.replace(";nobody@test.example;;\r\n", "")


async def desk(as_):
    """A manager's client and their open vacancy."""
    boss = await make.manager()
    vacancy = await make.vacancy(boss)
    return await as_(boss), boss, vacancy


async def put(client, vacancy, content: str | bytes = GOOD, name: str = "list.csv") -> str:
    """Upload; return the address of the preview."""
    content = content.encode() if isinstance(content, str) else content
    answer = await client.post(f"/vacancies/{vacancy.id}/import", files={"file": (name, content)})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def form(client, url: str) -> dict[str, str]:
    """What a browser would send of the preview page as it is: fields and chosen options."""
    text = (await client.get(url)).text
    text = text[text.index('id="import"') :]
    sent = dict(re.findall(r'<input type="hidden" name="(choices|mark)" value="([^"]*)"', text))
    for name, inside in re.findall(r'<select[^>]*? name="([^"]+)"[^>]*>(.*?)</select>', text, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', inside)
        sent[name] = chosen[1] if chosen else ""
    line = re.search(r'name="header_line"[^>]*? value="([^"]*)"', text)
    return {**sent, "header_line": line[1] if line else ""}


async def imported(client, url: str, **more: str):
    return await client.post(f"{url}/completion", data={**await form(client, url), **more})


async def names(vacancy) -> list[str]:
    return [row.name for row in (await queries.applications(vacancy.id)).rows]


async def test_an_import_shows_first_and_stores_all_or_nothing(as_, db):
    client, _boss, vacancy = await desk(as_)
    url = await put(client, vacancy, CSV.encode("cp1252"))
    preview = (await client.get(url)).text
    assert "Adresse" in preview
    assert "personal data" in preview
    assert await Application.count() == 0
    refused = await imported(client, url)
    assert refused.status_code == 422, "a refused row is not skipped unasked"
    assert "tick that they are left out" in refused.text
    assert (await Application.count(), await ImportDraft.count()) == (0, 1)
    done = await imported(client, url, skip_rejected="1")
    assert done.headers["location"] == f"/vacancies/{vacancy.id}?imported=2"
    assert "2 applicants are imported" in (await client.get(done.headers["location"])).text
    assert (await names(vacancy), await ImportDraft.count()) == (["Ilse Brandt", "Noor Haddad"], 0)
    assert (await client.get(url)).status_code == 404


async def test_formulas_are_stored_as_text_and_exported_harmlessly(as_, db):
    from recruit.sheets.reading import read

    client, _boss, vacancy = await desk(as_)
    await imported(client, await put(client, vacancy))
    assert (await Application.objects().get(Application.name == "Ilse Brandt")).notes == "=1+1"
    export = await client.get(f"/vacancies/{vacancy.id}/applications.csv")
    assert "'=1+1" in export.content.decode("utf-8-sig")
    assert "Weg 1" not in export.text
    book = (await client.get(f"/vacancies/{vacancy.id}/applications.xlsx")).content
    import zipfile

    parts = zipfile.ZipFile(io.BytesIO(book))
    assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
    assert "=1+1" in read(book, "x.xlsx").rows[0].cells


async def test_an_import_that_breaks_halfway_stores_nothing_and_loses_nothing(as_, db, monkeypatch):
    client, _boss, vacancy = await desk(as_)
    many = "Name,Email\n" + "".join(f"Applicant {n},p{n}@test.example\n" for n in range(700))
    url = await put(client, vacancy, many)
    real, parts = Application.insert, []

    def breaks(*rows):
        parts.append(len(rows))
        if len(parts) == 2:
            raise OSError("cable")
        return real(*rows)

    monkeypatch.setattr(Application, "insert", breaks)
    assert (await imported(client, url)).status_code == 500
    assert (len(parts), await Application.count(), await ImportDraft.count()) == (2, 0, 1)
    monkeypatch.undo()
    assert (await imported(client, url)).status_code == 303
    assert await Application.count() == 700


async def test_a_second_click_imports_nothing_again(as_, db):
    client, boss, vacancy = await desk(as_)
    draft = int((await put(client, vacancy)).rsplit("/", 1)[1])
    who = await make.actor(boss)
    _sheet, plan = await queries.import_plan(await queries.import_draft(who, OWN, draft))
    clicks = [commands.finish_import(who, OWN, draft, mark_of(plan), skip_rejected=True) for _ in range(4)]
    answers = await asyncio.gather(*clicks, return_exceptions=True)
    assert sum(isinstance(answer, NotFound) for answer in answers) == 3
    assert await Application.count() == 2


async def test_choices_that_were_not_looked_at_import_nothing(as_, db):
    client, _boss, vacancy = await desk(as_)
    url = await put(client, vacancy)
    sent = {**await form(client, url), "column-3": "source"}
    answer = await client.post(f"{url}/completion", data=sent)
    assert answer.headers["location"] == f"{url}?changed=1"
    assert await Application.count() == 0
    assert "nothing was imported" in (await client.get(f"{url}?changed=1")).text
    assert (await imported(client, url)).status_code == 303
    assert (await Application.objects().get(Application.name == "Noor Haddad")).source == "ok"


async def test_what_changed_since_the_preview_imports_nothing(as_, db):
    client, _boss, vacancy = await desk(as_)
    url = await put(client, vacancy)
    sent = await form(client, url)
    await make.application(vacancy, "Noor Haddad", email="noor@test.example")
    assert (await client.post(f"{url}/completion", data=sent)).status_code == 409
    assert (await Application.count(), await ImportDraft.count()) == (1, 1)


async def test_who_seems_to_be_there_is_left_out_unless_ticked(as_, db):
    client, _boss, vacancy = await desk(as_)
    await make.application(vacancy, "Ilse B.", email="ilse@test.example")
    twice = GOOD + "Noor H.;NOOR@test.example;;\r\n"
    url = await put(client, vacancy, twice)
    preview = (await client.get(url)).text
    assert "already an application with this e-mail address" in preview
    assert "same e-mail address as in line 3" in preview
    assert (await imported(client, url, keep="4")).status_code == 303
    assert await names(vacancy) == ["Ilse B.", "Noor H.", "Noor Haddad"]


async def test_an_import_of_nobody_is_refused_and_the_file_stays(as_, db):
    client, _boss, vacancy = await desk(as_)
    await imported(client, await put(client, vacancy))
    url = await put(client, vacancy)
    answer = await imported(client, url)
    assert answer.status_code == 422
    assert "No row is left" in answer.text
    assert (await Application.count(), await ImportDraft.count()) == (2, 1)


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [
        ("utf-8", ","),
        ("utf-8-sig", ";"),
        ("utf-16", "\t"),
        ("cp1252", ";"),
        ("utf-8", "\t"),
        ("utf-16-le", ";"),
    ],
)
async def test_what_spreadsheets_really_write_is_read(as_, db, encoding, separator):
    client, _boss, vacancy = await desk(as_)
    text = "Vorname;Nachname;E-Mail\r\nJörg;Größe;j@test.example\r\nÉlise;Brûlé;e@test.example\r\n"
    url = await put(client, vacancy, text.replace(";", separator).encode(encoding))
    assert (await imported(client, url)).status_code == 303
    assert set(await names(vacancy)) == {"Élise Brûlé", "Jörg Größe"}


async def test_a_workbook_is_imported_like_a_text(as_, db):
    from recruit.sheets.writing import to_xlsx

    client, _boss, vacancy = await desk(as_)
    book = to_xlsx(["Name", "Email", "Birthday"], [["Ilse Brandt", "i@test.example", "1990-01-01"]], "People")
    url = await put(client, vacancy, book, "people.xlsx")
    assert "Line of the header" in (await client.get(url)).text
    assert (await imported(client, url)).status_code == 303
    row = await Application.objects().first()
    assert (row.name, "1990" in str(row.to_dict())) == ("Ilse Brandt", False)


async def test_choices_are_kept_until_they_are_changed(as_, db):
    client, _boss, vacancy = await desk(as_)
    url = await put(client, vacancy, GOOD.encode("cp1252"))
    sent = {**await form(client, url), "separator": "comma"}
    assert (await client.post(url, data=sent)).status_code == 303
    kept = await form(client, url)
    assert kept["separator"] == "comma"
    sent = {**kept, "separator": "semicolon", "encoding": "cp1252"}
    assert (await client.post(url, data=sent)).status_code == 303
    kept = await form(client, url)
    assert (kept["separator"], kept["encoding"], kept["column-0"]) == ("semicolon", "cp1252", "name")
    assert (await client.post(url, data=kept)).status_code == 303
    assert (await form(client, url))["separator"] == "semicolon", "checking again forgets nothing"


async def test_another_header_line_asks_for_the_columns_anew(as_, db):
    client, _boss, vacancy = await desk(as_)
    url = await put(client, vacancy, "Name,Email\nVorname,E-Mail\nIlse,i@test.example\nNoor,n@test.example\n")
    for line, first in (("1", "name"), ("2", "first_name")):
        sent = {**await form(client, url), "header_line": line}
        assert (await client.post(url, data=sent)).status_code == 303
        assert (await form(client, url))["column-0"] == first


async def test_a_column_about_a_persons_life_cannot_be_chosen(as_, db):
    client, _boss, vacancy = await desk(as_)
    url = await put(client, vacancy)
    assert 'name="column-2"' not in (await client.get(url)).text
    assert "Weg 1" not in (await client.get(url)).text
    sent = {**await form(client, url), "column-2": "notes"}
    await client.post(url, data=sent)
    await imported(client, url)
    assert all("Weg 1" not in row.notes for row in await Application.objects())


async def test_columns_without_a_place_go_into_the_notes_by_name(as_, db):
    client, _boss, vacancy = await desk(as_)
    url = await put(client, vacancy, "Name,Email,Skills\nIlse,a@test.example; b@test.example,Arabic\n")
    await imported(client, url)
    assert (
        await Application.objects().first()
    ).notes == "Skills: Arabic\nOther e-mail addresses: b@test.example"


async def test_only_who_uploaded_a_spreadsheet_sees_it(as_, db):
    client, boss, vacancy = await desk(as_)
    url = await put(client, vacancy)
    number = int(url.rsplit("/", 1)[1])
    other = await make.manager("Other Manager")
    stranger = await as_(other)
    assert (await stranger.get(url)).status_code == 404
    for address in ("", "/completion", "/cancellation"):
        assert (await stranger.post(url + address)).status_code == 404
    assert await ImportDraft.count() == 1
    await Vacancy.update({Vacancy.manager: other.id}).where(Vacancy.id == vacancy.id)
    with pytest.raises(NotFound):
        await queries.import_draft(await make.actor(boss), OWN, number)
    assert (await client.get(url)).status_code == 404, "who handed the vacancy over sees it no more"


async def test_a_cancelled_spreadsheet_is_gone(as_, db):
    client, _boss, vacancy = await desk(as_)
    url = await put(client, vacancy)
    assert (await client.post(f"{url}/cancellation")).headers["location"] == f"/vacancies/{vacancy.id}"
    assert await ImportDraft.count() == 0


async def test_a_spreadsheet_is_gone_after_a_day(as_, db):
    client, _boss, vacancy = await desk(as_)
    url = await put(client, vacancy)
    await ImportDraft.update({ImportDraft.made_at: datetime.now(UTC) - timedelta(hours=25)}, force=True)
    assert (await client.get(url)).status_code == 404
    await put(client, vacancy)
    assert await ImportDraft.count() == 1, "the next upload sweeps"
    await ImportDraft.update({ImportDraft.made_at: datetime.now(UTC) - timedelta(hours=25)}, force=True)
    assert (await commands.sweep_drafts(SYSTEM)).count == 1
    assert await commands.sweep_drafts(SYSTEM) is None
    assert await AuditEntry.count().where(AuditEntry.event == "import.swept") == 2


@pytest.mark.parametrize("content", [b"", b"Name,Email\r\n", b"%PDF-1.7", b"\x00" * 40, b"PK\x03\x04broken"])
async def test_an_unreadable_file_is_said_in_words_and_not_kept(as_, db, content):
    client, _boss, vacancy = await desk(as_)
    answer = await client.post(f"/vacancies/{vacancy.id}/import", files={"file": ("list.csv", content)})
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert await ImportDraft.count() == 0


@pytest.mark.parametrize("sent", [{}, {"file": "a text, no file"}])
async def test_no_file_is_asked_for(as_, db, sent):
    client, _boss, vacancy = await desk(as_)
    assert (await client.post(f"/vacancies/{vacancy.id}/import", data=sent)).status_code == 422


@pytest.mark.parametrize(
    "hostile",
    [
        {"header_line": "x"}, {"header_line": "-1"}, {"header_line": "99999999999"}, {"encoding": "rot13"},
        {"column-0": "password"}, {"encoding": "utf-16"}, {"header_line": "4"}, {"encoding": "\x00"},
    ],
    ids=str,
)  # fmt: skip
async def test_hostile_choices_are_refused_and_lose_nothing(as_, db, hostile):
    client, _boss, vacancy = await desk(as_)
    url = await put(client, vacancy)
    before = await form(client, url)
    for address in (url, f"{url}/completion"):
        assert (await client.post(address, data={**before, **hostile})).status_code == 422
    assert await form(client, url) == before
    assert await Application.count() == 0


@pytest.mark.parametrize(
    "hostile",
    [{}, {"mark": "x"}, {"mark": ""}, {"keep": "x"}, {"keep": "-1"}, {"keep": "9" * 50}, {"separator": "☃"}],
    ids=str,
)
async def test_hostile_completions_import_nothing_by_accident(as_, db, hostile):
    client, _boss, vacancy = await desk(as_)
    url = await put(client, vacancy)
    sent = {**await form(client, url), **hostile} if hostile else {}
    answer = await client.post(f"{url}/completion", data=sent)
    assert answer.status_code in (303, 409)
    assert await Application.count() == (2 if answer.status_code == 303 else 0)


@pytest.mark.parametrize("number", ["99999999999", "-1", "0", "abc"])
async def test_a_strange_number_is_no_upload(as_, db, number):
    client, _boss, _vacancy = await desk(as_)
    assert (await client.get(f"/imports/{number}")).status_code == 404
    assert (await client.post(f"/imports/{number}/completion")).status_code == 404


async def test_a_name_of_a_file_is_text_and_no_path(as_, db):
    client, _boss, vacancy = await desk(as_)
    url = await put(client, vacancy, GOOD, "../../<b>list</b>.csv")
    assert (await ImportDraft.objects().first()).filename == "b>.csv"
    assert "b&gt;.csv" in (await client.get(url)).text


async def test_the_command_line_imports_all_or_nothing(db):
    vacancy = await make.vacancy()
    report = await commands.import_file(SYSTEM, vacancy.id, CSV.encode(), "list.csv", dry_run=False)
    assert ([row["line"] for row in report["rejected"]], report["imported"]) == ([3], 0)
    assert await Application.count() == 0
    dry = await commands.import_file(SYSTEM, vacancy.id, GOOD.encode(), "list.csv", dry_run=True)
    assert (len(dry["accepted"]), "imported" in dry, await Application.count()) == (2, False, 0)
    done = await commands.import_file(SYSTEM, vacancy.id, GOOD.encode(), "list.csv", dry_run=False)
    assert done["imported"] == 2
    assert await names(vacancy) == ["Ilse Brandt", "Noor Haddad"]


async def test_the_command_line_imports_nobody_twice(db):
    vacancy = await make.vacancy()
    await commands.import_file(SYSTEM, vacancy.id, GOOD.encode(), "list.csv", dry_run=False)
    again = GOOD + "Jonas Weber;jonas@test.example;;\r\n"
    stopped = await commands.import_file(SYSTEM, vacancy.id, again.encode(), "list.csv", dry_run=False)
    assert (len(stopped["duplicates"]), stopped["imported"], await Application.count()) == (2, 0, 2)
    told = await commands.import_file(
        SYSTEM, vacancy.id, again.encode(), "list.csv", dry_run=False, skip_duplicates=True
    )
    assert (told["imported"], await Application.count()) == (1, 3)


async def test_the_command_line_leaves_refused_rows_out_when_told(db):
    vacancy = await make.vacancy()
    done = await commands.import_file(
        SYSTEM, vacancy.id, CSV.encode(), "list.csv", dry_run=False, skip_rejected=True
    )
    assert (done["imported"], await Application.count()) == (2, 2)


async def test_the_command_line_respects_the_state_of_a_vacancy(db):
    vacancy = await make.vacancy(state=State.CLOSED.value)
    with pytest.raises(Conflict):
        await commands.import_file(SYSTEM, vacancy.id, GOOD.encode(), "list.csv", dry_run=False)
    with pytest.raises(NotFound):
        await commands.import_file(SYSTEM, 99999999, GOOD.encode(), "list.csv", dry_run=True)
    assert await Application.count() == 0


async def test_only_the_system_imports_into_vacancies_of_others(db):
    vacancy = await make.vacancy()
    stranger = await make.actor(await make.manager("Other Manager"))
    with pytest.raises(NotFound):
        await commands.import_file(stranger, vacancy.id, GOOD.encode(), "list.csv", dry_run=True)
