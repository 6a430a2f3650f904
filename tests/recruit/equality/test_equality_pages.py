"""Equality answers go in through the privacy officer, and come out only added up, after the signature."""

import io
import json
import re
import zipfile

import make
import pytest

from competences.audit.tables import AuditEntry
from competences.errors import Conflict, Invalid, NotFound
from competences.people.reach import Reach
from recruit.access import Role
from recruit.equality import commands, queries
from recruit.equality.forms import Entry
from recruit.equality.rules import Question
from recruit.equality.tables import EqualityAnswer

ALL, OWN = Reach.ALL, Reach.OWN
# 24 of 26 answered: women 12 (4 interviewed), men 12 (9 interviewed); one appointed.
MANY = (
    [("woman", "under-30", "decline")] * 5
    + [("woman", "30-39", "")] * 8
    + [("man", "30-39", "appoint")]
    + [("man", "40-49", "decline")] * 8
    + [("man", "50-over", "")] * 5
    + [("", "", "")] * 2
)


async def officer(name="Per Privacy"):
    return await make.person(name, Role.PRIVACY_OFFICER)


def entry(made, applicant=0, answer="woman", version=0, question=Question.GENDER):
    return Entry(made.applications[applicant].id, question, answer, version)


def typed(made, answer="woman", applicant=0, version=0, **more):
    number = made.applications[applicant].id
    return {
        "applicant": [str(row.id) for row in made.applications], f"gender-{number}": answer,
        f"version-gender-{number}": str(version), "voluntary": "1", **more,
    }  # fmt: skip


def cells(text):
    """The rows of all tables as lists of words."""
    rows = re.findall(r"<tr>(.*?)</tr>", text, re.DOTALL)
    return [
        [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row)]
        for row in rows
    ]


# ── who ──


async def test_only_the_privacy_officer_enters(as_, db):
    made = await make.panel(2, 1)
    address = f"/vacancies/{made.vacancy.id}/equality"
    for row in (made.manager, *made.people, await make.person("Ada", Role.ADMINISTRATOR)):
        client = await as_(row)
        assert (await client.get(address)).status_code == 404
        assert (await client.post(address, data=typed(made))).status_code == 404
        assert (await client.get("/equality")).status_code == 404
        assert "/equality" not in (await client.get("/")).text
    assert not await EqualityAnswer.exists()
    client = await as_(await officer())
    assert 'href="/equality"' in (await client.get("/")).text
    assert made.vacancy.title in (await client.get("/equality")).text


async def test_an_officer_who_manages_the_vacancy_or_was_on_its_panel_neither_sees_nor_enters(as_, db):
    made = await make.panel(2, 1)
    row = await officer()
    seat = await make.member(made.vacancy, row)
    seat.left_at = seat.invited_at
    await seat.save()
    own = await make.vacancy(row)
    who = await make.actor(row)
    for vacancy in (made.vacancy, own):
        with pytest.raises(NotFound):
            await queries.entered(who, ALL, vacancy.id)
        with pytest.raises(NotFound):
            await commands.record_answers(who, ALL, vacancy.id, [])
    assert not (await queries.vacancies(who, ALL)).rows
    other = await make.actor(await officer("Another Officer"))
    assert {row.id for row in (await queries.vacancies(other, ALL)).rows} == {made.vacancy.id, own.id}


async def test_a_stranger_to_the_reach_gets_no_row(db):
    made = await make.signed(MANY)
    who = await make.actor(await make.person("Stranger"))
    for reach in (Reach.NO, OWN):
        assert not (await queries.vacancies(who, reach)).rows
        for read in (queries.entered, queries.judged):
            with pytest.raises(NotFound):
                await read(who, reach, made.vacancy.id)


async def test_the_aggregate_is_for_the_manager_and_the_officer_and_for_nobody_else(as_, db):
    made = await make.signed(MANY)
    address = f"/vacancies/{made.vacancy.id}/impact"
    for row in (made.manager, await officer()):
        assert (await (await as_(row)).get(address)).status_code == 200
    seated = await officer("Seated Officer")
    await make.member(made.vacancy, seated)
    for row in (*made.people, await make.manager("Other Manager"), seated):
        assert (await (await as_(row)).get(address)).status_code == 404


# ── entry ──


