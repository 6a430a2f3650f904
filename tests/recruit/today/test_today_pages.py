"""Today for each role: only one's own, nothing of applicants before declaring, nothing that follows from a score."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import make
import pytest

from competences.people.reach import Reach
from competences.people.tables import Person
from competences.plans.commands import add_action
from competences.plans.rules import ActionDraft
from recruit.access import Role
from recruit.accounts.tables import Account
from recruit.panels import commands as panels
from recruit.panels.forms import Declaration
from recruit.panels.tables import Interview, PanelMember
from recruit.piccolo_conf import DB


async def words(client, path: str = "/") -> str:
    answer = await client.get(path)
    assert answer.status_code == 200
    text = re.sub(r"<[^>]+>", " ", answer.text[answer.text.index("<main") :])
    return re.sub(r"\s+", " ", text)


async def interview_at(made, moment: datetime, applicant: int = 0) -> None:
    await Interview.update({Interview.starts_at: moment}).where(
        Interview.application == made.applications[applicant].id
    )


async def test_a_member_finds_who_to_score_with_the_time(as_):
    made = await make.panel(applicants=2)
    await interview_at(made, datetime.now(UTC) - timedelta(days=2))
    text = await words(await as_(made.people[0]))
    assert "Score Ilse Brandt" in text
    assert "overdue" in text
    assert "1 thing is overdue." in text


async def test_opening_a_scorecard_from_today_is_one_plain_post(as_):
    made = await make.panel()
    client = await as_(made.people[0])
    address = re.search(r'action="(/vacancies/\d+/interviews/\d+/scorecard)"', (await client.get("/")).text)
    answer = await client.post(address[1])
    assert answer.headers["location"].startswith("/scorecards/")
    assert "Finish your scores for Ilse Brandt" in await words(client)


async def test_no_applicant_shows_before_declaring(as_):
    made = await make.panel()
    await interview_at(made, datetime.now(UTC) + timedelta(days=2))
    newcomer = await make.person("Jana Wirth")
    await make.member(made.vacancy, newcomer, declared=False)
    client = await as_(newcomer)
    text = await words(client)
    assert "Declare conflicts of interest: Exit worker, youth team" in text
    assert "Ilse Brandt" not in text
    assert "1 interview" not in text
    await panels.declare(await make.actor(newcomer), Reach.OWN, made.vacancy.id, Declaration("none", ""))
    assert "Ilse Brandt" in await words(client)


async def test_one_who_withdrew_or_left_sees_nothing_of_the_panel(as_):
    made = await make.panel(scorers=3)
    await PanelMember.update({PanelMember.left_at: datetime.now(UTC)}).where(
        PanelMember.id == made.members[2].id
    )
    text = await words(await as_(made.people[2]))
    assert "Ilse Brandt" not in text
    assert "Exit worker, youth team" not in text


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ANYONE])
async def test_a_stranger_of_any_role_sees_nothing_of_a_panel(as_, role):
    await make.panel()
    text = await words(await as_(await make.person("Somebody", role)))
    assert "Ilse Brandt" not in text
    assert "Exit worker, youth team" not in text
    assert "You are up to date" in text or role in {Role.ADMINISTRATOR, Role.SUPPORT_LEAD}


async def test_a_manager_waits_and_then_reveals(as_):
    made = await make.panel(scorers=2)
    client = await as_(made.manager)
    await make.submitted(made, {"A1": 4, "B4": 3, "E3": 3}, 0)
    assert "1 of 2 submitted" in await words(client)
    await make.submitted(made, {"A1": 4, "B4": 3, "E3": 3}, 1)
    text = await words(client)
    assert "Reveal the scores: Exit worker, youth team" in text
    assert "Waiting for others" not in text


async def test_a_revealed_vacancy_asks_manager_and_members_to_agree(as_):
    made = await make.revealed()
    for person in (made.manager, made.people[1]):
        text = await words(await as_(person))
        assert "Consensus meeting: Exit worker, youth team" in text
        assert "0 of 3 levels are agreed" in text


async def test_today_is_the_same_whatever_was_scored(as_):
    made = await make.panel(scorers=2, applicants=2)
    await make.submitted(made, {"A1": 5, "B4": 5, "E3": 5}, 0, 0)
    await make.submitted(made, {"A1": 1, "B4": 1, "E3": 1}, 0, 1)
    clients = [await as_(person) for person in (made.manager, *made.people)]
    before = [await words(client) for client in clients]
    await DB.pool.execute(
        "SET session_replication_role = replica; UPDATE rating SET level = 6 - level;"
        " SET session_replication_role = DEFAULT"
    )
    assert [await words(client) for client in clients] == before


async def test_an_outside_member_sees_their_panel_tasks_and_no_counts_of_the_organisation(as_):
    made = await make.panel()
    guest = await make.person("Ingrid Solberg", Role.EXTERNAL)
    await make.member(made.vacancy, guest)
    text = await words(await as_(guest))
    assert "Score Ilse Brandt" in text
    assert "Your team" not in text
    assert "Applicants" not in text


async def test_long_lists_are_cut_and_lead_to_the_rest(as_):
    made = await make.panel()
    for number in range(24):
        await make.application(made.vacancy, f"Applicant {number}")
    text = await words(await as_(made.people[0]))
    assert text.count("Open scorecard") == 20
    assert "25 things" in text
    assert "See all panels" in text


@pytest.mark.parametrize("applicants", [1, 15])
async def test_today_takes_at_most_eight_queries_whatever_the_rows(as_, monkeypatch, applicants):
    made = await make.panel()
    for number in range(applicants):
        await make.application(made.vacancy, f"Applicant {number}")
    everything = await make.person("Busy", *[role for role in Role if role is not Role.ANYONE])
    await make.member(made.vacancy, everything)
    client = await as_(everything)
    await client.get("/")
    asked = []
    real = type(DB)._run_in_pool

    async def counted(self, query, *args, **kwargs):
        asked.append(query)
        return await real(self, query, *args, **kwargs)

    monkeypatch.setattr(type(DB), "_run_in_pool", counted)
    assert (await client.get("/")).status_code == 200
    assert 0 < len(asked) <= 8


async def test_a_step_is_due_for_whoever_sees_to_it_while_they_read_the_plan(as_):
    boss, other = await make.manager("Boss"), await make.manager("Other")
    daniel = await make.person("Daniel", manager=boss.id)
    own = await make.actor(daniel)
    today = datetime.now(UTC).date()
    mine = ActionDraft(None, "shadowing", "gap", "Sit in on three talks.", None, today)
    theirs = replace(mine, what="Find a tandem.", owner_id=boss.id)
    late = replace(mine, what="Next year.", due_on=today + timedelta(days=300))
    for draft in (mine, theirs, late):
        await add_action(own, Reach.OWN, daniel.id, draft, datetime.now(UTC))

    async def steps(person):
        text = await words(await as_(person))
        return [what for what in ("Sit in on three talks.", "Find a tandem.", "Next year.") if what in text]

    assert [await steps(who) for who in (daniel, boss, other)] == [
        ["Sit in on three talks."],
        ["Find a tandem."],
        [],
    ]
    await Account.update({Account.roles: [Role.STAFF]}).where(Account.person == boss.id)
    assert await steps(boss) == []
    await Account.update({Account.roles: [Role.LINE_MANAGER]}).where(Account.person == boss.id)
    await Person.update({Person.manager: other.id}).where(Person.id == daniel.id)
    assert await steps(boss) == []
    assert await steps(daniel) == ["Sit in on three talks.", "Find a tandem."], "nobody else sees to it now"
