"""Reading, drafting, publishing and comparing frameworks, page by page."""

import re

import make
import pytest

from competences.actor import SYSTEM
from competences.frameworks import commands, queries
from competences.frameworks.rules.texts import starter
from competences.frameworks.tables import FrameworkVersion, State
from recruit.access import Role

HUGE = "99999999999999999999"


@pytest.fixture
async def mara(as_):
    return await as_(await make.manager())


@pytest.fixture
async def draft(db):
    source = await make.framework("leader")
    made = await commands.create_version(SYSTEM, source.id, "Shorter words.")
    yield made.subject_id
    await make.without_version(made.subject_id)


def stamp_in(text: str) -> str:
    return re.search(r'name="stamp" value="(\w*)"', text)[1]


def fields_of(text: str) -> dict[str, str]:
    """What a browser would send back from the competence form unchanged."""
    from html import unescape

    areas = dict(re.findall(r'<textarea[^>]*name="([\w-]+)"[^>]*>(.*?)</textarea>', text, re.S))
    inputs = dict(re.findall(r'<input class="input"[^>]*name="([\w-]+)"[^>]*value="([^"]*)"', text))
    chosen = dict(re.findall(r'<select[^>]*name="([\w-]+)".*?value="(\w+)" selected', text, re.S))
    ticked = dict(re.findall(r'name="(\w+)" value="(\w+)" checked', text))
    hidden = {"stamp": stamp_in(text)}
    return {key: unescape(value) for key, value in {**areas, **inputs, **chosen, **ticked, **hidden}.items()}


async def test_everything_of_a_domain_can_be_read(mara):
    version = await make.framework()
    text = (await mara.get(f"/frameworks/{version.id}?domain=E")).text
    from html import unescape

    page = unescape(text)
    skills = starter("exit_worker").domains[-1]
    for competence in skills.competences:
        for words in (competence.name, competence.definition, *competence.anchors, *competence.indicators):
            assert words in page
        for question in competence.questions:
            assert question.text in page
            assert all(more in page for more in question.follow_ups)
        assert all(words in page for words in competence.warning_signs)


@pytest.mark.parametrize("domain", ["", "Z", "%00", "A'--", "<b>"])
async def test_a_domain_that_does_not_exist_shows_the_first(mara, domain):
    version = await make.framework()
    answer = await mara.get(f"/frameworks/{version.id}", params={"domain": domain})
    assert "Integrity" in answer.text


async def test_a_version_is_drafted_edited_published_and_then_fixed(mara):
    source = await make.framework("leader")
    assert (await mara.post(f"/frameworks/{source.id}/versions", data={"note": " "})).status_code == 422
    made = await mara.post(f"/frameworks/{source.id}/versions", data={"note": "Plainer."})
    draft = int(made.headers["location"].split("/")[2])
    try:
        one = (await queries.content(draft))[0].competences[0]
        url = f"/frameworks/{draft}/competences/{one.id}"
        sent = {**fields_of((await mara.get(url)).text), "name": "Trust <b>"}
        assert (await mara.post(url, data=sent)).status_code == 303
        assert (await queries.competence(draft, one.id)).text.name == "Trust <b>"
        compared = (await mara.get(f"/frameworks/{draft}/comparison")).text
        assert re.search(r"<del>.*?Trusted leadership.*?</del> <ins>.*?Trust &lt;b&gt;.*?</ins>", compared)
        assert "It is complete" in (await mara.get(f"/frameworks/{draft}/publication")).text
        assert (await mara.post(f"/frameworks/{draft}/publication")).status_code == 303
        assert (await mara.get(f"/frameworks/{draft}/edit")).status_code == 409
        assert (await mara.post(url, data=sent)).status_code == 409
        assert (await mara.post(f"/frameworks/{draft}/deletion")).status_code == 409
        assert (await mara.post(f"/frameworks/{draft}/retirement")).status_code == 303
        assert "Retired" in (await mara.get(f"/frameworks/{draft}")).text
    finally:
        await make.without_version(draft)


async def test_a_form_sent_back_unchanged_changes_no_word(mara, draft):
    for row in [one for domain in await queries.content(draft) for one in domain.competences]:
        url = f"/frameworks/{draft}/competences/{row.id}"
        assert (await mara.post(url, data=fields_of((await mara.get(url)).text))).status_code == 303
        assert await queries.competence(draft, row.id) == row


async def test_a_stale_form_keeps_what_was_typed_and_overwrites_nothing(mara, draft):
    one = (await queries.content(draft))[0].competences[0]
    url = f"/frameworks/{draft}/competences/{one.id}"
    sent = fields_of((await mara.get(url)).text)
    await mara.post(url, data={**sent, "name": "First"})
    answer = await mara.post(url, data={**sent, "name": "Second"})
    assert answer.status_code == 409
    assert "Somebody else" in answer.text
    assert 'value="Second"' in answer.text
    assert (await queries.competence(draft, one.id)).text.name == "First"


