"""Applications: by hand, with documents, from spreadsheets."""

import io
import zipfile

import make
import pytest

from competences.actor import SYSTEM
from recruit.applications import commands, queries
from recruit.applications.rules.documents import kind_of, safe_name
from recruit.applications.tables import Application, Document, ImportDraft
from recruit.settings import load

PDF = b"%PDF-1.7\n..."


def office(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


DOCX = office(**{"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"})
ODT = office(mimetype=b"application/vnd.oasis.opendocument.text")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "pdf"), (DOCX, "docx"), (ODT, "odt"), (b"\xff\xd8\xff\xe0", "jpg"), (b"\x89PNG\r\n\x1a\n", "png"),
        (b"<html>", None), (b"MZ\x90", None), (b"PK\x03\x04broken", None), (office(a=b"b"), None), (b"", None),
        (office(**{"[Content_Types].xml": b"", "word/document.xml": b"", "word/vbaProject.bin": b""}), None),
    ],
)  # fmt: skip
def test_a_file_is_what_its_content_says(content, kind):
    assert kind_of(content) == kind


@pytest.mark.parametrize(
    ("name", "kept"),
    [("../../etc/passwd", "passwd"), ("C:\\x\\cv.pdf", "cv.pdf"), ("a\r\nb.pdf", "ab.pdf"), ("...", "document"), ("x" * 300, "x" * 160)],
)  # fmt: skip
def test_a_file_name_is_never_a_path(name, kept):
    assert safe_name(name) == kept


async def test_a_document_is_kept_outside_the_web_and_given_to_its_manager_only(as_, db):
    made = await make.panel()
    client, number = await as_(made.manager), made.applications[0].id
    added = await client.post(f"/applications/{number}/documents", files={"document": ('cv "x".pdf', PDF)})
    assert added.status_code == 303
    row = await Document.objects().first()
    path = load().documents / row.digest
    assert path.read_bytes() == PDF
    assert path.stat().st_mode & 0o777 == 0o600
    url = f"/applications/{number}/documents/{row.id}"
    got = await client.get(url)
    assert got.content == PDF
    assert got.headers["content-disposition"] == "attachment; filename*=UTF-8''cv%20%22x%22.pdf"
    assert (await (await as_(made.people[0])).get(url)).status_code == 404
    card = await make.started(made)
    own = f"/scorecards/{card}/documents/{row.id}"
    assert (await (await as_(made.people[0])).get(own)).content == PDF
    assert (await (await as_(made.people[1])).get(own)).status_code == 404
    assert (await client.post(f"{url}/deletion")).status_code == 303
    assert not path.exists()


@pytest.mark.parametrize(
    "content", [b"", b"<html>", b"x" * (10 * 1024 * 1024 + 1)], ids=["empty", "html", "large"]
)
async def test_other_files_are_refused_in_words(as_, db, content):
    made = await make.panel()
    answer = await (await as_(made.manager)).post(
        f"/applications/{made.applications[0].id}/documents", files={"document": ("cv.pdf", content)}
    )
    assert answer.status_code == 422
    assert await Document.count() == 0


async def test_an_application_is_added_changed_and_never_overwritten_unseen(as_, db):
    boss = await make.manager()
    vacancy = await make.vacancy(boss)
    client = await as_(boss)
    added = await client.post(
        f"/vacancies/{vacancy.id}/applications", data={"name": "Ilse Brandt", "email": "I@Test.example"}
    )
    url = added.headers["location"]
    assert "Ilse Brandt" in (await client.get(url)).text
    assert (await client.post(f"{url}/edit", data={"name": "Ilse B.", "version": "1"})).status_code == 303
    assert (await client.post(f"{url}/edit", data={"name": "Other", "version": "1"})).status_code == 409
    assert (await client.post(f"{url}/edit", data={"name": "", "version": "2"})).status_code == 422
    assert (
        await client.post(f"{url}/edit", data={"name": "X", "email": "not one", "version": "2"})
    ).status_code == 422


async def test_a_withdrawal_can_be_undone_until_the_reveal(as_, db):
    made = await make.panel()
    client, url = await as_(made.manager), f"/applications/{made.applications[0].id}"
    await client.post(f"{url}/withdrawal")
    assert "Withdrawn on" in (await client.get(url)).text
    await client.post(f"{url}/withdrawal", data={"undo": "1"})
    assert "Withdrawn on" not in (await client.get(url)).text


