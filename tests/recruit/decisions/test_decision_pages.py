"""Decision, signature, report and letter on the page."""

import re

import make
import pytest

from competences.people.reach import Reach
from recruit.consensus.commands import accept_unanimous
from recruit.decisions.tables import Decision
from recruit.piccolo_conf import DB

OWN = Reach.OWN
STRONG = ({"A1": 4, "B4": 4, "E3": 4},) * 2
FAIR = ({"A1": 3, "B4": 3, "E3": 3},) * 2
UNMET = ({"A1": 2, "B4": 5, "E3": 5},) * 2
HTMX = {"HX-Request": "true"}


def addresses(made):
    base = f"/vacancies/{made.vacancy.id}"
    return f"{base}/decision", f"{base}/signature", f"{base}/applications/{made.applications[0].id}/letter"


def filled(made, place=0, version=0, **fields):
    key = made.applications[place].id
    names = {"outcome": "appoint", "reasons": "Clear and kind."} | fields
    return f"/vacancies/{made.vacancy.id}/decision/{key}", {
        f"{name}-{key}": value for name, value in names.items()
    } | {"version": str(version)}


async def agreed_all(*applicants):
    made = await make.opened(*applicants)
    await accept_unanimous(await make.actor(made.manager), OWN, made.vacancy.id)
    return made


async def test_before_the_reveal_there_is_nothing_to_decide_and_nothing_is_told(as_, db):
    made = await make.panel()
    await make.submitted(made, {"A1": 1, "B4": 5, "E3": 2}, 0, evidence="MARKER")
    client = await as_(made.manager)
    for address in (*addresses(made), f"/vacancies/{made.vacancy.id}/report"):
        answer = await client.get(address)
        assert answer.status_code == 409, address
        assert "MARKER" not in answer.text
    url, data = filled(made)
    assert (await client.post(url, data=data)).status_code == 409


async def test_members_and_strangers_find_no_decision(as_, db):
    made = await agreed_all(STRONG)
    url, data = filled(made)
    for row in (*made.people, await make.manager("Other Manager"), await make.person("Stranger")):
        client = await as_(row)
        for address in addresses(made):
            assert (await client.get(address)).status_code == 404
        assert (await client.post(url, data=data)).status_code == 404
        assert (await client.post(addresses(made)[1], data={"name": row.name})).status_code == 404
        assert (await client.post(addresses(made)[2], data={"text": "x"})).status_code == 404
    assert await Decision.count() == 0


async def test_the_whole_way_from_drafts_to_the_report_without_javascript(as_, db):
    made = await agreed_all(UNMET, FAIR)
    client, (decision, signature, letter) = await as_(made.manager), addresses(made)
    url, data = filled(made, 0)
    assert (await client.post(url, data=data)).headers[
        "location"
    ] == f"{decision}?page=1#a-{made.applications[0].id}"
    url, other = filled(made, 1, outcome="reserve", until="2027-01-31")
    assert (await client.post(url, data=other)).status_code == 303
    text = (await client.get(decision)).text
    assert "A gate is not met: Integrity." in text
    assert "Ilse Brandt: explain why you depart from gates or order." in text
    blocked = (await client.get(signature)).text
    assert "Before you can sign" in blocked
    assert 'name="name"' not in blocked
    assert (await client.post(signature, data={"name": "Mara Keller"})).status_code == 422
    url, data = filled(made, 0, version=1, departure="References were clear.")
    assert (await client.post(url, data=data)).status_code == 303
    confirm = (await client.get(signature)).text
    assert "First day of Ilse Brandt" in confirm
    wrong = await client.post(signature, data={"name": "Somebody"})
    assert wrong.status_code == 422
    assert 'href="#f-name"' in wrong.text
    far = {"name": "Mara Keller", f"starts-{made.applications[0].id}": "9999-12-31"}
    assert (await client.post(signature, data=far)).status_code == 422
    sent = await client.post(
        signature, data={"name": "Mara Keller", f"starts-{made.applications[0].id}": "2027-01-04"}
    )
    assert sent.headers["location"] == f"/vacancies/{made.vacancy.id}/report"
    for row in (made.manager, *made.people):
        report = (await (await as_(row)).get(sent.headers["location"])).text
        for words in (
            "Ilse Brandt</bdi>: appointed",
            "in reserve until 31 January 2027",
            "References were clear.",
            "Signed in the system by",
        ):
            assert words in report
    for address in (decision, letter):
        assert (await client.get(address)).status_code == 200
    assert (await client.get(signature)).status_code == 409
    assert (await client.post(url, data=data | {"version": "2"})).status_code in (303, 409)


async def test_saving_with_htmx_redraws_one_applicant_and_what_depends_on_it(as_, db):
    made = await agreed_all(STRONG, FAIR)
    client = await as_(made.manager)
    url, data = filled(made, 1)
    answer = await client.post(url, data=data, headers=HTMX, follow_redirects=True)
    one, two = (row.id for row in made.applications)
    assert answer.text.lstrip().startswith(f'<div class="panel" id="a-{two}"')
    assert f'id="a-{one}"' not in answer.text
    assert f'id="departs-{one}" data-typing hx-swap-oob="true"' in answer.text
    assert 'id="ready" hx-swap-oob="true"' in answer.text
    assert "Ilse Brandt has a higher agreed level and is not appointed." in answer.text
    assert "Saved" in answer.text


