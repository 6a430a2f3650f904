"""Pages of support for those who are named: how a plan begins, is kept, and ends."""

import re
from contextlib import suppress
from datetime import date, timedelta

import make
import pytest_asyncio
from make import support as plans

from competences.care.tables import Arrangement
from competences.support.tables import SupportPlan
from recruit.access import Role
from recruit.piccolo_conf import DB


class Undo(Exception):
    """What was written is not to stay."""


class House:
    """Daniel, Ruth his support lead, Lea another one, Cora a colleague, Per the privacy officer."""


@pytest_asyncio.fixture
async def house(db) -> House:
    made = House()
    made.daniel = await make.person("Daniel Rask")
    made.ruth = await make.person("Ruth Okello", Role.STAFF, Role.SUPPORT_LEAD)
    made.lea = await make.person("Lea Sommer", Role.STAFF, Role.SUPPORT_LEAD)
    made.cora = await make.person("Cora Colleague")
    made.per = await make.person("Per Privacy", Role.PRIVACY_OFFICER)
    return made


def edition(text: str) -> str:
    return re.search(r'name="edition" value="(\d+)"', text)[1]


async def test_every_page_of_a_plan_draws_for_each_of_the_named(house, as_):
    made = await plans.filled(house.ruth, house.daniel, house.cora)
    pages = ("", "/readings", "/team-view", "/consent", "/words", "/days", "/cases", "/lead", "/measures/new",
             f"/measures/{made.measures[0]}", "/needs/new", "/check-ins/new", "/readers/new")  # fmt: skip
    for person in (house.daniel, house.ruth, house.cora):
        client = await as_(person)
        for page in pages:
            answer = await client.get(f"/support-plans/{made.id}{page}")
            assert answer.status_code == 200, page


async def test_somebody_asks_for_support_and_the_plan_begins_in_their_words(house, as_):
    client = await as_(house.daniel)
    assert "I agree that a support plan is kept for me." in (await client.get("/support-plans/new")).text
    sent = {"words": "Fewer late calls.", "lead": house.ruth.id, "basis": "consent"}
    untold = await client.post("/support-plans", data=sent)
    assert untold.status_code == 422
    assert "Tick that you agree" in untold.text
    no_lead = await client.post("/support-plans", data={**sent, "agreed": "1", "lead": house.cora.id})
    assert no_lead.status_code == 422
    made = await client.post("/support-plans", data={**sent, "agreed": "1"}, follow_redirects=True)
    assert "Fewer late calls." in made.text
    assert "2 people can open this plan" in made.text
    again = await client.post("/support-plans", data={**sent, "agreed": "1"})
    assert again.status_code == 409
    assert "You have a support plan already." in again.text


async def test_a_proposal_waits_on_today_and_begins_or_vanishes_with_the_answer(house, as_):
    lead, worker = await as_(house.ruth), await as_(house.daniel)
    sent = {"for": "colleague", "person": house.daniel.id, "raised": "conversation", "basis": "consent"}
    assert (await lead.post("/support-plans", data=sent)).status_code == 422
    for answered in ("refusal", "agreement"):
        made = await lead.post("/support-plans", data={**sent, "why": "Evening calls."})
        address = made.headers["location"]
        assert "Answer a proposal of support" in (await worker.get("/")).text
        assert "Evening calls." in (await worker.get(address)).text
        assert (await lead.post(f"{address}/agreement", data={"words": "Mine."})).status_code == 409
        await worker.post(f"{address}/{answered}", data={"words": "Tell me early."})
        assert "Answer a proposal of support" not in (await worker.get("/")).text
        assert (await lead.get(address)).status_code == (404 if answered == "refusal" else 200)
    assert "Tell me early." in (await lead.get(address)).text


