"""The meeting on the page, with and without JavaScript."""

import re

import make
import pytest

from competences.people.reach import Reach
from recruit.consensus.tables import AgreedLevel, Dissent
from recruit.piccolo_conf import DB

APART = ({"A1": 2, "B4": 4, "E3": 4}, {"A1": 4, "B4": 4, "E3": 3})
HTMX = {"HX-Request": "true"}


async def place(made, code="A1"):
    application, criterion = made.applications[0].id, await make.criterion_id(made, code)
    return (
        f"/vacancies/{made.vacancy.id}/consensus",
        f"{application}/{criterion}",
        f"{application}-{criterion}",
    )


async def test_before_the_reveal_the_meeting_does_not_open_and_tells_nothing(as_, db):
    made = await make.panel()
    await make.submitted(made, {"A1": 1, "B4": 5, "E3": 2}, 0, evidence="MARKER")
    base, item, _key = await place(made)
    for row in (*made.people, made.manager):
        client = await as_(row)
        for address in (base, f"{base}/{item}", f"{base}/events"):
            answer = await client.get(address)
            assert answer.status_code == 409
            assert "MARKER" not in answer.text
        assert (await client.post(f"{base}/{item}", data={"keep": "1"})).status_code in (409, 422)
        assert (await client.post(f"{base}/unanimous")).status_code == 409


async def test_strangers_find_no_meeting(as_, db):
    made = await make.opened(APART)
    late = await make.person("Late")
    await make.member(made.vacancy, late, declared=False)
    base, item, key = await place(made)
    for row in (late, await make.person("Stranger"), await make.manager("Other Manager")):
        client = await as_(row)
        for address in (base, f"{base}/{item}", f"{base}/events"):
            assert (await client.get(address)).status_code == 404
        data = {f"level-{key}": "3", f"reason-{key}": "x", "version": "0"}
        assert (await client.post(f"{base}/{item}", data=data)).status_code == 404
        assert (await client.post(f"{base}/{item}/dissent", data={f"dissent-{key}": "x"})).status_code == 404
        assert (await client.post(f"{base}/unanimous")).status_code == 404
    assert await AgreedLevel.count() == 0


async def test_differences_come_first_and_progress_is_in_words(as_, db):
    made = await make.opened(APART)
    text = (await (await as_(made.people[0])).get((await place(made))[0])).text
    assert (
        text.index("Integrity · ")
        < text.index("De-escalation and limits · ")
        < text.index("Professional distance · ")
    )
    assert "0 of 1 differences agreed, 0 of 3 in all" in text
    await make.agreed(made, "A1", 3)
    assert (
        "1 of 1 differences agreed, 1 of 3 in all"
        in (await (await as_(made.people[0])).get((await place(made))[0])).text
    )


async def test_agreeing_without_javascript_leads_back_to_the_item(as_, db):
    made = await make.opened(APART)
    base, item, key = await place(made)
    client = await as_(made.people[0])
    data = {
        f"level-{key}": "3",
        f"reason-{key}": "Seen twice.",
        "version": "0",
        "show": "differences",
        "page": "1",
    }
    answer = await client.post(f"{base}/{item}", data=data)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{base}?show=differences&applicant=0&page=1#i-{key}"
    text = (await client.get(answer.headers["location"])).text
    assert "Agreed: 3 Capable" in text
    assert "Seen twice." in text


