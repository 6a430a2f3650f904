"""The whole job with four people at once: from an open vacancy to a signed decision."""

import re

import make
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

CODES = ("A1", "B4", "E3")
NAMES = ("Ilse Brandt", "Noor Haddad")


class House:
    """A vacancy with a manager, three members who have not declared, two applicants."""


async def prepared() -> House:
    house = House()
    house.manager = await make.manager("Mara Keller")
    house.vacancy = await make.vacancy(house.manager, codes=CODES)
    house.members = [await make.person(name) for name in ("Selin Aydın", "Paul Novak", "Ruth Okello")]
    for place, person in enumerate(house.members):
        await make.member(house.vacancy, person, chair=place == 0, declared=False)
    for name in NAMES:
        await make.application(house.vacancy, name)
    return house


@pytest.fixture
def house(do, emptied):
    do(emptied())
    return do(prepared())


def declare(someone, vacancy: int) -> None:
    page = someone.goes("/panels")
    expect(page.get_by_text("Ilse Brandt")).to_have_count(0)
    page.get_by_role("link", name="Declare").click()
    page.get_by_label("I accept this.").check()
    page.get_by_label("No, as far as I know").check()
    page.get_by_role("button", name="Declare and continue").click()
    expect(page.get_by_role("heading", name="Ilse Brandt")).to_be_visible()


def score_by_keyboard(someone, vacancy: int, name: str, levels: tuple[int, ...]) -> None:
    page = someone.goes(f"/vacancies/{vacancy}/panel")
    page.get_by_role("button", name=re.compile(rf"^Score\s*: {name}")).click()
    for level in levels:
        item = page.locator("[data-competence]").first
        item.locator("input[type=radio]").first.focus()
        page.keyboard.press(str(level))
        expect(item.locator(f"input[value='{level}']")).to_be_checked()
        item.locator("textarea").fill(f"Gave an example for level {level}.")
        expect(item.locator("[role=status]")).to_contain_text("Saved")
        page.locator(".bar .btn--primary").click()
    submit(page)


def score_without_javascript(someone, vacancy: int, name: str, levels: tuple[int, ...]) -> None:
    page = someone.goes(f"/vacancies/{vacancy}/panel")
    page.get_by_role("button", name=re.compile(rf"^Score\s*: {name}")).click()
    for level in levels:
        item = page.locator("[data-competence]").first
        item.locator(f"input[value='{level}']").check()
        item.locator("textarea").fill(f"Gave an example for level {level}.")
        page.locator(".bar .btn--primary").click()
    submit(page)


def submit(page) -> None:
    expect(page.get_by_text("Everything is answered.")).to_be_visible()
    page.get_by_role("button", name="Submit scores").click()
    expect(page.get_by_text("Your scores are locked.")).to_be_visible()


def reveal(manager, vacancy: int) -> None:
    page = manager.goes(f"/vacancies/{vacancy}/panel")
    page.get_by_role("button", name="Reveal the scores").click()
    expect(page.get_by_role("heading", name="Compare applicants")).to_be_visible()
    expect(page.get_by_text("2 levels apart").first).to_be_visible()


def agree_on_the_difference(someone, vacancy: int) -> None:
    page = someone.goes(f"/vacancies/{vacancy}/consensus")
    form = page.locator("form", has=page.get_by_role("button", name=re.compile(r"^Agree\s*:"))).first
    form.get_by_role("radio", name="3 Capable").check(force=True)
    form.get_by_role("textbox").fill("Both examples show sound practice.")
    form.get_by_role("button", name=re.compile(r"^Agree\s*:")).click()
    expect(page.get_by_text("Agreed: 3 Capable").first).to_be_visible()


def press(page, button) -> None:
    """Press a button and wait until the server has answered: going on at once could cut the sending off."""
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        button.click()


def accept_what_all_gave(someone, vacancy: int) -> None:
    page = someone.goes(f"/vacancies/{vacancy}/consensus")
    press(page, page.get_by_role("button", name="Accept the level"))


