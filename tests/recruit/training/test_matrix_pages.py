"""The matrix: who sees whom, what its address keeps, how it is read by keyboard, on paper and as a workbook."""

import io
import re
from datetime import date, timedelta

import make
import pytest_asyncio
from make import training
from python_calamine import CalamineWorkbook

from recruit.web import kept
from recruit.web.render import HOME

TODAY = date.today()


@pytest_asyncio.fixture
async def here(as_):
    """Mara's people: Ruth is out of date, Paul ends soon, Ada is in date and booked for what is not hers."""
    kept.forget()
    team = await make.team("Ruth Okello", "Paul Novak", "Ada Lind", in_role=3)
    law = await training.course("Law", required_by="Exit worker", code="T04")
    media = await training.course("Media", code="T16")
    for person, days in zip(team.people, (400, 340, 40), strict=True):
        await training.completion(person, law, TODAY - timedelta(days))
    session = await training.session(media, TODAY + timedelta(9))
    await training.enrolment(session, team.people[2])
    team.law, team.media, team.session = law, media, session
    return team


def cells(text: str, name: str) -> list[str]:
    row = re.search(rf"<bdi>{name}</bdi>.*?</tr>", text, re.DOTALL)[0]
    return re.findall(r'<td class="is-(\w+)"', row)


async def test_exceptions_are_links_and_what_is_in_date_is_quiet(as_, here):
    text = (await (await as_(here.manager)).get("/training")).text
    assert [cells(text, one.name) for one in here.people] == [
        ["late", "none"],
        ["soon", "none"],
        ["ok", "booked"],
    ]
    ruth = here.people[0].id
    assert f'href="/people/{ruth}/training#course-{here.law.course}"' in text
    assert f'href="/training/sessions/{here.session.id}"' in text
    table = re.search(r'<table class="matrix">.*?</table>', text, re.DOTALL)[0]
    assert table.count("<a ") == 4 + 3  # four names (Mara's too) and three exceptions
    assert 'tabindex="0" role="region"' in text


async def test_counts_lead_to_what_they_count_and_the_foot_says_who_is_in_date(as_, here):
    client = await as_(here.manager)
    text = (await client.get("/training")).text
    for number, label in ((1, "expired"), (0, "not done yet"), (1, "ends within 60 days"), (1, "booked")):
        assert f"<b>{number}</b>{label}" in text
    assert "<b>2</b>of 3 required are in date" in text
    assert "2 of 3" in re.search(r"<tfoot>.*</tfoot>", text, re.DOTALL)[0]
    expired = (await client.get("/training?show=expired")).text
    assert "Ruth Okello" in expired
    assert "Paul Novak" not in expired
    assert "T16" not in re.search(r"<thead>.*</thead>", expired, re.DOTALL)[0]


async def test_the_address_keeps_what_was_asked_for(as_, here):
    client = await as_(here.manager)
    asked = f"words=ruth&unit={here.unit.id}&show=action&course={here.law.course}&size=50&on=2030-01-01"
    text = (await client.get(f"/training?{asked}")).text
    assert 'value="ruth"' in text
    assert f'<option value="{here.unit.id}" selected>' in text
    assert '<option value="action" selected>' in text
    assert re.search(rf'value="{here.law.course}" checked', text)
    assert "<option selected>50</option>" in text
    assert 'value="2030-01-01"' in text
    assert "show=expired" in text
    assert "words=ruth" in re.search(r'href="/training/matrix.xlsx\?([^"]+)"', text)[1]
    strange = await client.get("/training?words=%00&unit=x&show=evil&course=9e9&size=7&on=soon&page=-1")
    assert strange.status_code == 200
    assert "Ruth Okello" in strange.text


async def test_words_look_for_people_and_else_for_courses(as_, here):
    client = await as_(here.manager)
    found = (await client.get("/training?words=RUTH")).text
    assert ("Ruth Okello" in found, "Paul Novak" in found, "Law" in found) == (True, False, True)
    found = (await client.get("/training?words=media")).text
    head = re.search(r"<thead>.*</thead>", found, re.DOTALL)[0]
    assert ("Media" in head, "Law" in head, "Paul Novak" in found) == (True, False, True)
    assert "Nothing matches" in (await client.get("/training?words=zzz")).text


