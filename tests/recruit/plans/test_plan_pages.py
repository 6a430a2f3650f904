"""A plan from a gap to what came of it, by the person and their line manager."""

import re
from datetime import UTC, date, datetime, timedelta

import make
import pytest
from make import training

from competences.actor import SYSTEM
from competences.people.reach import Reach
from competences.plans.commands import add_action
from competences.plans.rules import ActionDraft
from competences.plans.tables import PlanAction
from competences.role_profiles.commands import assign_role

NOW = datetime.now(UTC)
TODAY = NOW.date()


@pytest.fixture
async def team(db):
    boss = await make.manager("Mara Keller")
    daniel = await make.person("Daniel Rask", manager=boss.id)
    await assign_role(SYSTEM, Reach.ALL, daniel.id, await make.profile_id("Exit worker"), date(2025, 1, 1))
    await make.levels(daniel, {"E3": 1}, NOW)
    return boss, daniel


async def added(person, what="Sit in on two talks.", owner=None, due=TODAY):
    draft = ActionDraft(None, "shadowing", "gap", what, owner, due)
    return (await add_action(SYSTEM, Reach.ALL, person.id, draft, NOW)).subject_id


async def test_a_step_goes_from_a_gap_over_a_suggestion_into_the_plan_and_ends_in_a_result(as_, team):
    _boss, daniel = team
    await training.course("De-escalation and setting limits", builds={"E3": 3})
    client, home = await as_(daniel), f"/people/{daniel.id}"
    choose = re.search(rf'href="({home}/plan/new\?competence=\d+)">Choose a step<span class="vh">: De-esc', (await client.get(home)).text)  # fmt: skip
    offered = (await client.get(choose[1])).text
    assert "Take the course “De-escalation and setting limits”." in offered
    start = re.search(r'href="([^"]+suggestion=2)#f-what"', offered)[1].replace("&amp;", "&")
    form = (await client.get(start)).text
    what = re.search(r'name="what"[^>]*>([^<]+)<', form)[1]
    competence = re.search(r"competence=(\d+)", start)[1]
    sent = {"competence": competence, "step": "coaching", "what": what, "owner": daniel.id, "due_on": TODAY}
    assert (await client.post(f"{home}/plan", data=sent)).headers["location"] == home
    text = (await client.get(home)).text
    row = await PlanAction.objects().first()
    assert f'href="/plan-actions/{row.id}"' in text
    assert not re.search("Choose a step<span[^>]*>: De-esc", text)
    ended = {"result": "Led two talks, with Ruth watching.", "how": "done", "version": 1}
    await client.post(f"/plan-actions/{row.id}/ending", data=ended)
    assert "Led two talks" in (await client.get(f"{home}/plan")).text


async def test_a_tick_alone_ends_nothing_and_what_was_typed_stays(as_, team):
    boss, daniel = team
    key = await added(daniel)
    client = await as_(boss)
    answer = await client.post(
        f"/plan-actions/{key}/ending", data={"result": " ", "how": "done", "version": 1}
    )
    assert answer.status_code == 422
    assert "An action ends in evidence, not in a tick." in answer.text
    wrong = await client.post(f"/plan-actions/{key}", data={"what": "", "step": "coaching", "version": 1})
    assert wrong.status_code == 422
    assert re.search(r'value="coaching" selected', wrong.text)


async def test_the_line_manager_changes_and_drops_a_step_and_a_stale_form_is_a_conflict(as_, team):
    boss, daniel = team
    key = await added(daniel)
    client = await as_(boss)
    sent = {"what": "Sit in on three talks.", "step": "shadowing", "version": 1}
    assert (await client.post(f"/plan-actions/{key}", data=sent)).status_code == 303
    stale = await client.post(f"/plan-actions/{key}", data={**sent, "what": "None."})
    assert stale.status_code == 409
    await client.post(f"/plan-actions/{key}/ending", data={"result": "Ill.", "how": "dropped", "version": 2})
    text = (await client.get(f"/plan-actions/{key}")).text
    assert "Why it was dropped" in text
    assert "End this step" not in text


async def test_a_stranger_finds_no_step(as_, team):
    _boss, daniel = team
    key = await added(daniel)
    client = await as_(await make.manager("Stranger"))
    assert (await client.get(f"/plan-actions/{key}")).status_code == 404
    for path in ("", "/ending"):
        sent = {"what": "x", "step": "other", "result": "x", "version": 1}
        assert (await client.post(f"/plan-actions/{key}{path}", data=sent)).status_code == 404


async def test_what_is_due_is_on_today_of_whoever_sees_to_it(as_, team, queries_of):
    boss, daniel = team
    await added(daniel, "Read the law again.", due=TODAY - timedelta(days=3))
    await added(daniel, "Book the course.", owner=boss.id, due=TODAY + timedelta(days=3))
    await added(daniel, "Much later.", due=TODAY + timedelta(days=40))
    client = await as_(daniel)
    own, theirs = (await client.get("/")).text, (await (await as_(boss)).get("/")).text
    assert "Read the law again." in own
    assert "1 thing is overdue." in own
    assert "Book the course." not in own
    assert "Book the course." in theirs
    assert "Daniel Rask" in theirs
    assert "Read the law again." not in theirs
    assert "Much later." not in own
    assert await queries_of(client, "/") <= 8
