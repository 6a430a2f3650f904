"""The pages of cover: what each reader sees of their team, of applicants, and of everybody else."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import make
import pytest
from python_calamine import CalamineWorkbook

from competences.coverage.commands import delegate
from competences.coverage.rules.leadership import DelegationDraft
from competences.coverage.tables import Delegation
from competences.people.reach import Reach
from recruit.piccolo_conf import DB
from recruit.web import i18n

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


@pytest.fixture
async def team(db):
    made = await make.team("Ada", "Ben", "Cy")
    await make.levels(made.people[0], {"E1": 4, "A2": 2}, NOW)
    await make.levels(made.people[1], {"E1": 3, "A2": 4}, NOW)
    return made


async def test_a_line_manager_sees_cover_and_what_leaves_with_somebody(as_, team, queries_of):
    client = await as_(team.manager)
    page = (await client.get("/team/coverage")).text
    assert "No spare" in page
    assert f'href="/people/{team.people[1].id}">Hangs on <bdi>Ben</bdi>' in page
    gone = (await client.get(f"/team/coverage?without={team.people[0].id}")).text
    assert "Without <bdi>Ada</bdi>" in gone
    assert "1 competence has less cover" in gone  # what Ada has below the need does not count
    assert await queries_of(client, "/team/coverage") <= 8


async def test_nobody_else_opens_the_pages_of_a_team(as_, team):
    outside = await make.person("Pia Panel", "external")
    for person in (team.people[0], await make.person("Hal Hiring", "hiring_manager"), outside):
        client = await as_(person)
        for address in ("/team/coverage", "/team/leadership", "/team/applicants", "/team/levels.csv"):
            assert (await client.get(address)).status_code == 404
        assert (await client.get("/organisation")).status_code == 404
    other = await as_(await make.person("Lee Line", "line_manager"))
    page = (await other.get(f"/team/coverage?unit={team.unit.id}&without={team.people[0].id}")).text
    assert "You lead nobody yet" in page
    assert "Ada" not in page
    assert (await other.get(f"/team/needs/{team.unit.id}")).status_code == 404


async def test_a_trainer_sees_counts_of_four_or_more_and_no_name(as_, team):
    for number in range(6):
        await make.levels(await make.person(f"More {number}"), {"E1": 3 if number < 5 else 2}, NOW)
    client = await as_(await make.person("Tom Trainer", "staff", "trainer"))
    page = (await client.get("/organisation")).text
    assert "fewer than 4" in page
    assert ">6</td>" in page
    assert not any(name in page for name in ("Ada", "Ben", "More 1"))


async def test_needs_of_a_unit_are_set_and_shown(as_, team):
    client = await as_(team.manager)
    address = f"/team/needs/{team.unit.id}"
    stamp = (await client.get(address)).text.split('name="stamp" value="')[1].split('"')[0]
    framework = (await make.framework()).framework
    field = f"{framework}-E1"
    wrong = await client.post(
        address, data={"stamp": stamp, f"level-{field}": "4", f"people-{field}": "none"}
    )
    assert wrong.status_code == 422
    saved = await client.post(address, data={"stamp": stamp, f"level-{field}": "4", f"people-{field}": "3"})
    assert saved.status_code == 303
    assert "Set for this unit" in (await client.get("/team/coverage")).text
    assert (await client.post(address, data={"stamp": stamp})).status_code == 409


async def test_what_applicants_would_close_is_seen_after_the_reveal_by_who_may_see_both(as_, db):
    made = await make.panel(applicants=1, codes=("A2", "B4", "E3"))
    for scorer, level in enumerate((3, 2)):
        await make.submitted(made, {"A2": level, "B4": 2, "E3": None}, scorer)
    ada = await make.person("Ada", manager=made.manager.id)
    from competences.role_profiles.commands import assign_role
    from recruit.scorecards import commands

    boss = await make.actor(made.manager)
    await assign_role(boss, Reach.TEAM, ada.id, await make.profile_id("Exit worker"), NOW.date())
    client = await as_(made.manager)
    address = f"/team/applicants?vacancy={made.vacancy.id}"
    sealed = await client.get(address)
    assert sealed.status_code == 409
    assert "Ilse" not in sealed.text
    await commands.reveal_scores(boss, Reach.OWN, made.vacancy.id)
    page = (await client.get(address)).text
    assert "Ilse Brandt" in page
    assert "At the level needed in 1 of 3" in page  # B4 needs level 2; A2 level 3, and nobody could say of E3
    assert "Level 2.5" in page
    assert "No evidence" in page
    leads = await as_(await make.person("Lee Line", "line_manager"))
    assert (await leads.get(address)).status_code == 404  # leads, but sits on no panel
    assert "No scores are open to you" in (await leads.get("/team/applicants")).text


async def test_levels_of_the_team_go_into_a_spreadsheet_as_numbers_and_harmless_texts(as_, team):
    await make.person("=Cmd()", manager=team.manager.id)
    await make.levels(team.people[2], {"E1": 5}, NOW, kind="self")
    client = await as_(team.manager)
    rows = (await client.get("/team/levels.csv")).content.decode("utf-8-sig").splitlines()
    assert rows[0].startswith('"Name","Work address","Post","Unit","A2 ')
    assert '"\'=Cmd()"' in rows[1]
    book = CalamineWorkbook.from_filelike(BytesIO((await client.get("/team/levels.xlsx")).content))
    header, _cmd, ada, _ben, cy = book.get_sheet_by_index(0).to_python()
    at = next(place for place, name in enumerate(header) if name.startswith("E1 "))
    assert (ada[0], ada[at], cy[at]) == ("Ada", 4, "")  # what Cy thinks of themselves is nobody's level


async def test_leadership_is_delegated_reviewed_and_ended(as_, team):
    ada, ben, _cy = team.people
    await make.levels(ada, {"L1": 4, "L2": 4}, NOW, key="leader")
    await make.levels(ben, {"L3": 5}, NOW, key="leader")
    client = await as_(team.manager)
    page = (await client.get(f"/team/leadership?person={ada.id}&person={ben.id}&group=7")).text
    assert "2 people together hold all that is held" in page
    assert "Uncovered" in page
    fields = {"code": "L2", "person": ada.id, "from_on": "2026-01-01", "review_on": "2027-05-25", "note": ""}
    assert (await client.post("/team/delegations", data=fields | {"review_on": ""})).status_code == 422
    assert (await client.post("/team/delegations", data=fields)).status_code == 303
    page = (await client.get("/team/leadership")).text
    place = page.split('href="/team/delegations/')[-1].split('"')[0]
    await Delegation.update({Delegation.review_on: date.today()}).where(Delegation.id == int(place))
    assert "Review a delegation: <bdi>" in (await client.get("/")).text
    assert "Review a delegation" not in (await (await as_(ben)).get("/")).text
    other = await as_(await make.manager("Olga Other"))
    assert (await other.get(f"/team/delegations/{place}")).status_code == 404
    assert (
        await client.post(f"/team/delegations/{place}/review", data={"review_on": "2020-01-01"})
    ).status_code == 422
    assert (await client.post(f"/team/delegations/{place}/last-day")).status_code == 303
    assert "Ended" in (await client.get("/team/leadership")).text


async def test_without_leader_competences_the_page_says_what_would_be_there(as_, team):
    client = await as_(team.manager)
    retire = "UPDATE framework_version SET state = '{}' WHERE framework = (SELECT id FROM framework WHERE key = 'leader')"
    switch = "SET session_replication_role = replica; {}; SET session_replication_role = DEFAULT"
    await DB.pool.execute(switch.format(retire.format("retired")))
    try:
        page = await client.get("/team/leadership")
    finally:
        await DB.pool.execute(switch.format(retire.format("published")))
    assert page.status_code == 200
    assert "There are no leader competences yet" in page.text
    assert "Record a delegation" not in page.text


async def test_whoever_answers_for_something_reads_it_on_their_own_page_and_hears_of_its_review(as_, team):
    ada, ben, _cy = team.people
    boss, today = await make.actor(team.manager), i18n.today()
    draft = DelegationDraft(ada.id, None, "L2", today, today + timedelta(days=3), "Contacts with the police.")
    await delegate(boss, Reach.TEAM, draft, today)
    own = await as_(ada)
    page = (await own.get(f"/people/{ada.id}")).text
    assert "You answer for" in page
    assert "Contacts with the police." in page
    task = (await own.get("/")).text
    assert "What you answer for is looked at again: <bdi>" in task
    assert f'href="/people/{ada.id}#h-answers"' in task
    boss_client = await as_(team.manager)
    assert "You answer for" not in (await boss_client.get(f"/people/{ada.id}")).text
    assert "/team/delegations/" in (await boss_client.get("/")).text
    for person in (ben, await make.manager("Olga Other")):
        assert "Review a delegation" not in (await (await as_(person)).get("/")).text
