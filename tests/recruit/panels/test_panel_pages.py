"""The panel, page by page and rule by rule."""

import make
import pytest

from competences.errors import Conflict, Invalid, NotFound
from competences.people.reach import Reach
from recruit.panels import commands, queries
from recruit.panels.forms import Declaration, InterviewTime
from recruit.panels.tables import PanelMember
from recruit.vacancies.tables import Vacancy

OWN = Reach.OWN


async def test_a_member_sees_no_applicant_before_declaring(as_, db):
    made = await make.panel()
    late = await make.person("Late Member")
    await make.member(made.vacancy, late, declared=False)
    client = await as_(late)
    before = await client.get(f"/vacancies/{made.vacancy.id}/panel")
    assert before.status_code == 200
    assert "Ilse Brandt" not in before.text
    declared = await client.post(
        f"/vacancies/{made.vacancy.id}/declaration", data={"confidential": "1", "conflict": "none"}
    )
    assert declared.status_code == 303
    assert "Ilse Brandt" in (await client.get(f"/vacancies/{made.vacancy.id}/panel")).text


async def test_one_who_withdraws_loses_access_at_once(as_, db):
    made = await make.panel()
    client = await as_(made.people[1])
    url = f"/vacancies/{made.vacancy.id}"
    assert (await client.get(f"{url}/panel")).status_code == 200
    assert (await client.post(f"{url}/declaration", data={"conflict": "withdraws"})).status_code == 303
    for address in ("panel", "declaration", "comparison"):
        assert (await client.get(f"{url}/{address}")).status_code == 404


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"conflict": "none"}, "confidential"),
        ({"confidential": "1"}, "conflict"),
        ({"confidential": "1", "conflict": "mitigated"}, "mitigation"),
        ({"confidential": "1", "conflict": "made up"}, "conflict"),
    ],
)
async def test_a_declaration_that_is_not_whole_is_asked_again(as_, db, sent, field):
    made = await make.panel()
    late = await make.person("Late Member")
    seat = await make.member(made.vacancy, late, declared=False)
    answer = await (await as_(late)).post(f"/vacancies/{made.vacancy.id}/declaration", data=sent)
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in answer.text
    assert (await PanelMember.objects().get(PanelMember.id == seat.id)).declared_at is None


async def test_scoring_opens_only_for_a_panel_that_is_ready(db):
    boss = await make.manager()
    vacancy = await make.vacancy(boss)
    who = await make.actor(boss)
    with pytest.raises(Invalid, match="at least two members"):
        await commands.open_scoring(who, OWN, vacancy.id)
    for number in range(2):
        await make.member(vacancy, await make.person(), chair=number == 0)
    with pytest.raises(Invalid, match="at least one interview"):
        await commands.open_scoring(who, OWN, vacancy.id)
    await make.application(vacancy)
    await commands.open_scoring(who, OWN, vacancy.id)
    with pytest.raises(Conflict):
        await commands.open_scoring(who, OWN, vacancy.id)
    assert (await Vacancy.objects().get(Vacancy.id == vacancy.id)).state == "scoring"


async def test_the_panel_stays_as_it_was_after_the_reveal(db):
    made = await make.revealed()
    who = await make.actor(made.manager)
    newcomer = await make.person()
    for change in (
        commands.add_member(who, OWN, made.vacancy.id, newcomer.id),
        commands.remove_member(who, OWN, made.vacancy.id, made.members[0].id, "why"),
        commands.name_chair(who, OWN, made.vacancy.id, made.members[1].id),
        commands.set_interview(
            who, OWN, made.vacancy.id, made.applications[0].id, InterviewTime(None, None, "")
        ),
    ):
        with pytest.raises(Conflict, match="revealed"):
            await change


async def test_strangers_find_no_panel(db):
    made = await make.panel()
    for row in (await make.person(), await make.manager("Other Manager")):
        who = await make.actor(row)
        for reading in (
            queries.seat(who, OWN, made.vacancy.id),
            queries.interview(who, OWN, made.vacancy.id, made.applications[0].id),
            queries.member_seat(who, OWN, made.vacancy.id),
        ):
            with pytest.raises(NotFound):
                await reading
        assert await queries.panels(who, OWN) == []


async def test_a_member_who_does_not_manage_changes_nothing(db):
    made = await make.panel()
    chair = await make.actor(made.people[0])
    for change in (
        commands.open_scoring(chair, OWN, made.vacancy.id),
        commands.add_member(chair, OWN, made.vacancy.id, made.people[1].id),
        commands.remove_member(chair, OWN, made.vacancy.id, made.members[1].id, "why"),
    ):
        with pytest.raises(NotFound):
            await change


async def test_there_is_one_chair_at_a_time(db):
    made = await make.panel()
    await commands.name_chair(await make.actor(made.manager), OWN, made.vacancy.id, made.members[1].id)
    rows = await PanelMember.select(PanelMember.id, PanelMember.chair).where(
        PanelMember.vacancy == made.vacancy.id
    )
    assert [row["id"] for row in rows if row["chair"]] == [made.members[1].id]


async def test_somebody_who_left_and_comes_back_declares_anew(db):
    made = await make.panel(scorers=3)
    boss = await make.actor(made.manager)
    await commands.declare(
        await make.actor(made.people[2]), OWN, made.vacancy.id, Declaration("withdraws", "")
    )
    await commands.add_member(boss, OWN, made.vacancy.id, made.people[2].id)
    seat = await queries.seat(await make.actor(made.people[2]), OWN, made.vacancy.id)
    assert not seat.declared


async def test_progress_shows_who_submitted_and_no_number_of_anybody(as_, db):
    made = await make.panel()
    await make.submitted(made, {"A1": 4, "B4": 3, "E3": None}, scorer=0, evidence="MARKER")
    page = await (await as_(made.manager)).get(f"/vacancies/{made.vacancy.id}/panel")
    assert "1 of 1" in page.text
    assert "0 of 1" in page.text
    assert "MARKER" not in page.text


async def test_an_interview_does_not_end_before_it_starts(as_, db):
    made = await make.panel()
    client = await as_(made.manager)
    url = f"/vacancies/{made.vacancy.id}/interviews/{made.applications[0].id}"
    wrong = await client.post(url, data={"starts_at": "2026-11-24T10:00", "ends_at": "2026-11-24T09:00"})
    assert wrong.status_code == 422
    right = await client.post(url, data={"starts_at": "2026-11-24T10:00", "ends_at": "2026-11-24T11:30"})
    assert right.status_code == 303
    again = (await client.get(url)).text
    assert "2026-11-24T10:00" in again


@pytest.mark.parametrize(
    "address",
    [
        "/vacancies/99999999999999999999/panel",
        "/vacancies/0/panel",
        "/vacancies/-1/panel",
        "/vacancies/x/panel",
    ],
)
async def test_addresses_of_nothing_are_not_found(as_, db, address):
    assert (await (await as_(await make.manager())).get(address)).status_code == 404
