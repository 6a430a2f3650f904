"""Practice as a member meets it, with and without htmx."""

import re

import make

from recruit.practice.rules.cases import vignette

WHOLE = {
    "level-A2": "4", "level-B4": "1", "note-B4": "Gave her own number.", "level-C3": "0",
    "level-D3": "4", "level-E3": "3", "level-E6": "2", "note-E6": "Days later, from memory.",
}  # fmt: skip


async def test_a_member_reads_scores_and_then_sees_how_they_differ(as_, db):
    made = await make.panel()
    await make.practised(made, 1, A2=2)
    client = await as_(made.people[0])
    url = f"/vacancies/{made.vacancy.id}/practice"
    assert f'href="{url}"' in (await client.get(f"/vacancies/{made.vacancy.id}/panel")).text
    assert f'href="{url}/windle"' in (await client.get(url)).text
    case = await client.get(f"{url}/windle")
    assert case.text.count("<fieldset") == 6
    reasons = [entry.reason[-40:] for entry in vignette("windle").expected.values()]
    hidden = [*reasons, "Paul Novak heard"]
    assert not any(words in case.text for words in hidden)
    sent = await client.post(f"{url}/windle", data={**WHOLE, "version": "0", "go": "submit"})
    assert sent.status_code == 303
    opened = (await client.get(sent.headers["location"])).text
    assert all(words in opened for words in hidden)
    assert "for 5 it is the same" in opened
    assert opened.index('id="h-A2"') < opened.index('id="h-B4"')
    assert "<form" not in opened.split("<main")[1]


async def test_a_draft_is_kept_and_can_be_taken_up_again(as_, db):
    made = await make.panel()
    client = await as_(made.people[0])
    url = f"/vacancies/{made.vacancy.id}/practice/windle"
    kept = await client.post(
        url, data={"version": "0", "level-A2": "4", "note-A2": "Went back.", "go": "save"}
    )
    assert kept.status_code == 303
    again = (await client.get(url)).text
    assert "Went back." in again
    assert re.search(r'name="level-A2" value="4" checked', again)
    assert "Continue" in (await client.get(f"/vacancies/{made.vacancy.id}/practice")).text


async def test_what_is_missing_is_said_and_what_was_typed_is_saved(as_, db):
    made = await make.panel()
    client = await as_(made.people[0])
    url = f"/vacancies/{made.vacancy.id}/practice/windle"
    answer = await client.post(url, data={"version": "0", "level-A2": "1", "go": "submit"})
    assert answer.status_code == 422
    assert 'href="#f-note-A2"' in answer.text
    assert 'href="#f-level-B4"' in answer.text
    assert 'name="version" value="1"' in answer.text
    assert (await client.get(url)).text.count(" checked") == 1


async def test_a_level_off_the_scale_is_refused_and_saves_nothing(as_, db):
    made = await make.panel()
    await make.practised(made, submit=False)
    client = await as_(made.people[0])
    url = f"/vacancies/{made.vacancy.id}/practice/windle"
    answer = await client.post(url, data={"version": "0", "level-A2": "6", "go": "save"})
    assert answer.status_code == 422
    assert 'name="version" value="0"' in answer.text, "it must not pass for having seen what was saved since"
    assert len(re.findall(r'name="level-\w+" value="3" checked', (await client.get(url)).text)) == 6


async def test_a_second_tab_is_asked_which_to_keep(as_, db):
    made = await make.panel()
    client = await as_(made.people[0])
    url = f"/vacancies/{made.vacancy.id}/practice/windle"
    await client.post(url, data={"version": "0", "level-A2": "2", "note-A2": "First tab.", "go": "save"})
    late = await client.post(
        url, data={"version": "0", "level-A2": "4", "note-A2": "Second tab.", "go": "save"}
    )
    assert late.status_code == 409
    assert "First tab." in late.text
    assert "Second tab." in late.text
    assert 'name="version" value="1"' in late.text


async def test_the_list_of_who_has_practised_is_redrawn_by_itself(as_, db):
    made = await make.panel()
    await make.practised(made)
    client = await as_(made.manager)
    url = f"/vacancies/{made.vacancy.id}/practice"
    whole, part = await client.get(url), await client.get(url, headers={"HX-Request": "true"})
    assert whole.text.startswith("<!doctype")
    assert part.text.lstrip().startswith('<div class="panel" id="practised"')
    assert part.text.count("dot--done") == 1
    assert "Read and score" not in whole.text
    assert (await client.get(f"{url}/windle")).status_code == 404


async def test_a_case_takes_few_queries_however_many_practise(as_, queries_of, db):
    made = await make.panel(3)
    for scorer in range(3):
        await make.practised(made, scorer)
    client = await as_(made.people[0])
    assert await queries_of(client, f"/vacancies/{made.vacancy.id}/practice/windle") <= 11
