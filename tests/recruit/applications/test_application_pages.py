"""Applications: by hand, with documents, from spreadsheets."""

import io
import zipfile
from datetime import UTC, datetime

import make
import pytest

from competences.audit.tables import AuditEntry
from competences.errors import Conflict, NotFound
from competences.files import kind_of, name_of_kind, safe_name
from competences.people.reach import Reach
from recruit.applications import commands, queries
from recruit.applications.forms import ApplicationDraft
from recruit.applications.tables import Application, Document
from recruit.piccolo_conf import DB
from recruit.settings import load
from recruit.vacancies.tables import State, Vacancy

OWN = Reach.OWN
PDF = b"%PDF-1.7\n..."
NOBODYS = ("99999999999", "-1", "0", "abc", "9" * 300)


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
        (office(**{"[Content_Types].xml": b"application/vnd.ms-word.document.macroEnabled.main+xml", "word/document.xml": b""}), None),
        (office(mimetype=b"application/vnd.oasis.opendocument.text-web"), None), (office(mimetype=b"x" * 10_000_000), None),
        (b" %PDF-1.7", None), (b"GIF89a", None), (b"\x89PNG", None), (DOCX[:-30], None), (DOCX.replace(b"word/", b"word\\"), None),
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


def test_an_archive_whose_packed_bytes_are_damaged_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", b"application/vnd.oasis.opendocument.text" * 2)
    content = bytearray(file.getvalue())
    content[38:60] = b"\xff" * 22
    assert kind_of(bytes(content)) is None


@pytest.mark.parametrize(
    ("name", "kind", "kept"),
    [
        ("cv.pdf", "pdf", "cv.pdf"), ("CV.PDF", "pdf", "CV.PDF"), ("cv.exe", "pdf", "cv.exe.pdf"),
        ("photo.jpeg", "jpg", "photo.jpeg"), ("x.html", "png", "x.html.png"), ("", "odt", "document.odt"),
        ("y" * 300 + ".exe", "docx", "y" * 155 + ".docx"), ("invoice\u202efdp.exe", "pdf", "invoicefdp.exe.pdf"),
    ],
)  # fmt: skip
def test_a_file_is_named_after_what_it_is(name, kind, kept):
    assert name_of_kind(name, kind) == kept
    assert len(name_of_kind(name, kind)) <= 160


async def uploaded(client, application_id: int, name: str = "cv.pdf", content: bytes = PDF) -> Document:
    answer = await client.post(
        f"/applications/{application_id}/documents", files={"document": (name, content)}
    )
    assert answer.status_code == 303
    return await Document.objects().order_by(Document.id, ascending=False).first()


