"""One support plan, and what six people see of it: the worker, the support lead, and four who see nothing."""

import re
from datetime import UTC, date, datetime, timedelta

import make
import pytest
from playwright.sync_api import expect

from competences.support.queries.plans import own_places
from recruit.access import Role

pytestmark = pytest.mark.browser

WORDS = "Tell me early when a case touches my old town."
TOLD = "Is asked before a case in the north is given."


class House:
    """Daniel and Ruth; Mara, who leads Daniel; Selin on a panel; an administrator and a privacy officer."""


async def prepared() -> House:
    house = House()
    made = await make.panel(codes=("A1",))
    house.mara, house.selin = made.manager, made.people[0]
    house.daniel = await make.person("Daniel Rask", manager=house.mara.id)
    house.ruth = await make.person("Ruth Okello", Role.STAFF, Role.SUPPORT_LEAD)
    house.ada = await make.person("Ada Admin", Role.ADMINISTRATOR)
    house.per = await make.person("Per Privacy", Role.PRIVACY_OFFICER)
    return house


@pytest.fixture
def house(do, emptied):
    do(emptied())
    return do(prepared())


def ask(worker) -> str:
    """Ask for support; return the address of the plan."""
    page = worker.goes("/support")
    page.get_by_role("link", name="Ask for support").click()
    expect(page.get_by_text("I agree that a support plan is kept for me.")).to_be_visible()
    page.get_by_label("What would help, in your words").fill(WORDS)
    page.get_by_label("With whom you want to keep the plan").select_option("Ruth Okello")
    page.get_by_label("I have read the text").check()
    page.get_by_role("button", name="Begin the plan").click()
    expect(page.get_by_role("heading", name="Your support plan")).to_be_visible()
    expect(page.get_by_text(WORDS)).to_be_visible()
    return re.search(r"/support-plans/\d+", page.url)[0]


def agree_on_support(lead, address: str) -> None:
    page = lead.goes("/support")
    page.get_by_role("link", name="Daniel Rask").click()
    expect(page.get_by_text("2 people can open this plan: Daniel Rask and Ruth Okello.")).to_be_visible()
    expect(page.get_by_role("link", name="Change your words")).to_have_count(0)
    page.get_by_role("link", name="Add support").first.click()
    page.get_by_label("What it is", exact=True).select_option("Being asked first about certain cases")
    page.get_by_label("In a few words").fill("Asked first about the north")
    page.get_by_label("It is in place already").check()
    page.get_by_role("button", name="Add to the plan").click()
    expect(page.get_by_text("In place")).to_be_visible()
    page.get_by_role("link", name="Asked first about the north").click()
    page.get_by_label("Words for the team").fill(TOLD)
    page.get_by_role("button", name="Ask the person").click()
    expect(page.get_by_text("until the person agrees to what the team is told")).to_be_visible()


def record_a_talk(lead, address: str) -> None:
    page = lead.goes(address)
    page.get_by_role("link", name="Record a check-in").click()
    page.get_by_label("What you keep of it").fill("Good week. One evening call less.")
    page.get_by_label("Next check-in").fill(str(date.today() + timedelta(days=9)))
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("Good week. One evening call less.")).to_be_visible()


def answer(worker, address: str) -> None:
    page = worker.goes("/")
    expect(page.get_by_role("heading", name="Say whether your team may be told")).to_be_visible()
    page.goto(worker.base + address)
    page.get_by_role("button", name="I agree to these words").click()
    expect(page.get_by_text("The team sees the arrangement, not the reason")).to_be_visible()
    page.get_by_role("link", name="See what the team sees").click()
    expect(page.get_by_text(TOLD)).to_be_visible()
    expect(page.get_by_text(WORDS)).to_have_count(0)
    page.goto(worker.base + address)
    page.get_by_role("link", name="Who opened it").click()
    expect(page.get_by_role("listitem").filter(has_text="Ruth Okello").first).to_be_visible()


def sees_nothing(someone, house, address: str) -> None:
    for path in (address, f"{address}/readings", f"{address}/team-view"):
        page = someone.goes(path)
        expect(page.get_by_role("heading", name="You cannot open this page")).to_be_visible()
    for path in ("/", "/support", "/people", f"/people/{house.daniel.id}", "/audit"):
        text = someone.goes(path).content()
        for word in (WORDS, "Asked first about the north", "Good week.", "/support-plans/" + address[-1]):
            assert word not in text, f"{path} tells {word!r}"
        assert not re.search(r"[Ss]upport plan(?!s)", text), path


def end(worker, lead, address: str) -> None:
    page = worker.goes(f"{address}/consent")
    page.get_by_role("button", name="Withdraw and close the plan").click()
    expect(page.get_by_text("Closed")).to_be_visible()
    page.get_by_role("link", name="Your own plan").click()
    expect(page.get_by_text("This plan is closed. Only you can open it.")).to_be_visible()
    expect(lead.goes(address).get_by_role("heading", name="You cannot open this page")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_what_each_sees_of_one_plan(house, at_browser, do, javascript):
    worker = at_browser(house.daniel, java_script_enabled=javascript)
    lead = at_browser(house.ruth, java_script_enabled=javascript)
    address = ask(worker)
    agree_on_support(lead, address)
    record_a_talk(lead, address)
    answer(worker, address)
    for person in (house.mara, house.selin, house.ada, house.per):
        assert do(own_places(do(make.actor(person)), datetime.now(UTC))) == []
        sees_nothing(at_browser(person, java_script_enabled=javascript), house, address)
    end(worker, lead, address)
    assert not [text for text in worker.said + lead.said if "404" not in text]