async def test_people_come_in_pages(as_, here):
    for number in range(26):
        await make.person(f"Zoe {number:02}", manager=here.manager.id)
    client = await as_(here.manager)
    first, second = [(await client.get(f"/training?page={page}")).text for page in (1, 2)]
    assert first.count('scope="row" class="who"') == 25 + 1
    assert second.count('scope="row" class="who"') == 5 + 1
    assert "Page 2 of 2" in second
    assert (await client.get("/training?size=100")).text.count('scope="row" class="who"') == 30 + 1


async def test_another_day_shows_what_has_run_out_by_then(as_, here):
    later = (TODAY + timedelta(365)).isoformat()
    text = (await (await as_(here.manager)).get(f"/training?on={later}")).text
    assert [cells(text, one.name)[0] for one in here.people] == ["late"] * 3


async def test_a_trainer_sees_everybody_a_line_manager_their_own_and_others_their_own_page(as_, here):
    trainer = await make.person("Jana Wirth", "staff", "trainer")
    other = await make.manager("Selin Aydin")
    assert "Ruth Okello" in (await (await as_(trainer)).get("/training")).text
    assert "Ruth Okello" not in (await (await as_(other)).get("/training")).text
    for url in ("/training", "/training/print", "/training/due"):
        answer = await (await as_(here.people[0])).get(url)
        assert (answer.status_code, answer.headers["location"]) == (
            303,
            f"/people/{here.people[0].id}/training",
        )
    outside = await make.person("Kim Roth", "external")
    assert (await (await as_(outside)).get("/training")).status_code == 404
    assert "Ruth Okello" not in str(await workbook(await as_(other)))


async def workbook(client, query: str = "") -> list[tuple]:
    answer = await client.get(f"/training/matrix.xlsx{query}")
    assert answer.status_code == 200
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    return [tuple(row) for row in book.get_sheet_by_index(0).to_python()]


async def test_the_workbook_has_everybody_who_matches_on_every_page(as_, here):
    client = await as_(here.manager)
    head, *rows = await workbook(client, "?size=25&show=action")
    assert head == ("Name", "Post", "Unit", "T04 Law")
    assert [row[0] for row in rows] == ["Paul Novak", "Ruth Okello"]
    assert rows[0][3] == TODAY - timedelta(340) + timedelta(365)
    assert rows[1][3].startswith("Expired on ")
    assert len(await workbook(client)) == 1 + 4


async def test_on_paper_there_are_ten_courses_to_a_table_and_every_person(as_, here):
    for number in range(12):
        await training.course(f"Course {number}", required_by="Exit worker")
    text = (await (await as_(here.manager)).get("/training/print")).text
    heads = re.findall(r"<thead>.*?</thead>", text, re.DOTALL)
    assert [head.count('<th scope="col">') for head in heads] == [10, 4]
    assert text.count("<bdi>Ruth Okello</bdi>") == 2
    assert '<body class="wide"' in text
    css = re.sub(r"\s+", " ", (HOME / "static/css/app.css").read_text())
    assert "@page wide { size: A4 landscape;" in css
    assert "thead { display: table-header-group; }" in css


async def test_a_write_shows_at_once_although_the_page_is_kept(as_, here, queries_of):
    client = await as_(here.manager)
    first = await queries_of(client, "/training")
    assert await queries_of(client, "/training") < first
    await client.post(
        f"/people/{here.manager.id}/course-requests", data={"course": here.law.course, "why": "For court."}
    )
    assert await queries_of(client, "/training") == first


async def test_the_queries_do_not_grow_with_people_or_courses(as_, here, queries_of):
    client = await as_(here.manager)
    few = await queries_of(client, "/training")
    for number in range(30):
        person = await make.person(f"Zoe {number:02}", manager=here.manager.id)
        await training.completion(person, here.media, TODAY)
    await training.course("Boundaries", required_by="Exit worker")
    kept.forget()
    assert await queries_of(client, "/training?size=100") == few