async def test_agreeing_with_htmx_swaps_the_item_its_state_and_the_progress(as_, db):
    made = await make.opened(APART)
    base, item, key = await place(made)
    client = await as_(made.people[0])
    data = {"keep": "1", f"reason-{key}": "Two sides.", "version": "0"}
    answer = await client.post(f"{base}/{item}", data=data, headers=HTMX, follow_redirects=True)
    assert answer.text.lstrip().startswith(f'<div class="stack-s" id="agree-{key}"')
    assert f'id="state-{key}" hx-swap-oob="true"' in answer.text
    assert 'id="progress" role="status" hx-swap-oob="true"' in answer.text
    assert "All levels kept" in answer.text


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"reason": "x"}, "level"),
        ({"level": "3"}, "reason"),
        ({"level": "6", "reason": "x"}, "level"),
        ({"level": "no", "reason": "x"}, "level"),
        ({"level": "3", "reason": "x" * 601}, "reason"),
        ({"keep": "1"}, "reason"),
    ],
)
async def test_what_is_not_whole_is_asked_again_and_kept(as_, db, sent, field):
    made = await make.opened(APART)
    base, item, key = await place(made)
    data = {name if name == "keep" else f"{name}-{key}": value for name, value in sent.items()}
    answer = await (await as_(made.people[0])).post(f"{base}/{item}", data={**data, "version": "0"})
    assert answer.status_code == 422
    assert f'href="#f-{field}-{key}"' in answer.text
    assert f'id="f-{field}-{key}"' in answer.text
    if field == "level" and sent.get("reason"):
        assert ">x</textarea>" in answer.text
    assert await AgreedLevel.count() == 0


@pytest.mark.parametrize("version", ["", "-1", "x", "99999999999999999999", "1e9", "\x00"])
async def test_strange_versions_never_break_anything(as_, db, version):
    made = await make.opened(APART)
    base, item, key = await place(made)
    data = {f"level-{key}": "3", f"reason-{key}": "a\x00b", "version": version}
    answer = await (await as_(made.people[0])).post(f"{base}/{item}", data=data)
    assert answer.status_code in (303, 422)


async def test_a_stale_form_gets_both_texts_and_may_then_replace(as_, db):
    made = await make.opened(APART)
    base, item, key = await place(made)
    await make.agreed(made, "A1", 3, reason="The first text.")
    client = await as_(made.people[0])
    data = {f"level-{key}": "5", f"reason-{key}": "The second text.", "version": "0"}
    for headers in ({}, HTMX):
        answer = await client.post(f"{base}/{item}", data=data, headers=headers)
        assert answer.status_code == 409
        assert "The first text." in answer.text
        assert ">The second text.</textarea>" in answer.text
        assert re.search(r'value="5" [^>]*checked', answer.text)
    version = re.search(r'name="version" value="(\d+)"', answer.text).group(1)
    assert (await client.post(f"{base}/{item}", data={**data, "version": version})).status_code == 303
    assert (await AgreedLevel.select(AgreedLevel.reason).first())["reason"] == "The second text."


async def test_a_form_that_was_wrong_keeps_the_version_that_was_seen(as_, db):
    made = await make.opened(APART)
    base, item, key = await place(made)
    await make.agreed(made, "A1", 3, reason="The first text.")
    answer = await (await as_(made.people[0])).post(
        f"{base}/{item}", data={f"level-{key}": "5", "version": "0"}
    )
    assert answer.status_code == 422
    assert 'name="version" value="0"' in answer.text


async def test_changing_shows_the_form_with_what_stands(as_, db):
    made = await make.opened(APART)
    base, item, _key = await place(made)
    await make.agreed(made, "A1", 3, reason="The first text.")
    client = await as_(made.manager)
    assert "<textarea" not in (await client.get(f"{base}/{item}")).text
    form = (await client.get(f"{base}/{item}?change=1")).text
    assert ">The first text.</textarea>" in form
    assert 'name="version" value="1"' in form