async def test_strangers_find_no_application(as_, db):
    made = await make.panel()
    for row in (await make.manager("Other Manager"), made.people[0], await make.person()):
        client = await as_(row)
        for address in ("", "/edit"):
            assert (await client.get(f"/applications/{made.applications[0].id}{address}")).status_code == 404


CSV = "Name;E-Mail;Adresse;Notiz\r\nIlse Brandt;ilse@test.example;Weg 1;=1+1\r\n;nobody@test.example;;\r\nNoor Haddad;noor@test.example;;ok\r\n"


async def test_an_import_shows_first_and_stores_all_or_nothing(as_, db):
    boss = await make.manager()
    vacancy = await make.vacancy(boss)
    client = await as_(boss)
    uploaded = await client.post(
        f"/vacancies/{vacancy.id}/import", files={"file": ("list.csv", CSV.encode("cp1252"))}
    )
    assert uploaded.status_code == 303
    url = uploaded.headers["location"]
    preview = (await client.get(url)).text
    assert "Adresse" in preview
    assert "personal data" in preview
    assert await Application.count() == 0
    assert (await client.post(f"{url}/completion")).status_code == 409, "a refused row is not skipped unasked"
    assert (await Application.count(), await ImportDraft.count()) == (0, 1)
    done = await client.post(f"{url}/completion", data={"skip_rejected": "1"})
    assert done.headers["location"] == f"/vacancies/{vacancy.id}?imported=2"
    assert (await Application.count(), await ImportDraft.count()) == (2, 0)
    assert (await client.get(url)).status_code == 404
    export = await client.get(f"/vacancies/{vacancy.id}/applications.csv")
    assert "'=1+1" in export.content.decode("utf-8-sig")
    assert "Weg 1" not in export.text


async def test_only_who_uploaded_a_spreadsheet_sees_it(as_, db):
    boss, other = await make.manager(), await make.manager("Other Manager")
    vacancy = await make.vacancy(boss)
    uploaded = await (await as_(boss)).post(
        f"/vacancies/{vacancy.id}/import", files={"file": ("list.csv", CSV.encode())}
    )
    assert (await (await as_(other)).get(uploaded.headers["location"])).status_code == 404


async def test_choices_change_how_a_spreadsheet_is_read(as_, db):
    boss = await make.manager()
    vacancy = await make.vacancy(boss)
    client = await as_(boss)
    url = (
        await client.post(f"/vacancies/{vacancy.id}/import", files={"file": ("list.csv", CSV.encode())})
    ).headers["location"]
    sent = {"column-0": "notes", "column-1": "email", "column-2": "", "column-3": "name"}
    assert (await client.post(url, data=sent)).status_code == 303
    assert "=1+1" in (await client.get(url)).text
    assert (await client.post(f"{url}/cancellation")).status_code == 303
    assert await ImportDraft.count() == 0


@pytest.mark.parametrize("content", [b"", b"Name,Email\r\n", b"%PDF-1.7"])
async def test_an_unreadable_file_is_said_in_words_and_not_kept(as_, db, content):
    boss = await make.manager()
    vacancy = await make.vacancy(boss)
    answer = await (await as_(boss)).post(
        f"/vacancies/{vacancy.id}/import", files={"file": ("list.csv", content)}
    )
    assert answer.status_code == 422
    assert await ImportDraft.count() == 0


async def test_the_command_line_imports_all_or_nothing(db):
    vacancy = await make.vacancy()
    report = await commands.import_file(SYSTEM, vacancy.id, CSV.encode(), "list.csv", dry_run=False)
    assert [row["line"] for row in report["rejected"]] == [3]
    assert await Application.count() == 0
    good = CSV.replace(";nobody@test.example;;\r\n", "")
    dry = await commands.import_file(SYSTEM, vacancy.id, good.encode(), "list.csv", dry_run=True)
    assert (len(dry["accepted"]), await Application.count()) == (2, 0)
    await commands.import_file(SYSTEM, vacancy.id, good.encode(), "list.csv", dry_run=False)
    rows, _more = await queries.applications(vacancy.id)
    assert [row.name for row in rows] == ["Ilse Brandt", "Noor Haddad"]
