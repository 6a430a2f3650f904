"""Attendance: the later tap counts, whatever the order in which taps arrive; it never says what somebody can do."""

from datetime import UTC, date, datetime, timedelta

import make
import pytest
from make import training

from competences.errors import Conflict, NotFound
from competences.people.reach import Reach
from competences.training.commands import attendance, sessions
from competences.training.commands.outcomes import sign_attended
from competences.training.queries import attendance as queries
from competences.training.rules.attendance import Tap
from competences.training.tables import Attendance, Enrolment, Outcome, SessionDay

DAY = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
LATER = datetime(2026, 11, 26, 9, tzinfo=UTC)


async def held(*, days: int = 1, people: int = 2):
    """A session with its trainer, days and the enrolments of people."""
    row = await make.person("Jana Wirth", "trainer")
    session = await training.session(await training.course(), DAY, days=days, trainers=(row,))
    listed = [await training.enrolment(session, await make.person()) for _ in range(people)]
    found = await SessionDay.objects().where(SessionDay.session == session.id).order_by(SessionDay.starts_at)
    return await make.actor(row), session, found, listed


async def test_the_later_tap_counts_in_whatever_order_they_arrive(db):
    actor, session, (day,), (one, _other) = await held()
    here = (actor, Reach.ALL, session.id, day.id)
    now = AT + timedelta(hours=1)
    await attendance.take_attendance(*here, [Tap(one.id, False, AT + timedelta(minutes=5))], now)
    older = await attendance.take_attendance(*here, [Tap(one.id, True, AT + timedelta(minutes=4))], now)
    assert older is None
    assert [row.present for row in await queries.sheet(*here) if row.enrolment_id == one.id] == [False]
    await attendance.take_attendance(*here, [Tap(one.id, True, AT + timedelta(minutes=6))], now)
    assert [row.present for row in await queries.sheet(*here) if row.enrolment_id == one.id] == [True]


@pytest.mark.parametrize("at", [AT + timedelta(days=300), AT - timedelta(days=2)])
async def test_a_device_whose_clock_is_wrong_tapped_now(db, at):
    actor, session, (day,), (one, _other) = await held()
    await attendance.take_attendance(actor, Reach.ALL, session.id, day.id, [Tap(one.id, True, at)], AT)
    row = next(row for row in await queries.sheet(actor, Reach.ALL, session.id, day.id) if row.present)
    assert row.taken_at == AT
    assert not row.late


async def test_everybody_else_is_present_at_once_and_who_was_absent_stays_so(db):
    actor, session, (day,), (one, _other) = await held()
    here = (actor, Reach.ALL, session.id, day.id)
    await attendance.take_attendance(*here, [Tap(one.id, False)], AT)
    await attendance.mark_rest_present(*here, AT)
    assert {row.enrolment_id: row.present for row in await queries.sheet(*here)} == {
        one.id: False,
        _other.id: True,
    }


async def test_what_is_written_down_on_a_later_day_says_so(db):
    actor, session, (day,), (one, _other) = await held()
    await attendance.take_attendance(actor, Reach.ALL, session.id, day.id, [Tap(one.id, True)], LATER)
    rows = {row.enrolment_id: row for row in await queries.sheet(actor, Reach.ALL, session.id, day.id)}
    assert rows[one.id].late
    assert rows[one.id].recorded_by == "Jana Wirth"
    assert (await queries.presence(session.id))[one.id].whole


async def test_attendance_is_of_days_that_have_come_of_those_on_the_list_and_before_the_signature(db):
    actor, session, (first, second), (one, _other) = await held(days=2)
    with pytest.raises(Conflict, match="still to come"):
        await attendance.take_attendance(actor, Reach.ALL, session.id, second.id, [Tap(one.id, True)], AT)
    with pytest.raises(NotFound):
        await attendance.take_attendance(actor, Reach.ALL, session.id, 0, [Tap(one.id, True)], AT)
    with pytest.raises(NotFound):
        await attendance.take_attendance(actor, Reach.ALL, session.id, first.id, [Tap(0, True)], AT)
    await Outcome(
        enrolment=one.id, result="attended", evidence="", signed_at=AT, trainer=actor.person_id
    ).save()
    with pytest.raises(Conflict, match="signed already"):
        await attendance.take_attendance(actor, Reach.ALL, session.id, first.id, [Tap(one.id, True)], AT)


