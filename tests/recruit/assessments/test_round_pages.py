"""Rounds, assessments and talks, page by page."""

import re
from datetime import date, timedelta

import make
import pytest

from competences.assessments.tables import Round
from competences.people.reach import Reach
from competences.people.tables import Person
from competences.plans.tables import PlanAction
from competences.role_profiles.commands import assign_role
from recruit.access import Role

HTMX = {"HX-Request": "true"}
ALL = {"A1": 3, "B4": 3, "E3": 3}


def words(answer) -> str:
    assert answer.status_code == 200, answer.text[:500]
    text = re.sub(r"<[^>]+>", " ", answer.text[answer.text.index("<main") :])
    return re.sub(r"\s+", " ", text)


async def test_a_line_manager_opens_a_round_and_sees_who_is_left_out(as_):
    mara = await make.manager()
    yusuf, ruth = [await make.person(name, manager=mara.id) for name in ("Yusuf Yılmaz", "Ruth Okello")]
    profile = await make.profile_id("Exit worker")
    await assign_role(await make.actor(mara), Reach.TEAM, yusuf.id, profile, date.today())
    client = await as_(mara)
    form = words(await client.get("/rounds/new"))
    assert "Ruth Okello has no role yet and is left out." in form
    sent = {"title": "Autumn", "opens_on": str(date.today()), "closes_on": "", "who": "named"}
    refused = await client.post("/rounds", data=sent)
    assert refused.status_code == 422
    assert "Enter the last day." in refused.text
    sent |= {"closes_on": str(date.today() + timedelta(days=9)), "person": [str(yusuf.id), str(ruth.id)]}
    page = words(await client.post("/rounds", data=sent, follow_redirects=True))
    assert "Yusuf Yılmaz" in page
    assert "Ruth Okello" not in page
    assert "Autumn" in words(await client.get("/rounds"))
    assert "Assess your own work: Autumn" in words(await (await as_(yusuf)).get("/"))


async def test_a_round_can_take_a_unit(as_):
    mara, unit = await make.manager(), await make.unit("Adults")
    inside = await make.person("Ina Inside", manager=mara.id, unit=unit.id)
    outside = await make.person("Otto Outside", manager=mara.id)
    who, profile = await make.actor(mara), await make.profile_id("Mentor")
    for row in (inside, outside):
        await assign_role(who, Reach.TEAM, row.id, profile, date.today())
    days = {"opens_on": str(date.today()), "closes_on": str(date.today())}
    sent = {"title": "Adults", "who": f"unit-{unit.id}", **days}
    page = words(await (await as_(mara)).post("/rounds", data=sent, follow_redirects=True))
    assert "Ina Inside" in page
    assert "Otto Outside" not in page


@pytest.mark.parametrize(
    "path", ["/rounds/{round}", "/participants/{participant}/peers", "/talks/{participant}"]
)
async def test_a_stranger_of_any_role_finds_no_page_of_a_round(as_, path):
    made = await make.opened_round(peers=True)
    address = path.format(round=made.id, participant=made.of(made.people[0]))
    other = await make.person("Sten Stranger", *set(Role) - {Role.ANYONE})
    assert (await (await as_(other)).get(address)).status_code == 404


async def test_a_self_assessment_begins_saves_shows_the_target_and_is_shared(as_):
    made = await make.opened_round()
    yusuf = made.people[0]
    client = await as_(yusuf)
    began = await client.post(f"/participants/{made.of(yusuf)}/assessment", follow_redirects=True)
    address, key = str(began.url.path), await make.competence_id("A1")
    assert address.endswith("/a")
    assert "I keep agreed appointments" in began.text
    assert "The role needs" not in began.text
    sent = {f"level-{key}": "2", f"evidence-{key}": "", f"version-{key}": "0", f"support-{key}": "1"}
    card = address.removesuffix("/a")
    saved = await client.post(f"{card}/ratings/{key}", data=sent, headers=HTMX)
    assert "Saved" in saved.text
    assert "evidence still needed" in saved.text
    assert "The role needs 4." in saved.text
    assert "2 levels below" in saved.text
    assert "1 of 3 competences answered" in saved.text
    stale = await client.post(f"{card}/ratings/{key}", data=sent | {f"level-{key}": "3"}, headers=HTMX)
    assert stale.status_code == 409
    assert (await client.post(f"{card}/submission")).status_code == 422
    for code, level in (("A1", "2"), ("B4", "0"), ("E3", "4")):
        item = await make.competence_id(code)
        page = await client.get(f"{card}/{code[0].lower()}")
        was = re.search(f'name="was-{item}" value="([^"]*)"', page.text)[1]
        version = re.search(f'id="version-{item}" value="([^"]*)"', page.text)[1]
        body = {f"level-{item}": level, f"evidence-{item}": "Did it twice.", f"version-{item}": version}
        await client.post(f"{card}/{code[0].lower()}", data=body | {f"was-{item}": was, "go": "next"})
    shared = words(await client.post(f"{card}/submission", follow_redirects=True))
    assert "It stays yours alone until your line manager has shared, too." in shared
    assert "You have shared." in words(await client.get("/assessments"))