async def test_what_was_entered_is_recorded_and_never_shown_again(as_, db):
    made = await make.panel(2, 2)
    client = await as_(await officer())
    address = f"/vacancies/{made.vacancy.id}/equality"
    answer = await client.post(address, data=typed(made), follow_redirects=True)
    assert "Saved." in answer.text
    assert "Recorded" in answer.text
    assert "selected" not in answer.text
    rows = await EqualityAnswer.select(
        EqualityAnswer.application, EqualityAnswer.question, EqualityAnswer.answer
    )
    assert rows == [{"application": made.applications[0].id, "question": "gender", "answer": "woman"}]


async def test_nothing_is_entered_that_was_not_given_on_the_voluntary_form(as_, db):
    made = await make.panel(2, 1)
    client = await as_(await officer())
    form = typed(made)
    del form["voluntary"]
    answer = await client.post(f"/vacancies/{made.vacancy.id}/equality", data=form)
    assert answer.status_code == 422
    assert "voluntary form" in answer.text
    refused = await client.post(f"/vacancies/{made.vacancy.id}/equality", data=typed(made, "martian"))
    assert refused.status_code == 422
    assert not await EqualityAnswer.exists()


async def test_the_log_says_how_many_and_neither_whose_nor_what(db):
    made = await make.panel(2, 2)
    who = await make.actor(await officer())
    entries = [entry(made), entry(made, 1, "man"), entry(made, 1, "50-over", question=Question.AGE)]
    await commands.record_answers(who, ALL, made.vacancy.id, entries)
    logged = await AuditEntry.objects().where(AuditEntry.event == "equality-answers.recorded").first()
    assert (logged.subject, logged.subject_id) == ("vacancy", made.vacancy.id)
    assert json.loads(logged.details) == {"answers": 3}
    again = [Entry(row.application_id, row.question, row.answer, 1) for row in entries]
    assert await commands.record_answers(who, ALL, made.vacancy.id, again) is None


async def test_an_answer_is_changed_or_removed_but_not_over_one_that_was_not_seen(db):
    made = await make.panel(2, 1)
    who = await make.actor(await officer())

    async def record(answer, version):
        await commands.record_answers(who, ALL, made.vacancy.id, [entry(made, 0, answer, version)])
        return await EqualityAnswer.select(EqualityAnswer.answer, EqualityAnswer.version)

    await record("woman", 0)
    with pytest.raises(Invalid, match="in the meantime"):
        await record("man", 0)
    assert await record("another", 1) == [{"answer": "another", "version": 2}]
    with pytest.raises(Invalid, match="in the meantime"):
        await record("", 1)
    assert await record("", 2) == []


async def test_an_applicant_of_another_vacancy_is_refused(db):
    made, other = await make.panel(2, 1), await make.panel(2, 1)
    who = await make.actor(await officer())
    with pytest.raises(NotFound):
        await commands.record_answers(who, ALL, made.vacancy.id, [entry(other)])


async def test_after_the_signature_answers_can_only_be_removed(as_, db):
    made = await make.signed(MANY)
    row = await officer()
    who = await make.actor(row)
    with pytest.raises(Conflict, match="only be removed"):
        await commands.record_answers(who, ALL, made.vacancy.id, [entry(made, 25)])
    with pytest.raises(Conflict, match="only be removed"):
        await commands.record_answers(who, ALL, made.vacancy.id, [entry(made, 0, "man", 1)])
    await commands.record_answers(who, ALL, made.vacancy.id, [entry(made, 0, "", 1)])
    text = (await (await as_(row)).get(f"/vacancies/{made.vacancy.id}/equality")).text
    assert "Remove the answer" in text
    assert 'value="woman"' not in text


async def test_whoever_withdrew_is_not_counted_and_keeps_the_right_to_removal(db):
    made = await make.signed(MANY)
    row = made.applications[0]
    row.withdrawn_at = row.added_at
    await row.save()
    gone = made.applications[-1]
    gone.withdrawn_at = gone.added_at
    await gone.save()
    who = await make.actor(await officer())
    listed = await queries.applicants(await queries.entered(who, ALL, made.vacancy.id))
    assert {row.id, gone.id} & {person.id for person in listed.rows} == {row.id}
    found = await queries.judged(who, ALL, made.vacancy.id)
    assert [row.people for row in found.comparisons[0].found.rows] == [12, 14, None]