async def test_what_the_team_is_told_is_told_in_the_very_words_that_the_worker_agreed_to(house, as_):
    made = await plans.filled(house.ruth, house.daniel, house.cora)
    lead, worker = await as_(house.ruth), await as_(house.daniel)
    here = f"/support-plans/{made.id}"
    address, words = f"{here}/measures/{made.measures[0]}/team-words", "Is asked before a case is given."
    await lead.post(address, data={"words": words, "edition": 1})
    assert words not in (await worker.get(f"{here}/team-view")).text
    assert "Say whether your team may be told" in (await worker.get("/")).text
    page = (await worker.get(f"{here}/measures/{made.measures[0]}")).text
    other = {"words": "Other words.", "answer": "yes", "edition": edition(page)}
    assert (await worker.post(address, data=other)).status_code == 409
    await worker.post(address, data={**other, "words": words})
    told = (await worker.get(f"{here}/team-view")).text
    assert words in told
    assert plans.MARKER not in told.replace("Daniel Rask", "")
    await worker.post(f"{here}/withdrawal")
    assert words not in (await worker.get(f"{here}/team-view")).text


async def test_two_who_change_the_same_days_do_not_overwrite_each_other_unseen(house, as_):
    made = await plans.filled(house.ruth, house.daniel, house.cora)
    lead, worker = await as_(house.ruth), await as_(house.daniel)
    address, later = f"/support-plans/{made.id}/days", str(date.today() + timedelta(days=9))
    sent = {"review_on": later, "check_in_on": later, "edition": edition((await lead.get(address)).text)}
    assert (await worker.post(address, data={**sent, "signs": "Goes quiet."})).status_code == 303
    stale = await lead.post(address, data={**sent, "signs": "Something else."})
    assert stale.status_code == 409
    assert "Something else." in stale.text


async def test_a_reader_of_a_plan_changes_nothing_but_may_record_a_talk(house, as_):
    made = await plans.filled(house.ruth, house.daniel, house.cora)
    client, later = await as_(house.cora), str(date.today() + timedelta(days=9))
    here = f"/support-plans/{made.id}"
    sent = plans.filled_in(house.lea, house.per) | {"until_on": later}
    for page in ("/words", "/days", "/cases", "/lead", "/measures", "/readers", "/withdrawal", "/closing"):
        assert (await client.post(f"{here}{page}", data=sent)).status_code in (409, 422), page
    talk = {"kind": "check-in", "held_on": str(date.today()), "note": "Went well."}
    assert (await client.post(f"{here}/check-ins", data=talk)).status_code == 303


async def test_the_worker_sees_who_opened_the_plan(house, as_):
    made = await plans.filled(house.ruth, house.daniel, house.cora)
    await (await as_(house.cora)).get(f"/support-plans/{made.id}")
    page = (await (await as_(house.daniel)).get(f"/support-plans/{made.id}/readings")).text
    assert re.search(r"Cora Colleague</bdi></h2><p class=\"small\">opened this plan", page)


async def test_emergency_access_opens_for_a_day_and_both_are_told_at_once(house, as_):
    made = await plans.filled(house.ruth, house.daniel, house.cora)
    client = await as_(house.lea)
    assert (await client.get(f"/support-plans/{made.id}")).status_code == 404
    assert (await client.post("/emergency-access", data={"person": house.daniel.id})).status_code == 422
    sent = {"person": house.daniel.id, "reason": "He did not come home."}
    assert (await client.post("/emergency-access", data=sent, follow_redirects=True)).status_code == 200
    assert (await client.get(f"/support-plans/{made.id}")).status_code == 200
    for person in (house.daniel, house.per):
        told = await as_(person)
        assert "Emergency access was used" in (await told.get("/")).text
        page = (await told.get("/notices")).text
        assert "Lea Sommer" in page
        assert "He did not come home." not in page
        number = re.search(r"/notices/(\d+)", page)[1]
        await told.post(f"/notices/{number}")
        assert "Emergency access was used" not in (await told.get("/")).text
    assert "He did not come home." in (await (await as_(house.daniel)).get(f"/support-plans/{made.id}")).text
    nothing = await client.post("/emergency-access", data={**sent, "person": house.cora.id})
    assert "Nothing to open" in nothing.text