async def test_before_both_have_shared_the_talk_says_not_yet_without_a_level(as_):
    made = await make.opened_round()
    yusuf = made.people[0]
    await make.shared(made, yusuf, yusuf, ALL, "MARKER")
    for row in (yusuf, made.manager):
        page = await (await as_(row)).get(f"/talks/{made.of(yusuf)}")
        assert "has not shared yet" in words(page)
        assert "MARKER" not in page.text


async def test_a_talk_from_differences_to_levels(as_):
    made = await make.opened_talk({"A1": 2, "B4": 3, "E3": 4}, {"A1": 4, "B4": 3, "E3": None})
    yusuf, mara = [await as_(row) for row in (made.people[0], made.manager)]
    address = f"/talks/{made.of(made.people[0])}"
    assert "Talk with Yusuf Yılmaz" in words(await mara.get("/"))
    page = words(await mara.get(address))
    assert "You see 2 competences differently" in page
    assert (
        page.index("2 levels apart") < page.index("Only one could say") < page.index("Where you see it alike")
    )
    assert "OWN words" in page
    assert "MANAGER words" in page
    await mara.post(address, data={"go": "shared"})
    assert "Before you can confirm" in words(await mara.get(f"{address}/confirmation"))
    for client, code, level in ((mara, "A1", "3"), (yusuf, "E3", "0")):
        key = await make.competence_id(code)
        sent = {f"level-{key}": level, f"evidence-{key}": "Agreed on it.", f"version-{key}": "0"}
        saved = await client.post(f"{address}/ratings/{key}", data=sent, headers=HTMX)
        assert "Saved" in saved.text
    assert "3 of 3 agreed" in saved.text
    late = await mara.post(
        f"{address}/meeting", data={"held_on": str(date.today() + timedelta(days=1)), "was": ""}
    )
    assert late.status_code == 422
    await mara.post(f"{address}/meeting", data={"held_on": str(date.today()), "was": ""})
    step = {"what": "Sit in on two talks.", "step": "shadowing", "competence": "", "owner": "", "due_on": ""}
    await yusuf.post(f"{address}/actions", data=step)
    assert "Sit in on two talks." in words(await mara.get(address))
    await yusuf.post(f"{address}/dissent", data={"dissent": "I still see it lower.", "was": ""})
    for client in (yusuf, mara):
        page = await client.get(f"{address}/confirmation")
        version = re.search(r'name="version" value="(\d+)"', page.text)[1]
        await client.post(f"{address}/confirmation", data={"version": version})
        if client is yusuf:
            assert "Confirm the talk with Yusuf Yılmaz" in words(await mara.get("/"))
    done = words(await mara.get(address))
    assert "Both of you have confirmed." in done
    assert "I still see it lower." in done
    assert "Agreed in a talk" in words(await yusuf.get(f"/people/{made.people[0].id}"))
    assert "Talk with" not in words(await mara.get("/"))


async def test_a_confirmed_talk_keeps_its_names_and_asks_nothing_of_a_new_line_manager(as_):
    made = await make.opened_talk(ALL, ALL)
    yusuf, mara = await as_(made.people[0]), await as_(made.manager)
    address = f"/talks/{made.of(made.people[0])}"
    await mara.post(address, data={"go": "shared"})
    await mara.post(f"{address}/meeting", data={"held_on": str(date.today()), "was": ""})
    new = await make.manager("Nora New")
    nora = await as_(new)
    for client in (yusuf, mara):
        page = await client.get(f"{address}/confirmation")
        version = re.search(r'name="version" value="(\d+)"', page.text)[1]
        await client.post(f"{address}/confirmation", data={"version": version})
    await Person.update({Person.manager: new.id}).where(Person.id == made.people[0].id)
    sheet = words(await yusuf.get(address))
    assert f"{made.manager.name} confirmed on" in sheet
    assert "Nora New" not in sheet
    assert "Autumn round" not in words(await nora.get("/"))
    assert "Assess" not in words(await nora.get(f"/rounds/{made.id}"))
    page = words(await nora.get(address))
    assert f"{made.manager.name} held this talk." in page
    assert "OWN words" not in page
    assert (await mara.get(address)).status_code == 404


async def test_a_person_whom_nobody_leads_any_more_reads_why_the_talk_waits(as_):
    made = await make.opened_talk(ALL, ALL)
    await Person.update({Person.manager: None}).where(Person.id == made.people[0].id)
    client = await as_(made.people[0])
    assert "Nobody leads you at present." in words(await client.get(f"/talks/{made.of(made.people[0])}"))
    assert "Talk" not in words(await client.get("/"))