# ── what comes out ──


async def test_before_the_signature_there_is_nothing_to_see(as_, db):
    made = await make.revealed()
    who = await make.actor(await officer())
    await commands.record_answers(who, ALL, made.vacancy.id, [entry(made)])
    for row in (made.manager, await officer("Another Officer")):
        answer = await (await as_(row)).get(f"/vacancies/{made.vacancy.id}/impact")
        assert answer.status_code == 409
        assert "not signed yet" in answer.text


async def test_the_page_compares_groups_and_says_what_it_does_not_prove(as_, db):
    made = await make.signed(MANY)
    text = (await (await as_(made.manager)).get(f"/vacancies/{made.vacancy.id}/impact")).text
    rows = cells(text)
    women = next(row for row in rows if row[0] == "Woman" and len(row) == 8)
    assert women == [
        "Woman", "13", "5", "38 %", "0.60", "0.257", "under 0.001",
        "Below four fifths, but chance alone brings such a difference often enough.",
    ]  # fmt: skip
    for words in (
        "does not prove that a choice was fair",
        "the ratio and the test often disagree",
        "In one of these groups fewer than 5 people were chosen",
        "no result could have counted as unlikely",
        "How we worked this out",
    ):
        assert words in text, words


async def test_who_was_appointed_cannot_be_told_from_the_page(as_, db):
    text = {}
    for one in ("woman", "man"):
        applicants = [(gender, "", "") for gender in ["woman"] * 6 + ["man"] * 6 + [""]]
        applicants[0 if one == "woman" else 6] = (one, "", "appoint")
        made = await make.signed(applicants)
        page = (await (await as_(made.manager)).get(f"/vacancies/{made.vacancy.id}/impact")).text
        text[one] = re.sub(r"/(vacancies|people)/\d+|csrftoken\": \"\w+|_csrf_token\" value=\"\w+", "", page)
    assert text["woman"] == text["man"]
    assert "smallest possible p is 1.000" in text["man"]


async def test_a_small_group_is_not_shown_and_neither_is_a_total(as_, db):
    made = await make.signed([*MANY, ("another", "", "decline")])
    rows = cells((await (await as_(made.manager)).get(f"/vacancies/{made.vacancy.id}/impact")).text)
    assert [row[1] for row in rows if row[0] == "Another gender"] == ["not shown", "not shown"]
    assert not {"25", "26", "27"} & {cell for row in rows for cell in row}
    few = await make.signed(MANY[:4])
    page = (await (await as_(few.manager)).get(f"/vacancies/{few.vacancy.id}/impact")).text
    assert "Fewer than 5 applicants gave an answer" in page
    assert "<table" not in page


# ── what stays untouched ──


async def test_no_page_of_hiring_and_no_export_changes_by_an_answer(as_, db):
    made = await make.signed([("", "", "decline")] * 6 + [("", "", "appoint")])
    here = f"/vacancies/{made.vacancy.id}"
    addresses = [
        here, f"{here}?search=another", f"{here}/applications.csv", f"{here}/applications.xlsx",
        f"{here}/comparison", f"{here}/panel", f"{here}/consensus", f"{here}/decision", f"{here}/report",
        f"{here}/panel-quality", "/vacancies?search=another", f"/applications/{made.applications[0].id}",
    ]  # fmt: skip

    async def everything():
        seen = {}
        for row in (made.manager, *made.people):
            client = await as_(row)
            for address in addresses:
                answer = await client.get(address)
                seen[row.id, address] = (answer.status_code, words_of(answer))
        return seen

    before = await everything()
    assert sum(status == 200 for status, _text in before.values()) > len(addresses)
    for question, answer in (("gender", "another"), ("age", "50-over")):
        await EqualityAnswer.insert(
            *(
                EqualityAnswer(application=row.id, question=question, answer=answer)
                for row in made.applications
            )
        )
    assert await everything() == before


def words_of(answer):
    if answer.headers["content-type"].endswith("sheet"):
        with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
            return [book.read(name) for name in book.namelist() if "core.xml" not in name]
    return re.sub(r"csrftoken\": \"\w+|_csrf_token\" value=\"\w+", "", answer.text)