async def test_a_suggestion_says_why_and_is_answered(house, as_):
    made = await plans.filled(house.ruth, house.daniel, house.cora)
    worker, here = await as_(house.daniel), f"/support-plans/{made.id}"
    page = (await worker.get(here)).text
    assert "They said that B-2026/7431 is close to their own past." in page
    sent = {"rule": "case-mirrors", "rests_on": "B-2026/7431", "choice": "dismissed"}
    assert (await worker.post(f"{here}/suggestions", data=sent)).status_code == 422
    await worker.post(f"{here}/suggestions", data={**sent, "reason": "Paul takes it."})
    page = (await worker.get(here)).text
    assert "Paul takes it." in page
    assert "They said that B-2026/7431" not in page
    number = re.search(rf"{here}/suggestions/(\d+)", page)[1]
    await worker.post(f"{here}/suggestions/{number}", data={"answer": "Good.", "edition": 1})
    assert "Good." in (await (await as_(house.ruth)).get(here)).text


async def test_the_catalogue_is_read_by_all_and_written_by_support_leads(house, as_):
    reader, writer = await as_(house.cora), await as_(house.ruth)
    assert (await reader.get("/support/needs")).text.count('class="version"') == 14
    assert (await reader.get("/support/needs/new")).status_code == 404
    text = {"code": "Y1", "title": "Quiet", "question": "Where do you work best?", "why": "Noise tires.",
            "measures": "A room\nHeadphones", "review_months": "6", "source": "Our own experience."}  # fmt: skip
    assert (await writer.post("/support/needs", data={**text, "code": "F15"})).status_code == 422
    made = await writer.post("/support/needs", data=text)
    draft = made.headers["location"]
    assert "Quiet" not in (await reader.get("/support/needs")).text
    stamp = re.search(r'name="stamp" value="([^"]+)"', (await writer.get(draft)).text)[1]
    await writer.post(draft, data={**text, "title": "A quiet place", "stamp": stamp, "how": "publish"})
    listed = (await reader.get("/support/needs")).text
    assert "A quiet place" in listed
    number = re.search(r"/support/needs/(\d+)\"><span class=\"muted\">Y1", listed)[1]
    await plans.without_need(int(number))


async def test_anybody_may_have_an_arrangement_so_that_it_tells_of_no_plan(house, as_):
    client, other = await as_(house.cora), await as_(house.lea)
    assert (await client.post("/arrangements", data={"words": ""})).status_code == 422
    told = await client.post("/arrangements", data={"words": "By phone on Thursdays."}, follow_redirects=True)
    number = re.search(r"/arrangements/(\d+)/ending", told.text)[1]
    assert "By phone on Thursdays." not in (await other.get("/arrangements")).text
    assert (await other.post(f"/arrangements/{number}/ending")).status_code == 404
    await client.post(f"/arrangements/{number}/ending")
    assert "By phone on Thursdays." not in (await client.get("/arrangements")).text


async def test_the_log_tells_an_arrangement_of_a_plan_the_same_as_one_set_by_hand(house, as_):
    made = await plans.filled(house.ruth, house.daniel, house.cora)
    here, words = f"/support-plans/{made.id}/measures/{made.measures[0]}", "Is asked before a case is given."
    lead, worker, officer = await as_(house.ruth), await as_(house.daniel), await as_(house.per)

    async def logged(take_back):
        number = (await Arrangement.objects().first()).id
        await take_back(number)
        assert await Arrangement.count() == 0
        return re.sub(r"\d+|nonce=\S+|value=\S+", "", (await officer.get("/audit")).text)

    async def by_the_lead(_number):
        await lead.post(f"{here}/ending", data={"edition": 3})

    async def by_hand(number):
        await worker.post(f"/arrangements/{number}/ending")

    told = []
    for take_back in (by_the_lead, by_hand):
        with suppress(Undo):
            async with DB.transaction():
                if take_back is by_the_lead:
                    await lead.post(f"{here}/team-words", data={"words": words, "edition": 1})
                    await worker.post(
                        f"{here}/team-words", data={"words": words, "answer": "yes", "edition": 2}
                    )
                else:
                    await worker.post("/arrangements", data={"words": words})
                told.append(await logged(take_back))
                raise Undo
    assert told[0].count("Daniel Rask") > 0
    assert told[0] == told[1]


async def test_today_says_what_is_due_and_never_whose_plan_it_is(house, as_, queries_of):
    await plans.filled(house.ruth, house.daniel, house.cora)
    client = await as_(house.ruth)
    page = (await client.get("/")).text
    assert "Hold a check-in" in page
    assert "Daniel" not in page
    assert await queries_of(client, "/") <= 8