async def test_a_different_view_is_written_on_the_page(as_, db):
    made = await make.opened(APART)
    base, item, key = await place(made)
    await make.agreed(made, "A1", 3)
    client = await as_(made.people[1])
    assert "I see it differently" in (await client.get(f"{base}/{item}")).text
    assert "I see it differently" not in (await (await as_(made.manager)).get(f"{base}/{item}")).text
    empty = await client.post(f"{base}/{item}/dissent", data={f"dissent-{key}": " "})
    assert empty.status_code == 422
    data = {f"dissent-{key}": "I would keep <4>."}
    assert (await client.post(f"{base}/{item}/dissent", data=data)).status_code == 303
    text = (await (await as_(made.manager)).get(base)).text
    assert "Paul Novak</bdi> sees it differently:" in text
    assert "I would keep &lt;4&gt;." in text
    other_tab = await client.post(f"{base}/{item}/dissent", data={f"dissent-{key}": "Third.", "was": ""})
    assert other_tab.status_code == 409
    assert ">Third.</textarea>" in other_tab.text
    assert "I would keep &lt;4&gt;." in other_tab.text
    assert await Dissent.count() == 1


async def test_accepting_what_all_gave(as_, db):
    made = await make.opened(APART)
    base, _item, _key = await place(made)
    client = await as_(made.people[0])
    assert "Accept the level where all gave the same (1)" in (await client.get(base)).text
    assert (await client.post(f"{base}/unanimous")).status_code == 303
    assert "Accept the level" not in (await client.get(base)).text


async def test_the_live_part_holds_states_and_no_evidence(as_, db):
    made = await make.opened(APART)
    base, _item, key = await place(made)
    answer = await (await as_(made.people[0])).get(base, headers=HTMX)
    assert answer.text.count('hx-swap-oob="true"') == 1 + 2 * 3
    assert f'id="agree-{key}" data-typing hx-swap-oob="true"' in answer.text
    assert "Said something" not in answer.text
    assert "<!doctype" not in answer.text


async def test_after_the_signature_the_meeting_is_read_only(as_, db):
    made = await make.opened(APART)
    base, item, key = await place(made)
    await make.agreed(made, "A1", 3)
    async with DB.pool.acquire() as connection:
        await connection.execute(
            "UPDATE vacancy SET signed_at = now(), signed_by = 'Mara', state = 'decided'"
        )
    client = await as_(made.people[0])
    text = (await client.get(base)).text
    assert "<textarea" not in text
    assert "data-events" not in text
    assert "Nothing was agreed here before the decision was signed." in text
    data = {f"level-{key}": "5", f"reason-{key}": "x", "version": "1"}
    assert (await client.post(f"{base}/{item}", data=data)).status_code == 409


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=99999999999",
        "page=x",
        "show=zz",
        "applicant=x",
        "applicant=99999999999999",
        "applicant=-1",
    ],
)
async def test_strange_filters_show_a_page(as_, db, query):
    made = await make.opened(APART)
    assert (await (await as_(made.people[0])).get(f"{(await place(made))[0]}?{query}")).status_code == 200


async def test_long_meetings_are_paged_with_the_same_number_of_queries(as_, db):
    made = await make.panel(2, 3, codes=("A1", "A2", "A3", "B1", "B2", "B3", "E1", "E2", "E3"))
    for scorer in range(2):
        for applicant in range(3):
            codes = ("A1", "A2", "A3", "B1", "B2", "B3", "E1", "E2", "E3")
            await make.submitted(made, dict.fromkeys(codes, 3), scorer, applicant)
    from recruit.scorecards.commands import reveal_scores

    await reveal_scores(await make.actor(made.manager), Reach.OWN, made.vacancy.id)
    client = await as_(made.manager)
    counted, original = [], DB._run_in_pool

    async def counting(query, args=None):
        counted.append(query)
        return await original(query, args or [])

    DB._run_in_pool = counting
    try:
        text = (await client.get(f"/vacancies/{made.vacancy.id}/consensus")).text
    finally:
        del DB._run_in_pool
    assert text.count('class="voices"') == 20
    assert "Page 1 of 2" in text
    assert 3 < len(counted) <= 8
    one = (
        await client.get(f"/vacancies/{made.vacancy.id}/consensus?applicant={made.applications[1].id}")
    ).text
    assert one.count('class="voices"') == 9
