"""The attendance list: a whole form without JavaScript, single taps with it."""

from datetime import UTC, date, datetime, timedelta

import make
from make import training

from competences.training.tables import Attendance, Enrolment, Outcome, SessionDay


async def held(people: int = 2):
    row = await make.person("Jana Wirth", "trainer")
    session = await training.session(
        await training.course(), date.today() - timedelta(days=1), trainers=(row,)
    )
    listed = [await training.enrolment(session, await make.person()) for _ in range(people)]
    day = await SessionDay.objects().get(SessionDay.session == session.id)
    return row, f"/training/sessions/{session.id}/attendance", day.id, listed


async def test_the_whole_form_writes_down_what_was_changed_and_the_rest_as_present(as_):
    row, url, day, (one, two) = await held()
    client = await as_(row)
    sent = {"day": day, f"present-{one.id}": "no", f"was-{one.id}": ""}
    assert (await client.post(url, data=sent)).status_code == 303
    assert await Attendance.count() == 1
    await client.post(url, data={"day": day, f"present-{one.id}": "no", f"was-{one.id}": "no", "rest": "1"})
    rows = await Attendance.select(Attendance.enrolment, Attendance.present)
    assert {made["enrolment"]: made["present"] for made in rows} == {one.id: False, two.id: True}
    page = (await client.get(url)).text
    assert "entered on" in page
    assert page.count("checked") == 2


async def test_a_tap_is_answered_with_what_holds_when_another_device_tapped_later(as_):
    row, url, day, (one, _two) = await held()
    client = await as_(row)
    now = int(datetime.now(UTC).timestamp() * 1000)
    tap = {"day": day, f"present-{one.id}": "yes", f"at-{one.id}": now}
    answer = await client.post(url, data=tap, headers={"HX-Request": "true"})
    assert answer.json()["present"] == {str(one.id): True}
    late = {"day": day, f"present-{one.id}": "no", f"at-{one.id}": now - 5000}
    answer = await client.post(url, data=late, headers={"HX-Request": "true"})
    assert answer.json()["present"] == {str(one.id): True}


async def test_the_answer_says_nothing_of_whom_nothing_is_written_down(as_):
    row, url, day, (here, signed, gone) = await held(3)
    await Outcome(enrolment=signed.id, result="attended", evidence="", signed_at=datetime.now(UTC)).save()
    await Enrolment.update({Enrolment.place: "withdrawn"}).where(Enrolment.id == gone.id)
    taps = {f"present-{one.id}": "yes" for one in (here, signed, gone)}
    answer = await (await as_(row)).post(url, data={"day": day, **taps}, headers={"HX-Request": "true"})
    assert answer.json()["present"] == {str(here.id): True}


async def test_a_tap_of_somebody_who_is_signed_out_is_kept_by_the_page(as_):
    _row, url, day, (one, _two) = await held()
    answer = await (await as_(None)).post(
        url, data={"day": day, f"present-{one.id}": "yes"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 401


async def test_a_tap_is_one_statement_beside_its_entry_in_the_log(as_, monkeypatch):
    from recruit.piccolo_conf import DB

    row, url, day, (one, _two) = await held()
    client = await as_(row)
    seen, run = [], DB.run_querystring

    async def counting(querystring, in_pool=True):
        seen.append(str(querystring))
        return await run(querystring, in_pool=in_pool)

    monkeypatch.setattr(DB, "run_querystring", counting)
    await client.post(url, data={"day": day, f"present-{one.id}": "yes"}, headers={"HX-Request": "true"})
    assert sum("attendance" in text for text in seen) == 2, seen
    assert len(seen) == 3, "the third says who is signed in"