async def test_a_talk_sheet_holds_the_actions_of_that_talk_alone(as_):
    made = await make.opened_talk(ALL, ALL)
    yusuf, mara = await as_(made.people[0]), await as_(made.manager)
    address = f"/talks/{made.of(made.people[0])}"
    step = {"what": "Sit in on two talks.", "step": "shadowing"}
    await yusuf.post(f"{address}/actions", data=step)
    await mara.post(f"/people/{made.people[0].id}/plan", data=step | {"what": "From elsewhere."})
    action = (await PlanAction.objects().get(PlanAction.what == step["what"])).id
    await yusuf.post(f"/plan-actions/{action}/ending", data={"result": "Sat in on both.", "version": "1"})
    sheet = words(await mara.get(address))
    assert "Sit in on two talks." in sheet
    assert "From elsewhere." not in sheet
    await mara.post(address, data={"go": "shared"})
    await mara.post(f"{address}/meeting", data={"held_on": str(date.today()), "was": ""})
    for client in (yusuf, mara):
        page = await client.get(f"{address}/confirmation")
        version = re.search(r'name="version" value="(\d+)"', page.text)[1]
        await client.post(f"{address}/confirmation", data={"version": version})
    assert (await mara.post(f"{address}/actions", data=step)).status_code == 409
    assert "Sit in on two talks." in words(await mara.get(address)), "an ended one stays on the sheet"
    spring = await make.opened_round(people=(made.people[0],), manager=made.manager, title="Spring")
    early = f"/talks/{spring.of(made.people[0])}"
    for body in (step, {"what": "", "step": ""}):
        refused = await mara.post(f"{early}/actions", data=body)
        assert refused.status_code == 409
        assert "Neither of you has shared yet" in refused.text
    assert (await mara.post(f"{early}/meeting", data={"held_on": "x"})).status_code == 409


async def test_a_line_manager_learns_how_many_colleagues_have_shared_but_not_who(as_):
    made = await make.opened_round(peers=True)
    peers = [await make.person() for _number in range(3)]
    client = await as_(made.manager)
    address = f"/participants/{made.of(made.people[0])}/peers"
    await client.post(address, data={"peer": [str(row.id) for row in peers]})
    before = words(await client.get(address))
    await make.shared(made, peers[0], made.people[0], ALL, "")
    assert "1 of 3" in words(await client.get(f"/rounds/{made.id}"))
    assert words(await client.get(address)) == before


async def test_colleagues_who_were_asked_find_it_on_today_and_give_levels_without_words(as_):
    made = await make.opened_round(peers=True)
    peers = [await make.person() for _number in range(3)]
    client = await as_(made.manager)
    address = f"/participants/{made.of(made.people[0])}/peers"
    refused = await client.post(address, data={"peer": [str(peers[0].id)]})
    assert refused.status_code == 422
    await client.post(address, data={"peer": [str(row.id) for row in peers]})
    assert "0 of 3" in words(await client.get(f"/rounds/{made.id}"))
    colleague = await as_(peers[0])
    assert "Say how you see the work of Yusuf Yılmaz" in words(await colleague.get("/"))
    page = await colleague.post(f"/participants/{made.of(made.people[0])}/assessment", follow_redirects=True)
    assert "Nobody is told what you gave." in words(page)
    assert "<textarea" not in page.text
    assert (await colleague.get(f"/talks/{made.of(made.people[0])}")).status_code == 404


async def test_a_closed_round_takes_no_answers_until_it_gets_more_days(as_):
    made = await make.opened_round()
    yusuf = made.people[0]
    await Round.update({Round.closes_on: date.today() - timedelta(days=1)}).where(Round.id == made.id)
    client, mara = await as_(yusuf), await as_(made.manager)
    start = f"/participants/{made.of(yusuf)}/assessment"
    assert (await client.post(start)).status_code == 409
    assert "Assess your own work" not in words(await client.get("/"))
    await mara.post(f"/rounds/{made.id}/last-day", data={"closes_on": str(date.today())})
    assert (await client.post(start)).status_code == 303


async def test_pages_take_few_queries_whatever_the_rows(as_, queries_of):
    made = await make.opened_talk(ALL, ALL)
    client = await as_(made.manager)
    own = await as_(made.people[0])
    card = await make.answered(made, made.people[0], made.people[0], {})
    for who, path in (
        (client, "/"), (client, "/rounds"), (client, f"/rounds/{made.id}"), (client, "/rounds/new"),
        (client, f"/talks/{made.of(made.people[0])}"), (own, f"/talks/{made.of(made.people[0])}"),
        (own, f"/assessments/{card}/a"), (own, "/assessments"), (own, "/"),
    ):  # fmt: skip
        assert await queries_of(who, path) <= 8, path


async def test_what_is_shared_twice_or_sent_strangely_is_refused_calmly(as_):
    made = await make.opened_round()
    yusuf = made.people[0]
    card = await make.shared(made, yusuf, yusuf, ALL)
    client, key = await as_(yusuf), await make.competence_id("A1")
    assert (await client.post(f"/assessments/{card}/submission")).status_code == 409
    for level in ("9", "x"):
        sent = {f"level-{key}": level, f"version-{key}": "1"}
        assert (
            await client.post(f"/assessments/{card}/ratings/{key}", data=sent, headers=HTMX)
        ).status_code == 422
    assert (await client.get(f"/assessments/{card}/zz")).status_code == 404
    assert (await client.get("/talks/999999999")).status_code == 404