async def test_an_incomplete_draft_is_not_published_and_says_what_is_missing(mara, draft):
    domain = (await queries.content(draft))[0]
    sent = {"code": "L9", "name": "Humour", "domain": domain.id, "kind": "trainable", "minimum": 3}
    assert (await mara.post(f"/frameworks/{draft}/competences", data=sent)).status_code == 303
    answer = await mara.post(f"/frameworks/{draft}/publication")
    assert answer.status_code == 422
    assert "7 things are missing" in answer.text
    assert (await FrameworkVersion.objects().get(FrameworkVersion.id == draft)).state == State.DRAFT.value


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""), ("code", ""), ("code", "A B!"), ("code", "TOOLONGCODE"), ("kind", "other"), ("kind", ""),
        ("minimum", "6"), ("minimum", "three"), ("name", "x" * 81), ("anchor-1", "x" * 401),
        ("question-1", "x" * 601),
    ],
)  # fmt: skip
async def test_what_cannot_be_used_is_said_at_its_field(mara, draft, field, value):
    domain = (await queries.content(draft))[0]
    sent = {
        "code": "L9",
        "name": "Humour",
        "domain": domain.id,
        "kind": "trainable",
        "minimum": 3,
        field: value,
    }
    answer = await mara.post(f"/frameworks/{draft}/competences", data=sent)
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in answer.text


async def test_follow_ups_without_a_question_are_refused(mara, draft):
    domain = (await queries.content(draft))[0]
    sent = {"code": "L9", "name": "Humour", "domain": domain.id, "kind": "gate", "follow_ups-2": "Why?"}
    assert "have no question" in (await mara.post(f"/frameworks/{draft}/competences", data=sent)).text


@pytest.mark.parametrize("domain", ["", "987654", HUGE, "x"])
async def test_a_competence_of_no_domain_is_not_saved(mara, draft, domain):
    sent = {"code": "L9", "name": "Humour", "domain": domain, "kind": "gate"}
    assert (await mara.post(f"/frameworks/{draft}/competences", data=sent)).status_code == 404


async def test_domains_are_added_changed_and_removed(mara, draft):
    sent = {"code": "Z", "name": "Last"}
    await mara.post(f"/frameworks/{draft}/domains", data=sent)
    last = (await queries.content(draft))[-1]
    url = f"/frameworks/{draft}/domains/{last.id}"
    stamp = stamp_in((await mara.get(url)).text)
    assert (await mara.post(url, data={**sent, "name": "End", "stamp": stamp})).status_code == 303
    assert (await mara.post(url, data={**sent, "name": "Other", "stamp": stamp})).status_code == 409
    assert (await mara.post(f"{url}/removal")).status_code == 303
    assert len(await queries.content(draft)) == 4


async def test_a_part_of_another_version_cannot_be_reached_through_a_draft(mara, draft):
    foreign = (await queries.content((await make.framework()).id))[0]
    one = foreign.competences[0]
    for path in (f"domains/{foreign.id}", f"competences/{one.id}"):
        assert (await mara.get(f"/frameworks/{draft}/{path}")).status_code == 404
        assert (await mara.post(f"/frameworks/{draft}/{path}/removal")).status_code == 404
        assert (
            await mara.post(f"/frameworks/{draft}/{path}", data={"code": "X", "name": "X"})
        ).status_code == 404


@pytest.mark.parametrize("role", [Role.STAFF, Role.TRAINER, Role.LINE_MANAGER, Role.SUPPORT_LEAD])
async def test_readers_see_published_versions_only(as_, draft, role):
    reader = await as_(await make.person("Reader", role))
    assert f"/frameworks/{draft}" not in (await reader.get("/frameworks")).text
    for path in ("", "/edit", "/comparison", "/publication", "/deletion"):
        assert (await reader.get(f"/frameworks/{draft}{path}")).status_code == 404
    source = await make.framework("leader")
    text = (await reader.get(f"/frameworks/{source.id}")).text
    assert "New version" not in text
    assert (
        await reader.get(f"/frameworks/{source.id}/comparison", params={"with": draft})
    ).status_code == 200
    assert "Shorter words" not in (await reader.get(f"/frameworks/{source.id}/comparison?with={draft}")).text


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.PRIVACY_OFFICER, Role.EXTERNAL])
async def test_who_does_not_need_frameworks_does_not_find_them(as_, db, role):
    client = await as_(await make.person("Somebody", role))
    assert (await client.get("/frameworks")).status_code == 404


async def test_a_draft_is_deleted_with_a_word_first(mara, draft):
    assert "Published versions are not touched" in (await mara.get(f"/frameworks/{draft}/deletion")).text
    assert (await mara.post(f"/frameworks/{draft}/deletion")).headers["location"] == "/frameworks"
    assert (await mara.get(f"/frameworks/{draft}/edit")).status_code == 404


@pytest.mark.parametrize("number", ["0", "987654", HUGE, "-1", "x"])
@pytest.mark.parametrize(
    "path", ["", "/edit", "/comparison", "/publication", "/versions/new", "/domains/new"]
)
async def test_versions_that_do_not_exist_are_not_found(mara, number, path):
    assert (await mara.get(f"/frameworks/{number}{path}")).status_code == 404


async def test_a_page_takes_few_queries(mara, draft, queries_of):
    one = (await queries.content(draft))[0].competences[0]
    for path in ("", "/edit", "/comparison", "/publication", f"/competences/{one.id}"):
        assert await queries_of(mara, f"/frameworks/{draft}{path}") <= 8, path
    assert await queries_of(mara, "/frameworks") <= 8