async def test_who_is_no_trainer_neither_takes_nor_reads_attendance(db):
    _actor, session, (day,), (one, _other) = await held()
    stranger = await make.actor(await make.person("Paul"))
    with pytest.raises(NotFound):
        await attendance.take_attendance(stranger, Reach.OWN, session.id, day.id, [Tap(one.id, True)], AT)
    assert await queries.sheet(stranger, Reach.OWN, session.id, day.id) == []


async def test_an_attendance_is_of_a_day_of_its_own_session(db):
    _actor, _session, _days, (one, _other) = await held()
    other = await training.session(await training.course(), DAY)
    day = await SessionDay.objects().get(SessionDay.session == other.id)
    with pytest.raises(Exception, match="another session"):
        await day.raw(
            "INSERT INTO attendance (enrolment, day, present, taken_at, recorded_at, recorded_by)"
            " VALUES ({}, {}, true, now(), now(), '')",
            one.id, day.id,
        )  # fmt: skip


# ── at once ──


@pytest.mark.parametrize(
    ("statement", "error", "words"),
    [
        ("UPDATE enrolment SET place = 'withdrawn' WHERE id = {}", NotFound, "on the list"),
        (
            "UPDATE course_session SET cancelled_at = now(), cancelled_reason = 'Snow.'"
            " WHERE id = (SELECT session FROM enrolment WHERE id = {})",
            Conflict, "was cancelled",
        ),
        (
            "INSERT INTO outcome (enrolment, result, evidence, signed_at, moderation, corrected_by, corrected_reason)"
            " SELECT id, 'attended', '', now(), '', '', '' FROM enrolment WHERE id = {} FOR UPDATE",
            Exception, "signed already",
        ),
        (
            "DELETE FROM session_day WHERE session = (SELECT session FROM enrolment WHERE id = {})",
            NotFound, "no such day",
        ),
    ],
)  # fmt: skip
async def test_a_tap_waits_for_who_withdraws_cancels_signs_or_moves_in_this_moment(
    db, statement, error, words
):
    actor, session, (day,), (one, _other) = await held()
    tap = attendance.take_attendance(actor, Reach.ALL, session.id, day.id, [Tap(one.id, True)], AT)
    task = await make.while_open(Attendance.raw(statement, one.id).run(), tap)
    with pytest.raises(error, match=words):
        await task
    assert await Attendance.count() == 0


@pytest.mark.parametrize("cancelled", [False, True])
async def test_who_withdraws_or_cancels_waits_for_a_tap_of_this_moment(db, cancelled):
    actor, session, (day,), (one, _other) = await held()
    here = (actor, Reach.ALL, session.id)
    undo = (
        sessions.cancel_session(*here, "Nobody came.", LATER)
        if cancelled
        else sessions.withdraw(*here, one.id, LATER)
    )
    task = await make.while_open(attendance.take_attendance(*here, day.id, [Tap(one.id, True)], AT), undo)
    with pytest.raises(Conflict, match="was held" if cancelled else "stay on the list"):
        await task


async def test_nothing_is_signed_of_who_is_withdrawn_in_this_moment_nor_the_other_way_round(db):
    actor, session, (day,), (one, other) = await held()
    here = (actor, Reach.ALL, session.id)
    await attendance.take_attendance(*here, day.id, [Tap(one.id, True)], AT)
    left = Enrolment.update({Enrolment.place: "withdrawn"}).where(Enrolment.id == one.id)
    assert await (await make.while_open(left.run(), sign_attended(*here, LATER))) is None
    signed = Outcome(enrolment=other.id, result="attended", evidence="", signed_at=LATER)
    task = await make.while_open(signed.save().run(), sessions.withdraw(*here, other.id, LATER))
    with pytest.raises(Conflict, match="stay on the list"):
        await task
