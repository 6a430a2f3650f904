"""The scorecard, page by page, with and without JavaScript."""

import make
import pytest

HTMX = {"HX-Request": "true"}


async def one_item(client, made, card):
    """The competence id of the first item on the first page."""
    page = await client.get(f"/scorecards/{card}", follow_redirects=True)
    assert page.status_code == 200
    return page.text.split('data-competence="')[1].split('"')[0], str(page.url.path), page.text


async def test_a_member_begins_and_lands_on_the_first_domain(as_, db):
    made = await make.panel()
    client = await as_(made.people[0])
    answer = await client.post(
        f"/vacancies/{made.vacancy.id}/interviews/{made.applications[0].id}/scorecard", follow_redirects=True
    )
    assert answer.status_code == 200
    assert answer.url.path.endswith("/a")
    assert "Ilse Brandt" in answer.text
    assert "0 of 3 competences scored" in answer.text


async def test_a_save_says_when_and_hands_out_the_next_version(as_, db):
    made = await make.panel()
    client, card = await as_(made.people[0]), await make.started(made)
    item, _path, _text = await one_item(client, made, card)
    sent = {f"level-{item}": "2", f"evidence-{item}": "", f"version-{item}": "0"}
    answer = await client.post(f"/scorecards/{card}/ratings/{item}", data=sent, headers=HTMX)
    assert answer.status_code == 200
    assert "Saved" in answer.text
    assert "evidence still needed" in answer.text
    assert f'id="version-{item}" value="1"' in answer.text
    assert answer.headers["hx-trigger"] == f'{{"saved": {{"competence": {item}}}}}'


async def test_a_stale_save_shows_both_texts_and_loses_none(as_, db):
    made = await make.panel()
    client, card = await as_(made.people[0]), await make.started(made)
    item, _path, _text = await one_item(client, made, card)
    url = f"/scorecards/{card}/ratings/{item}"
    await client.post(
        url,
        data={f"level-{item}": "3", f"evidence-{item}": "first text", f"version-{item}": "0"},
        headers=HTMX,
    )
    answer = await client.post(
        url,
        data={f"level-{item}": "4", f"evidence-{item}": "second text", f"version-{item}": "0"},
        headers=HTMX,
    )
    assert answer.status_code == 409
    assert "first text" in answer.text
    assert "second text" in answer.text


async def test_without_javascript_a_page_saves_what_was_changed_and_goes_on(as_, db):
    made = await make.panel()
    client, card = await as_(made.people[0]), await make.started(made)
    item, path, text = await one_item(client, made, card)
    was = text.split(f'name="was-{item}" value="')[1].split('"')[0]
    sent = {
        f"level-{item}": "4",
        f"evidence-{item}": "Said <b>so</b>",
        f"version-{item}": "0",
        f"was-{item}": was,
        "go": "next",
    }
    answer = await client.post(path, data=sent)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/scorecards/{card}/b")
    page = await client.get(path)
    assert "Said &lt;b&gt;so&lt;/b&gt;" in page.text


async def test_without_javascript_two_tabs_show_both_texts(as_, db):
    made = await make.panel()
    client, card = await as_(made.people[0]), await make.started(made)
    item, path, text = await one_item(client, made, card)
    was = text.split(f'name="was-{item}" value="')[1].split('"')[0]
    base = {f"version-{item}": "0", f"was-{item}": was, "go": "next"}
    await client.post(path, data={**base, f"level-{item}": "4", f"evidence-{item}": "tab one"})
    answer = await client.post(path, data={**base, f"level-{item}": "3", f"evidence-{item}": "tab two"})
    assert answer.status_code == 409
    assert "tab one" in answer.text
    assert "tab two" in answer.text
    untouched = await client.post(path, data={**base, f"evidence-{item}": ""})
    assert untouched.status_code == 303, "an item that nobody touched in the older tab is no conflict"


async def test_submitting_too_early_leads_to_what_is_missing(as_, db):
    made = await make.panel()
    client, card = await as_(made.people[0]), await make.started(made)
    answer = await client.post(f"/scorecards/{card}/submission")
    assert answer.status_code == 422
    assert "Choose a level" in answer.text


async def test_after_submitting_the_page_is_locked_and_shows_my_scores_to_me_alone(as_, db):
    made = await make.panel()
    card = await make.submitted(made, {"A1": 4, "B4": 3, "E3": None}, evidence="MARKER")
    mine = await (await as_(made.people[0])).get(f"/scorecards/{card}/a")
    assert "MARKER" in mine.text
    assert 'type="radio"' not in mine.text
    for row in (made.people[1], made.manager):
        assert (await (await as_(row)).get(f"/scorecards/{card}/a")).status_code == 404


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"level": "9"},
        {"level": "-1"},
        {"level": "3", "version": "x"},
        {"level": "3", "version": "99999999999999999999"},
        {"level": "3", "evidence": "x" * 9000},
        {"level": "3", "evidence": "a\x00b"},
        {"level": "\N{SUPERSCRIPT TWO}", "version": "\N{ARABIC-INDIC DIGIT FOUR}"},
    ],
)
async def test_nothing_that_is_sent_makes_an_error_of_ours(as_, db, sent):
    made = await make.panel()
    client, card = await as_(made.people[0]), await make.started(made)
    item, path, _text = await one_item(client, made, card)
    data = {f"{name}-{item}": value for name, value in sent.items()}
    for url in (f"/scorecards/{card}/ratings/{item}", path):
        assert (await client.post(url, data=data, headers=HTMX)).status_code < 500


async def test_the_chair_reopens_from_a_list_without_scores(as_, db):
    made = await make.panel()
    card = await make.submitted(made, {"A1": 4, "B4": 3, "E3": None}, scorer=1, evidence="MARKER")
    chair = await as_(made.people[0])
    url = f"/vacancies/{made.vacancy.id}/reopenings"
    assert "MARKER" not in (await chair.get(url)).text
    assert (await chair.post(f"{url}/{card}", data={})).status_code == 422
    assert (await chair.post(f"{url}/{card}", data={f"reason-{card}": "Mixed up."})).status_code == 303
    assert (await (await as_(made.manager)).get(url)).status_code == 404
