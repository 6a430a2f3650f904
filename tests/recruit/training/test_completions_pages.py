"""Pages of completions: for trainers to record and check, for people to hand in and read."""

import make
import pytest
from make import training

from competences.training.tables import Completion
from recruit.access import Role
from recruit.web.i18n import today

PAPER = {"file": ("paper.pdf", b"%PDF-1.7 a certificate", "application/pdf")}


@pytest.fixture
async def team(db):
    return await make.team("Selin Aydın", "Paul Novak")


@pytest.fixture
async def jana(db):
    return await make.person("Jana Wirth", Role.STAFF, Role.TRAINER)


async def handed_in(as_, person, version) -> str:
    """Hand a certificate in; return the address of the completion."""
    client = await as_(person)
    answer = await client.post(
        f"/people/{person.id}/certificates", files=PAPER,
        data={"course": version.course, "completed_on": "2026-03-31", "issuer": "Red Cross Nordhausen"},
    )  # fmt: skip
    assert answer.headers.get("location") == f"/people/{person.id}/training?handed-in", answer.text
    row = await Completion.objects().first()
    return f"/training/completions/{row.id}"


async def test_a_certificate_goes_from_the_person_over_a_trainer_into_the_record(as_, team, jana):
    selin, version = team.people[0], await training.course("First aid")
    url = await handed_in(as_, selin, version)
    trainer = await as_(jana)
    assert "To be checked" in (await trainer.get("/training/completions")).text
    paper = await trainer.get(f"{url}/certificate-file")
    assert paper.headers["content-disposition"].startswith("attachment")
    assert paper.content.startswith(b"%PDF")
    assert (await trainer.post(f"{url}/check")).headers["location"] == url
    assert "In date" in (await (await as_(selin)).get(url)).text


async def test_a_trainer_records_by_hand_and_reads_what_is_missing(as_, team, jana):
    version, client = await training.course("First aid"), await as_(jana)
    assert "Selin Aydın" in (await client.get("/training/completions/new")).text
    empty = await client.post("/training/completions", data={"kind": "session"})
    assert (empty.status_code, "Choose whose it is." in empty.text) == (422, True)
    typed = {"person": team.people[0].id, "course": version.course, "completed_on": "2026-03-31"}
    bare = await client.post(
        "/training/completions", data={**typed, "kind": "external", "issuer": "Red Cross"}
    )
    assert (bare.status_code, "Add the certificate" in bare.text) == (422, True)
    made = await client.post("/training/completions", data={**typed, "kind": "session"})
    text = (await client.get(made.headers["location"])).text
    assert "31 March 2026" in text
    assert "Jana Wirth" in text


async def test_a_completion_is_corrected_and_withdrawn_with_a_reason_that_the_person_reads(as_, team, jana):
    version, selin = await training.course("First aid"), team.people[0]
    row, client = await training.completion(selin, version, today()), await as_(jana)
    url = f"/training/completions/{row.id}"
    assert (await client.post(f"{url}/withdrawal", data={"reason": ""})).status_code == 422
    assert "What was wrong" in (await client.get(f"{url}/correction")).text
    made = await client.post(
        f"{url}/correction",
        data={"course": version.course, "completed_on": "2026-03-30", "reason": "The day was wrong."},
    )
    assert made.status_code == 303, made.text
    await client.post(f"{made.headers['location']}/withdrawal", data={"reason": "It was Paul."})
    text = (await (await as_(selin)).get(f"/people/{selin.id}/training")).text
    assert "The day was wrong." in text
    assert "It was Paul." in text
    assert "<del" in text


async def test_only_trainers_have_the_list(as_, team):
    for person in (team.people[0], team.manager):
        client = await as_(person)
        for url in ("/training/completions", "/training/completions/new", "/training/completions.csv"):
            assert (await client.get(url)).status_code == 404
        assert (await client.post("/training/completions", data={})).status_code == 404


async def test_strangers_find_nothing_of_somebody(as_, team):
    version = await training.course("First aid")
    url = await handed_in(as_, team.people[0], version)
    client = await as_(team.people[1])
    for path in (
        url, f"{url}/certificate-file", f"{url}/certificate.pdf", f"{url}/badge.jwt",
        f"/people/{team.people[0].id}/training", f"/people/{team.people[0].id}/certificates/new",
    ):  # fmt: skip
        assert (await client.get(path)).status_code == 404, path
    sent = await client.post(f"/people/{team.people[0].id}/certificates", data={}, files=PAPER)
    assert sent.status_code in {404, 422}
    assert await Completion.count() == 1


async def test_the_list_keeps_its_filters_in_the_address(as_, team, jana):
    version = await training.course("First aid")
    for person in team.people:
        await training.completion(person, version, today())
    client = await as_(jana)
    text = (await client.get("/training/completions?search=novak&state=in-date")).text
    assert "Paul Novak" in text
    assert "Selin Aydın" not in text
    assert "completions.csv?search=novak&amp;state=in-date" in text


@pytest.mark.parametrize(
    "query", ["course=abc&page=99", "course=99999999999", "state=%00", "search=%27%3B--"]
)
async def test_a_strange_address_is_no_error(as_, jana, query):
    assert (await (await as_(jana)).get(f"/training/completions?{query}")).status_code == 200


async def test_a_list_takes_as_many_statements_for_two_as_for_one(as_, team, jana, queries_of):
    version, client = await training.course("First aid"), await as_(jana)
    await training.completion(team.people[0], version, today())
    one = await queries_of(client, "/training/completions")
    await training.completion(team.people[1], version, today())
    assert await queries_of(client, "/training/completions") == one