@pytest.mark.parametrize(
    ("content", "kind", "media"),
    [
        (PDF, "pdf", "application/pdf"),
        (DOCX, "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (ODT, "odt", "application/vnd.oasis.opendocument.text"),
        (b"\xff\xd8\xff\xe0", "jpg", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "png", "image/png"),
    ],
    ids=["pdf", "docx", "odt", "jpg", "png"],
)
async def test_every_kind_goes_in_and_comes_out_as_a_download(as_, db, content, kind, media):
    made = await make.panel()
    client, number = await as_(made.manager), made.applications[0].id
    row = await uploaded(client, number, '../../Größe "x".bin', content)
    assert (row.kind, row.name) == (kind, f'Größe "x".bin.{kind}')
    answer = await client.get(f"/applications/{number}/documents/{row.id}")
    assert answer.content == content
    assert answer.headers["content-type"] == media
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers.get_list("content-disposition") == [
        f"attachment; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%22x%22.bin.{kind}"
    ]


async def test_a_file_of_exactly_ten_megabytes_is_taken(as_, db):
    made = await make.panel()
    content = PDF.ljust(10 * 1024 * 1024, b".")
    row = await uploaded(await as_(made.manager), made.applications[0].id, content=content)
    assert row.size == len(content)


async def test_bytes_stay_while_another_application_names_them(as_, db):
    made = await make.panel(applicants=2)
    client = await as_(made.manager)
    one, two = [await uploaded(client, row.id) for row in made.applications]
    path = load().documents / one.digest
    for row, application, there in ((one, made.applications[0], True), (two, made.applications[1], False)):
        url = f"/applications/{application.id}/documents/{row.id}"
        assert (await client.post(f"{url}/deletion")).status_code == 303
        assert path.exists() is there
        assert (await client.post(f"{url}/deletion")).status_code == 404


async def test_a_file_whose_row_fails_leaves_no_bytes(db, monkeypatch):
    made = await make.panel()

    async def fails(*_args, **_kwargs):
        raise OSError("no room")

    monkeypatch.setattr(Document, "save", fails)
    with pytest.raises(OSError, match="no room"):
        await commands.add_document(
            await make.actor(made.manager), OWN, load(), made.applications[0].id, "cv.pdf", PDF + b"unique"
        )
    assert [path for path in load().documents.glob("*") if b"unique" in path.read_bytes()] == []


async def test_documents_of_strangers_are_neither_added_nor_deleted(as_, db):
    made = await make.panel()
    number = made.applications[0].id
    row = await uploaded(await as_(made.manager), number)
    other = await as_(await make.manager("Other Manager"))
    sent = await other.post(f"/applications/{number}/documents", files={"document": ("cv.pdf", PDF)})
    assert sent.status_code == 404
    assert (await other.post(f"/applications/{number}/documents/{row.id}/deletion")).status_code == 404
    assert await Document.count() == 1


async def test_a_document_is_found_under_its_own_application_only(as_, db):
    made = await make.panel(applicants=2)
    client = await as_(made.manager)
    row = await uploaded(client, made.applications[0].id)
    url = f"/applications/{made.applications[1].id}/documents/{row.id}"
    assert (await client.get(url)).status_code == 404
    assert (await client.post(f"{url}/deletion")).status_code == 404


@pytest.mark.parametrize("number", NOBODYS)
async def test_a_strange_number_is_no_application(as_, db, number):
    made = await make.panel()
    client = await as_(made.manager)
    real = made.applications[0].id
    for address in (
        f"/applications/{number}",
        f"/applications/{number}/edit",
        f"/applications/{real}/documents/{number}",
    ):
        assert (await client.get(address)).status_code == 404
    for address in (f"/applications/{number}/withdrawal", f"/applications/{number}/documents"):
        assert (await client.post(address)).status_code in (404, 422)


@pytest.mark.parametrize(
    "hostile",
    [
        {}, {"name": "  "}, {"name": "\x00"}, {"name": "x" * 161}, {"email": "a@b@c"}, {"email": "=1+1"},
        {"phone": "1" * 61}, {"received_on": "31.02.2026"}, {"adjustments": "x" * 1001}, {"source": "x" * 121},
    ],
    ids=str,
)  # fmt: skip
async def test_a_hostile_application_is_asked_again(as_, db, hostile):
    boss = await make.manager()
    vacancy = await make.vacancy(boss)
    sent = {"name": "Ilse Brandt", **hostile} if hostile else {}
    answer = await (await as_(boss)).post(f"/vacancies/{vacancy.id}/applications", data=sent)
    assert answer.status_code == 422
    assert await Application.count() == 0


async def test_texts_are_shown_as_typed(as_, db):
    boss = await make.manager()
    vacancy = await make.vacancy(boss)
    client = await as_(boss)
    sent = {"name": "<b>Ilse</b> \x00{{ 7*7 }}", "notes": "<script>alert(1)</script>", "received_on": ""}
    url = (await client.post(f"/vacancies/{vacancy.id}/applications", data=sent)).headers["location"]
    shown = (await client.get(url)).text
    assert "&lt;b&gt;Ilse&lt;/b&gt; {{ 7*7 }}" in shown
    assert "<script>alert" not in shown


async def test_the_same_address_twice_is_asked_about(as_, db):
    boss = await make.manager()
    vacancy, elsewhere = await make.vacancy(boss), await make.vacancy(boss)
    client = await as_(boss)
    sent = {"name": "Ilse Brandt", "email": "ilse@test.example"}
    assert (await client.post(f"/vacancies/{vacancy.id}/applications", data=sent)).status_code == 303
    assert (await client.post(f"/vacancies/{elsewhere.id}/applications", data=sent)).status_code == 303
    again = {**sent, "email": "ILSE@Test.example "}
    refused = await client.post(f"/vacancies/{vacancy.id}/applications", data=again)
    assert refused.status_code == 422
    assert 'name="again"' in refused.text
    again["again"] = "1"
    assert (await client.post(f"/vacancies/{vacancy.id}/applications", data=again)).status_code == 303


@pytest.mark.parametrize(
    "change", [{Vacancy.state: State.CLOSED.value}, {Vacancy.state: State.DECIDED.value}]
)
async def test_a_vacancy_that_is_over_takes_nobody(as_, db, change):
    boss = await make.manager()
    vacancy = await make.vacancy(boss)
    await Vacancy.update(change).where(Vacancy.id == vacancy.id)
    client = await as_(boss)
    answer = await client.post(f"/vacancies/{vacancy.id}/applications", data={"name": "Late Comer"})
    assert answer.status_code == 409
    assert "/applications/new" not in (await client.get(f"/vacancies/{vacancy.id}")).text


async def test_nobody_is_added_after_the_reveal(as_, db):
    made = await make.revealed()
    answer = await (await as_(made.manager)).post(
        f"/vacancies/{made.vacancy.id}/applications", data={"name": "Late Comer"}
    )
    assert answer.status_code == 409


async def test_who_withdrew_before_the_reveal_does_not_come_back_after_it(db):
    made = await make.panel(applicants=2)
    boss, gone, stays = await make.actor(made.manager), made.applications[0].id, made.applications[1].id
    await commands.set_withdrawn(boss, OWN, gone, True)
    for scorer in (0, 1):
        await make.submitted(made, {"A1": 4, "B4": 3, "E3": 3}, scorer, 1)
    from recruit.scorecards.commands import reveal_scores

    await reveal_scores(boss, OWN, made.vacancy.id)
    with pytest.raises(Conflict, match="cannot come back"):
        await commands.set_withdrawn(boss, OWN, gone, False)
    assert not (await queries.managed_application(boss, OWN, gone)).returnable
    await commands.set_withdrawn(boss, OWN, stays, True)
    assert (await queries.managed_application(boss, OWN, stays)).returnable
    await commands.set_withdrawn(boss, OWN, stays, False)


async def test_a_withdrawal_is_deleted_like_any_other_thing(as_, db):
    made = await make.panel()
    client, url = await as_(made.manager), f"/applications/{made.applications[0].id}"
    await client.post(f"{url}/withdrawal")
    assert (await client.delete(f"{url}/withdrawal")).status_code == 303
    assert "Withdrawn on" not in (await client.get(url)).text


async def test_strangers_change_no_application(db):
    made = await make.panel()
    number, other = made.applications[0].id, await make.actor(await make.manager("Other Manager"))
    draft = ApplicationDraft("Mine", "", "", None, "", "", "", 1, False)
    for attempt in (
        commands.add_application(other, OWN, made.vacancy.id, draft),
        commands.change_application(other, OWN, number, draft),
        commands.set_withdrawn(other, OWN, number, True),
        commands.add_document(other, OWN, load(), number, "cv.pdf", PDF),
        commands.delete_document(other, OWN, load(), number, 1),
        commands.prepare_import(other, OWN, made.vacancy.id, "list.csv", b"Name\nIlse\n"),
    ):
        with pytest.raises(NotFound):
            await attempt


async def test_every_write_is_logged_and_names_nobody(as_, db):
    boss = await make.manager()
    vacancy = await make.vacancy(boss)
    client = await as_(boss)
    sent = {"name": "Ilse Brandt", "email": "ilse@test.example", "notes": "Spoke well."}
    url = (await client.post(f"/vacancies/{vacancy.id}/applications", data=sent)).headers["location"]
    await client.post(f"{url}/edit", data={**sent, "notes": "Spoke very well.", "version": "1"})
    await client.post(f"{url}/edit", data={**sent, "notes": "Spoke very well.", "version": "1"})  # no change
    row = await uploaded(client, int(url.rsplit("/", 1)[1]), "ilse brandt.pdf")
    await client.post(f"{url}/documents/{row.id}/deletion")
    await client.post(f"{url}/withdrawal")
    await client.post(f"{url}/withdrawal")  # no change
    await client.delete(f"{url}/withdrawal")
    entries = await AuditEntry.select(AuditEntry.event, AuditEntry.details).where(
        AuditEntry.subject == "application"
    ).order_by(AuditEntry.id)  # fmt: skip
    assert [entry["event"] for entry in entries] == [
        "application.added", "application.changed", "document.added", "document.deleted",
        "application.withdrawn", "application.withdrawn",
    ]  # fmt: skip
    assert not any(word in str(entries).lower() for word in ("ilse", "spoke"))


async def test_the_list_shows_no_order_but_names_and_no_score(as_, db):
    made = await make.revealed(applicants=3)
    client = await as_(made.manager)
    shown = (await client.get(f"/vacancies/{made.vacancy.id}")).text
    places = [shown.index(name) for name in sorted(row.name for row in made.applications)]
    assert places == sorted(places)
    for address in ("applications.csv", "applications.xlsx"):
        answer = await client.get(f"/vacancies/{made.vacancy.id}/{address}")
        assert "attachment" in answer.headers["content-disposition"]


async def test_an_export_holds_no_scores_and_no_adjustments(db):
    made = await make.revealed()
    await Application.update({Application.adjustments: "Longer breaks"}).where(
        Application.vacancy == made.vacancy.id
    )
    header, rows = await queries.export_rows(made.vacancy.id)
    assert header == ["name", "email", "phone", "received_on", "source", "notes", "state"]
    assert rows == [["Ilse Brandt", "", "", None, "", "", ""]]


async def test_applicants_are_paged_and_searched_by_name_and_address(as_, db):
    boss = await make.manager()
    vacancy = await make.vacancy(boss)
    now = datetime.now(UTC)
    await Application.insert(
        *(Application(vacancy=vacancy.id, name=f"Applicant {n:03}", email=f"p{n}@test.example", added_at=now)
          for n in range(101))
    )  # fmt: skip
    client = await as_(boss)
    third = (await client.get(f"/vacancies/{vacancy.id}?page=3")).text
    assert "Page 3 of 3" in third
    assert "Applicant 100" in third
    found = (await client.get(f"/vacancies/{vacancy.id}?search=P77@")).text
    assert ("Applicant 077" in found, "Applicant 078" in found) == (True, False)
    for strange in (
        "page=x",
        "page=-3",
        "page=" + "9" * 40,
        "search=%00%25_%27",
        "imported=x",
        "search=" + "x" * 5000,
    ):
        assert (await client.get(f"/vacancies/{vacancy.id}?{strange}")).status_code == 200


async def test_pages_ask_at_most_eight_questions_whatever_they_show(as_, db, monkeypatch):
    made = await make.revealed(applicants=3)
    client = await as_(made.manager)
    asked = []
    real = type(DB).run_querystring

    async def counted(self, querystring, *args, **kwargs):
        asked.append(str(querystring))
        return await real(self, querystring, *args, **kwargs)

    monkeypatch.setattr(type(DB), "run_querystring", counted)
    vacancy, application = made.vacancy.id, made.applications[0].id
    for url in (
        "/vacancies", f"/vacancies/{vacancy}", f"/vacancies/{vacancy}/criteria", f"/vacancies/{vacancy}/edit",
        f"/vacancies/{vacancy}/closing", f"/applications/{application}", f"/applications/{application}/edit",
        "/vacancies/new", f"/vacancies/{vacancy}/import",
    ):  # fmt: skip
        asked.clear()
        assert (await client.get(url)).status_code == 200
        assert 0 < len(asked) <= 8, (url, asked)
