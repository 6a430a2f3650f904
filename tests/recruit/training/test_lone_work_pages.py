"""Pages of lone work: what is missing, for whom, and the exceptions of a line manager."""

from datetime import UTC, date, datetime, timedelta

import make
import pytest_asyncio
from make import training

from competences.people.reach import Reach
from competences.training.commands.lone_work import allow, note_changes
from recruit.web.i18n import today


@pytest_asyncio.fixture
async def made(db, starters):
    """An exit worker whose role asks for what the package brings, and who has none of it."""
    team = await make.team("Ruth Okello", in_role=1)
    await training.course("Talking things down", required_by="Exit worker", before_lone_work=True)
    return team


async def test_the_person_and_their_line_manager_read_what_is_missing(as_, made):
    for reader in (made.people[0], made.manager):
        client = await as_(reader)
        text = (await client.get(f"/people/{made.people[0].id}/lone-work")).text
        assert "Does not work alone" in text
        assert "The course “Talking things down” is not completed." in text
        assert "has no level yet" in text


async def test_a_trainer_reads_courses_and_not_which_level_is_missing(as_, made):
    client = await as_(await make.person("Jana Wirth", "staff", "trainer"))
    text = (await client.get(f"/people/{made.people[0].id}/lone-work")).text
    assert "Talking things down" in text
    assert "A level that the role asks for is missing" in text
    assert "has no level yet" not in text


async def test_a_trainer_does_not_read_the_reason_of_an_exception(as_, made):
    leader = await make.actor(made.manager)
    now = datetime.now(UTC)
    await allow(leader, Reach.TEAM, made.people[0].id, today(), "A reason of the team.", today(), now)
    client = await as_(await make.person("Jana Wirth", "staff", "trainer"))
    text = (await client.get(f"/people/{made.people[0].id}/lone-work")).text
    assert "Exception until" in text
    assert "A reason of the team." not in text


async def test_a_stranger_finds_nothing(as_, made):
    for roles in (("staff",), ("staff", "line_manager"), ("staff", "hiring_manager"), ("privacy_officer",)):
        client = await as_(await make.person("Other", *roles))
        assert (await client.get(f"/people/{made.people[0].id}/lone-work")).status_code == 404


async def test_another_day_shows_what_will_have_run_out(as_, made):
    await training.completion(
        made.people[0], await training.course("Listening", required_by="Exit worker", before_lone_work=True),
        date(2026, 11, 1),
    )  # fmt: skip
    client = await as_(made.people[0])
    url = f"/people/{made.people[0].id}/lone-work"
    assert "“Listening”" not in (await client.get(f"{url}?on=2027-11-01")).text
    assert "The course “Listening” has run out." in (await client.get(f"{url}?on=2027-11-02")).text
    assert (await client.get(f"{url}?on=nonsense")).status_code == 200


async def test_a_line_manager_makes_an_exception_and_takes_it_back(as_, made):
    client = await as_(made.manager)
    url = f"/people/{made.people[0].id}"
    wrong = await client.post(f"{url}/lone-work-exceptions", data={"until_on": "", "reason": ""})
    assert wrong.status_code == 422
    assert "Enter the last day" in wrong.text
    data = {"until_on": (today() + timedelta(9)).isoformat(), "reason": "Nobody else speaks it."}
    answer = await client.post(f"{url}/lone-work-exceptions", data=data, follow_redirects=True)
    assert "Exception until" in answer.text
    assert "Nobody else speaks it." in answer.text
    number = answer.text.split("/lone-work-exceptions/")[-1].split("/ending")[0]
    answer = await client.post(f"/lone-work-exceptions/{number}/ending", follow_redirects=True)
    assert "taken back by" in answer.text
    assert "Does not work alone" in answer.text


async def test_a_line_manager_sees_all_of_the_team_on_one_page(as_, made):
    text = (await (await as_(made.manager)).get("/team/lone-work")).text
    assert "Ruth Okello" in text
    assert "Talking things down" in text
    other = await as_(await make.person("Other", "staff", "line_manager"))
    assert "You lead nobody" in (await other.get("/team/lone-work")).text


async def test_a_change_is_read_by_whom_it_concerns_only(as_, made):
    leader = await make.actor(made.manager)
    now = datetime.now(UTC)
    ruth = made.people[0]
    await allow(leader, Reach.TEAM, ruth.id, today(), "Why.", today(), now)
    assert await note_changes(leader, [ruth.id], today(), now) == 0  # the exception noted it
    from competences.training.tables import LoneWorkChange

    change = await LoneWorkChange.objects().first()
    trainer = await as_(await make.person("Jana Wirth", "staff", "trainer"))
    assert (await trainer.post(f"/lone-work-changes/{change.id}/reading")).status_code == 404
    assert (await (await as_(ruth)).post(f"/lone-work-changes/{change.id}/reading")).status_code == 303


async def test_the_fragment_of_the_person_page_is_the_standing_alone(as_, made):
    client = await as_(made.people[0])
    text = (await client.get(f"/people/{made.people[0].id}/lone-work", headers={"HX-Request": "true"})).text
    assert text.lstrip().startswith("<p>")
    assert (
        f'hx-get="/people/{made.people[0].id}/lone-work"'
        in (await client.get(f"/people/{made.people[0].id}")).text
    )