def decide_and_sign(manager, vacancy: int) -> None:
    for name, outcome in zip(NAMES, ("Appoint", "Decline"), strict=True):
        page = manager.goes(f"/vacancies/{vacancy}/decision")
        form = page.locator(
            "form", has=page.get_by_role("button", name=re.compile(rf"^Save draft\s*: {name}"))
        )
        form.get_by_role("radio", name=outcome, exact=True).check()
        form.get_by_role("textbox", name="Reasons").fill("The evidence for the gates is sound.")
        press(page, form.get_by_role("button", name="Save draft"))
    page = manager.goes(f"/vacancies/{vacancy}/signature")
    page.get_by_label("name").fill("Mara Keller")
    page.get_by_role("button", name="Sign the decision").click()
    expect(page.get_by_role("heading", name="Decision report")).to_be_visible()


def open_scoring(manager, vacancy: int) -> None:
    page = manager.goes(f"/vacancies/{vacancy}/panel")
    page.get_by_role("button", name="Open scoring").click()
    expect(page.get_by_text("scorecards are missing")).to_be_visible()


LEVELS = {"Selin Aydın": (3, 4, 3), "Paul Novak": (3, 4, 3), "Ruth Okello": (3, 4, 5)}


def test_four_people_score_blind_agree_and_a_manager_decides(house, at_browser):
    vacancy = house.vacancy.id
    manager, *members = (at_browser(person) for person in (house.manager, *house.members))
    open_scoring(manager, vacancy)
    for member in members:
        declare(member, vacancy)
    for member, levels in zip(members, LEVELS.values(), strict=True):
        for name in NAMES:
            score_by_keyboard(member, vacancy, name, levels if name == NAMES[0] else (3, 3, 3))
    reveal(manager, vacancy)
    watching = members[1].goes(f"/vacancies/{vacancy}/consensus")
    expect(watching.get_by_text("Agreed: 3 Capable")).to_have_count(0)
    agree_on_the_difference(members[0], vacancy)
    expect(watching.get_by_text("Agreed: 3 Capable").first).to_be_visible()  # live, without a reload
    accept_what_all_gave(manager, vacancy)
    decide_and_sign(manager, vacancy)
    assert not [text for person in (manager, *members) for text in person.said]


def test_the_same_job_without_javascript(house, at_browser):
    vacancy = house.vacancy.id
    people = (at_browser(person, java_script_enabled=False) for person in (house.manager, *house.members))
    manager, *members = people
    open_scoring(manager, vacancy)
    for member, levels in zip(members, LEVELS.values(), strict=True):
        declare(member, vacancy)
        for name in NAMES:
            score_without_javascript(member, vacancy, name, levels if name == NAMES[0] else (3, 3, 3))
    reveal(manager, vacancy)
    agree_on_the_difference(members[0], vacancy)
    accept_what_all_gave(manager, vacancy)
    decide_and_sign(manager, vacancy)


def test_a_lost_connection_is_shown_and_the_text_survives_it_and_a_reload(house, at_browser, do):
    made = do(make.panel(codes=CODES))
    card = do(make.started(made))
    someone = at_browser(made.people[0])
    page = someone.goes(f"/scorecards/{card}/a")
    item = page.locator("[data-competence]").first
    page.context.set_offline(True)
    item.locator("input[value='4']").check()
    item.locator("textarea").fill("Named the limit before it was asked.")
    expect(item.locator("[role=status]")).to_contain_text("Not saved")
    page.context.set_offline(False)
    expect(item.locator("[role=status]")).to_contain_text("Saved")
    page.reload()
    expect(page.locator("[data-competence]").first.locator("textarea")).to_have_value(
        "Named the limit before it was asked."
    )


def test_two_tabs_never_overwrite_each_other_unseen(house, at_browser, do):
    made = do(make.panel(codes=CODES))
    card = do(make.started(made))
    someone = at_browser(made.people[0])
    one, two = someone.page, someone.page.context.new_page()
    for page in (one, two):
        page.goto(f"{someone.base}/scorecards/{card}/a")
    for page, text in ((one, "text of tab one"), (two, "text of tab two")):
        item = page.locator("[data-competence]").first
        item.locator("input[value='3']").check()
        item.locator("textarea").fill(text)
        expect(item.locator("[role=status]").first).to_contain_text("aved")
    conflict = two.get_by_role("alert").filter(has_text="Nothing is lost")
    expect(conflict).to_contain_text("text of tab one")
    conflict.get_by_role("button", name="On this page").click()
    expect(two.locator("[data-competence]").first.locator("[role=status]")).to_contain_text("Saved")
    one.reload()
    expect(one.locator("[data-competence]").first.locator("textarea")).to_have_value("text of tab two")
