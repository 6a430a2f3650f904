"""Pages of outcomes: one form a person, attended in bulk, the second trainer, what was wrong."""

from datetime import date, timedelta

import make
from make import training

from competences.training.tables import Attendance, Outcome, SessionDay


async def held(**columns):
    """A session of yesterday, its trainers, and two people who were there."""
    first, second = [await make.person(name, "staff", "trainer") for name in ("Jana Wirth", "Ruth Okello")]
    version = await training.course(builds={"E3": 3}, **columns)
    session = await training.session(version, date.today() - timedelta(days=1), trainers=(first,))
    day = await SessionDay.objects().get(SessionDay.session == session.id)
    listed = [await training.enrolment(session, await make.person(name)) for name in ("Selin", "Malik")]
    for row in listed:
        await Attendance(
            enrolment=row.id, day=day.id, present=True, taken_at=day.starts_at, recorded_at=day.starts_at
        ).save()
    return first, second, f"/training/sessions/{session.id}", listed


async def sheet(level: str = "3", **fields) -> dict:
    key = await make.competence_id("E3")
    return {"result": "completed", "assessed_by": "observation", "evidence": "Calmed a loud talk.", f"level-{key}": level, **fields}  # fmt: skip


async def test_a_trainer_signs_one_person_and_the_rest_as_attended(as_):
    first, _second, url, (one, _two) = await held()
    client, form = await as_(first), f"{url}/enrolments/{one.id}/outcome"
    page = (await client.get(form)).text
    assert "Seen at work." in page  # what shows that somebody reached it
    assert "checked" not in page  # nothing is filled in beforehand
    assert (await client.post(form, data=await sheet())).status_code == 303
    await client.post(f"{url}/outcomes")
    listed = (await client.get(f"{url}/outcomes")).text
    assert "2 of 2 signed" in listed
    assert "Attended" in listed
    made = await Outcome.objects().get(Outcome.result == "completed")
    shown = (await client.get(f"/training/outcomes/{made.id}")).text
    assert "Calmed a loud talk." in shown
    assert (await client.get(form)).headers["location"] == f"/training/outcomes/{made.id}"


async def test_what_is_missing_is_said_and_what_was_typed_stays(as_):
    first, _second, url, (one, _two) = await held()
    answer = await (await as_(first)).post(f"{url}/enrolments/{one.id}/outcome", data=await sheet("2"))
    assert answer.status_code == 422
    assert "is to reach level 3 here" in answer.text
    assert "Calmed a loud talk." in answer.text


async def test_a_second_trainer_agrees_or_sends_back(as_):
    first, second, url, (one, two) = await held(moderated=True)
    client, other = await as_(first), await as_(second)
    for row in (one, two):
        await client.post(f"{url}/enrolments/{row.id}/outcome", data=await sheet())
    made = [row["id"] for row in await Outcome.select(Outcome.id).order_by(Outcome.id)]
    assert "Agree" not in (await client.get(f"/training/outcomes/{made[0]}")).text
    assert "Agree" in (await other.get(f"/training/outcomes/{made[0]}")).text
    agreed = await other.post(f"/training/outcomes/{made[0]}/moderation", data={"how": "agree"})
    assert agreed.status_code == 303
    empty = await other.post(f"/training/outcomes/{made[1]}/moderation", data={"how": "back", "words": ""})
    assert empty.status_code == 422
    await other.post(
        f"/training/outcomes/{made[1]}/moderation", data={"how": "back", "words": "No limit named."}
    )
    assert "No limit named." in (await client.get(f"{url}/enrolments/{two.id}/outcome")).text
    assert (await other.get(f"/training/outcomes/{made[1]}")).status_code == 404


async def test_a_correction_keeps_the_wrong_one_with_its_reason(as_):
    first, _second, url, (one, _two) = await held()
    client, form = await as_(first), f"{url}/enrolments/{one.id}/outcome"
    await client.post(form, data=await sheet("5"))
    made = await Outcome.objects().first()
    assert (await client.post(f"/training/outcomes/{made.id}/correction", data={})).status_code == 422
    done = await client.post(f"/training/outcomes/{made.id}/correction", data={"reason": "Another sheet."})
    assert done.headers["location"] == form
    page = (await client.get(form)).text
    assert "Another sheet." in page


async def test_outcomes_are_for_who_leads_the_session(as_):
    first, second, url, (one, _two) = await held()
    await (await as_(first)).post(f"{url}/enrolments/{one.id}/outcome", data=await sheet())
    made = await Outcome.objects().first()
    for who in (second, await make.person("Paul")):
        client = await as_(who)
        for path in (
            f"{url}/outcomes",
            f"{url}/enrolments/{one.id}/outcome",
            f"/training/outcomes/{made.id}",
        ):
            assert (await client.get(path)).status_code == 404