@pytest.mark.parametrize(
    ("fields", "name"),
    [({"outcome": "promote"}, "outcome"), ({"until": "soon"}, "until"), ({"reasons": "x" * 4001}, "reasons")],
)
async def test_what_cannot_be_read_is_asked_again_and_the_rest_kept(as_, db, fields, name):
    made = await agreed_all(STRONG, FAIR)
    url, data = filled(made, **{"departure": "KEPT"} | fields)
    for headers in ({}, HTMX):
        answer = await (await as_(made.manager)).post(url, data=data, headers=headers)
        assert answer.status_code == 422
        assert f'id="f-{name}-{made.applications[0].id}"' in answer.text
    assert await Decision.count() == 0


async def test_a_stale_draft_gets_both_texts(as_, db):
    made = await agreed_all(STRONG)
    await make.decided(made, 0, "decline", reasons="The first text.")
    client = await as_(made.manager)
    url, data = filled(made, reasons="The second text.")
    answer = await client.post(url, data=data)
    assert answer.status_code == 409
    assert "The first text." in answer.text
    assert ">The second text.</textarea>" in answer.text
    version = re.search(r'name="version" value="(\d+)"', answer.text).group(1)
    assert (await client.post(url, data=data | {"version": version})).status_code == 303


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999999999999", "\x00"])
async def test_strange_versions_break_nothing(as_, db, version):
    made = await agreed_all(STRONG)
    url, data = filled(made, reasons="a\x00b")
    assert (await (await as_(made.manager)).post(url, data=data | {"version": version})).status_code in (
        303,
        422,
    )


@pytest.mark.parametrize("number", ["x", "0", "99999999999999999999"])
async def test_addresses_of_nobody_are_not_found(as_, db, number):
    made = await agreed_all(STRONG)
    client = await as_(made.manager)
    for address in (
        f"/vacancies/{number}/decision",
        f"/vacancies/{number}/report",
        f"/vacancies/{number}/signature",
    ):
        assert (await client.get(address)).status_code == 404
    assert (await client.get(f"/vacancies/{made.vacancy.id}/applications/{number}/letter")).status_code == 404
    assert (await client.post(f"/vacancies/{made.vacancy.id}/decision/{number}", data={})).status_code == 404


async def test_a_letter_is_edited_and_a_stale_one_gets_both_texts(as_, db):
    made = await agreed_all(STRONG)
    client, address = await as_(made.manager), addresses(made)[2]
    assert (await client.get(address)).status_code == 409, "no outcome, no letter"
    await make.decided(made, 0, "decline")
    assert "Dear Ilse Brandt," in (await client.get(address)).text
    assert (await client.post(address, data={"text": " ", "version": "0"})).status_code == 422
    assert (await client.post(address, data={"text": "Dear Ilse.", "version": "0"})).status_code == 303
    stale = await client.post(address, data={"text": "Other tab.", "version": "0"})
    assert stale.status_code == 409
    assert "Dear Ilse." in stale.text
    assert ">Other tab.</textarea>" in stale.text
    assert (await client.post(address, data={"text": "x" * 20_001, "version": "1"})).status_code == 422


async def test_the_report_tells_what_changed_dissent_and_an_early_reveal(as_, db):
    made = await make.opened(
        ({"A1": 3, "B4": 2, "E3": 3}, {"A1": 3, "B4": 5, "E3": 3}, {}), early="Ruth fell ill."
    )
    boss = await make.actor(made.manager)
    await accept_unanimous(boss, OWN, made.vacancy.id)
    await make.agreed(made, "B4", 4, reason="Evidence in two answers.")
    from recruit.consensus.commands import dissent
    from recruit.decisions.commands import sign
    from recruit.decisions.forms import Signature

    at = (made.vacancy.id, made.applications[0].id, await make.criterion_id(made, "B4"))
    await dissent(await make.actor(made.people[0]), OWN, *at, "I heard one only.", "")
    await make.decided(made, 0, "decline")
    await sign(boss, OWN, made.vacancy.id, Signature("Mara Keller"))
    text = (await (await as_(made.people[1])).get(f"/vacancies/{made.vacancy.id}/report")).text
    for words in (
        "2, 5, –", "Evidence in two answers.", "I heard one only.", "Ruth fell ill.", "Ruth Okello</bdi> (1 scorecard)",
        "2 levels were agreed as all members had given them.", "version 1", "data-print",
    ):  # fmt: skip
        assert words in text


async def test_pages_take_at_most_eight_queries(as_, db):
    made = await agreed_all(STRONG, FAIR)
    await make.decided(made, 0, "appoint")
    await make.decided(made, 1, "decline")
    client, original, counted = await as_(made.manager), DB._run_in_pool, []

    async def counting(query, args=None):
        counted.append(query)
        return await original(query, args or [])

    DB._run_in_pool = counting
    try:
        for address in addresses(made):
            counted.clear()
            assert (await client.get(address)).status_code == 200
            assert 3 < len(counted) <= 8, (address, len(counted))
        await client.post(addresses(made)[1], data={"name": "Mara Keller"})
        counted.clear()
        assert (await client.get(f"/vacancies/{made.vacancy.id}/report")).status_code == 200
        assert 3 < len(counted) <= 8
    finally:
        del DB._run_in_pool