async def test_a_closed_plan_opens_to_the_worker_alone_and_says_when_it_is_deleted(house, as_):
    made = await plans.filled(house.ruth, house.daniel, house.cora)
    here, worker, lead = f"/support-plans/{made.id}", await as_(house.daniel), await as_(house.ruth)
    assert (await lead.post(f"{here}/withdrawal")).status_code == 409
    assert (await lead.post(f"{here}/closing", data={"ended": "withdrawn"})).status_code == 422
    assert (await lead.post(f"{here}/closing", data={"ended": "agreed"})).status_code == 409
    assert "/closing" not in (await lead.get(f"{here}/consent")).text
    assert "/closing" in (await worker.get(f"{here}/consent")).text
    assert (await worker.post(f"{here}/closing", data={"ended": "agreed"})).headers["location"] == "/support"
    assert (await lead.get(here)).status_code == 404
    page = (await worker.get(here)).text
    assert "This plan is closed. Only you can open it." in page
    assert "is deleted for good and its key destroyed" in page
    assert "/measures/new" not in page
    sent = plans.filled_in(house.lea, house.per)
    for address in (
        "words",
        "days",
        "cases",
        "lead",
        "measures",
        "needs",
        "check-ins",
        "readers",
        "suggestions",
    ):
        assert (await worker.post(f"{here}/{address}", data=sent)).status_code in (409, 422), address


async def test_a_plan_that_does_not_open_can_be_withdrawn_from(house, as_):
    made = await plans.filled(house.ruth, house.daniel, house.cora)
    await SupportPlan.update({SupportPlan.body: b"x"}).where(SupportPlan.id == made.id)
    here, worker, lead = f"/support-plans/{made.id}", await as_(house.daniel), await as_(house.ruth)
    assert f'href="{here}/consent"' in (await worker.get("/support")).text
    assert f'action="{here}/withdrawal"' in (await worker.get(f"{here}/consent")).text
    assert "/withdrawal" not in (await lead.get(f"{here}/consent")).text
    assert (await worker.post(f"{here}/withdrawal")).headers["location"] == "/support"
    assert "Closed" in (await worker.get("/support")).text
    assert (await lead.get(here)).status_code == 404


async def test_a_legal_hold_keeps_a_declined_proposal_and_is_set_for_who_left_too(house, as_):
    officer, worker = await as_(house.per), await as_(house.daniel)
    left = await make.person("Tom Gone", ended_on=date.today() - timedelta(days=9))
    assert "Tom Gone" in (await officer.get("/legal-holds")).text
    number = await plans.proposed(house.ruth, house.daniel)
    later = str(date.today() + timedelta(days=400))
    for row in (left, house.daniel):
        held = await officer.post("/legal-holds", data={"person": row.id, "until": later})
        assert held.status_code == 303
    assert "nothing of it is kept" not in (await worker.get(f"/support-plans/{number}")).text
    await worker.post(f"/support-plans/{number}/refusal")
    kept = (await worker.get(f"/support-plans/{number}")).text
    assert ("because of a legal hold" in kept, "/agreement" in kept) == (True, False)


async def test_a_legal_hold_keeps_a_closed_plan_and_says_nothing_of_it(house, as_):
    made = await plans.filled(house.ruth, house.daniel, house.cora)
    worker, officer = await as_(house.daniel), await as_(house.per)
    await worker.post(f"/support-plans/{made.id}/withdrawal")
    later = date.today() + timedelta(days=400)
    assert (await officer.post("/legal-holds", data={"until": str(later)})).status_code == 422
    answers = [
        await officer.post(
            "/legal-holds", data={"person": row.id, "until": str(later)}, follow_redirects=True
        )
        for row in (house.daniel, house.cora)
    ]
    assert answers[0].text == answers[1].text
    assert "because of a legal hold" in (await worker.get(f"/support-plans/{made.id}")).text
    assert await plans.deleted(later - timedelta(days=1)) == 0
    await officer.post("/legal-holds", data={"person": house.daniel.id})
    assert await plans.deleted(later - timedelta(days=1)) == 1
