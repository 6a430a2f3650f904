"""A round: somebody on a phone, their line manager on a laptop, the talk, and levels that both confirm."""

import re
from datetime import UTC, date, datetime

import make
import pytest
from playwright.sync_api import expect

from competences.people.reach import Reach
from competences.role_profiles.commands import assign_role
from competences.role_profiles.tables import ProfileCriterion, RoleProfile

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
OWN, MANAGER = (2, 3), (4, 3)


class House:
    """A line manager and somebody whose role asks for two competences."""


async def prepared() -> House:
    house, version = House(), await make.framework()
    house.manager = await make.manager("Mara Keller")
    house.person = await make.person("Yusuf Yılmaz", manager=house.manager.id)
    profile = RoleProfile(title="Short role of a test", version=version.id, purpose="")
    await profile.save()
    for code in ("A1", "E3"):
        await ProfileCriterion(
            profile=profile.id, competence=await make.competence_id(code), required_level=3,
            assessed_by=["interview"],
        ).save()  # fmt: skip
    who = await make.actor(house.manager)
    await assign_role(who, Reach.TEAM, house.person.id, profile.id, datetime.now(UTC).date())
    return house


async def without_role() -> None:
    """Role profiles outlive each test."""
    await RoleProfile.delete().where(RoleProfile.title == "Short role of a test")


@pytest.fixture
def house(do, emptied):
    do(emptied())
    yield do(prepared())
    do(emptied())
    do(without_role())


def open_a_round(manager) -> None:
    page = manager.goes("/rounds")
    page.get_by_role("link", name="New round").click()
    expect(page.get_by_role("radio", name="Everybody whom I lead")).to_be_checked()
    page.get_by_label("Title").fill("Autumn round")
    page.get_by_role("button", name="Open the round").click()
    expect(page.get_by_role("heading", name="Autumn round")).to_be_visible()


def assess(someone, levels: tuple[int, ...], *, autosaves: bool) -> None:
    page = someone.goes("/")
    page.get_by_role("button", name=re.compile("^Assess")).click()
    for level in levels:
        item = page.locator("[data-competence]").first
        expect(item.get_by_text("The role needs")).to_have_count(0)
        item.get_by_role("radio", name=re.compile(rf"^{level} ")).check(force=True)
        item.locator("textarea").fill(f"An example for level {level}.")
        if autosaves:
            expect(item.locator("[role=status]")).to_contain_text("Saved")
            expect(item.get_by_text("The role needs 3.")).to_be_visible()
        page.locator(".bar .btn--primary").click()
    page.get_by_role("button", name="Share", exact=True).click()
    expect(page.get_by_text("Shared on")).to_be_visible()


def talk(manager, *, autosaves: bool) -> None:
    page = manager.goes("/")
    page.get_by_role("link", name=re.compile("^Open talk sheet")).click()
    expect(page.get_by_role("heading", name="You see 1 competence differently")).to_be_visible()
    page.get_by_role("button", name="Take over 1 shared level").click()
    item = page.locator("[data-competence]").first
    expect(item).to_contain_text("2 levels apart")
    expect(item).to_contain_text("An example for level 2.")
    expect(item).to_contain_text("An example for level 4.")
    item.get_by_role("radio", name=re.compile("^3 ")).check(force=True)
    item.locator("textarea").fill("Keeps to it with most clients.")
    if autosaves:
        expect(item.locator("[role=status]")).to_contain_text("Saved")
    page.locator(".bar .btn--primary").click()
    expect(page.get_by_text("Say on which day you held the talk.")).to_be_visible()
    page.get_by_role("link", name="Back to the talk sheet").first.click()
    page.get_by_label("Held on").fill(str(date.today()))
    page.get_by_role("button", name="Save the day").click()
    page.locator("details", has_text="Add an action").locator("summary").click()
    page.get_by_label("Kind of step").select_option("coaching")
    page.get_by_label("What is to be done").fill("Talk three meetings through with Selin.")
    page.get_by_role("button", name="Add to the plan").click()
    expect(page.get_by_role("link", name="Talk three meetings through with Selin.")).to_be_visible()


def confirm(someone) -> None:
    page = someone.goes("/")
    page.get_by_role("link", name=re.compile("^(Open talk sheet|Read and confirm)")).click()
    if "/confirmation" not in page.url:
        page.locator(".bar .btn--primary").click()
    expect(page.get_by_text("Keeps to it with most clients.")).to_be_visible()
    page.get_by_role("button", name="Confirm", exact=True).click()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_round_from_opening_it_to_levels_that_both_confirm(house, at_browser, javascript):
    manager = at_browser(house.manager, java_script_enabled=javascript)
    person = at_browser(house.person, java_script_enabled=javascript)
    person.page.set_viewport_size(PHONE)
    open_a_round(manager)
    assess(person, OWN, autosaves=javascript)
    assess(manager, MANAGER, autosaves=javascript)
    talk(manager, autosaves=javascript)
    confirm(person)
    expect(person.page.get_by_text("You have confirmed.")).to_be_visible()
    confirm(manager)
    expect(manager.page.get_by_text("Both of you have confirmed.")).to_be_visible()
    page = person.goes(f"/people/{house.person.id}")
    expect(page.get_by_text("Agreed in a talk").first).to_be_visible()
    expect(page.get_by_text("Talk three meetings through with Selin.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert not manager.said + person.said
