"""Sessions: when clocks change, who gets a place, and that nobody is booked beyond the last one."""

import asyncio
import zoneinfo
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import make
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from make import training

from competences.errors import Conflict, Invalid, NotFound
from competences.people.reach import Reach
from competences.training.commands import sessions
from competences.training.commands.attendance import take_attendance
from competences.training.queries import sessions as queries
from competences.training.rules.attendance import Tap
from competences.training.rules.sessions import (
    LocalDay,
    SessionDraft,
    is_zone,
    moment,
    repeated,
    spans,
    wrong,
)
from competences.training.tables import Course, CourseRequest, CourseSession, Enrolment, Outcome
from competences.training.tables.sessions import Place

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
DAY = date(2026, 12, 8)
BERLIN = ZoneInfo("Europe/Berlin")


def draft(version, *trainers, day: date = DAY, **columns) -> SessionDraft:
    days, _wrong = spans([LocalDay(day, time(9), time(17))], "Europe/Berlin")
    ids = tuple(person.id for person in trainers)
    return SessionDraft(version.id, **{"days": days, "zone": "Europe/Berlin", "place": "Room 2", "trainer_ids": ids, **columns})  # fmt: skip


async def a_trainer(name: str = "Jana Wirth"):
    row = await make.person(name, "staff", "trainer")
    return row, await make.actor(row)


async def places(session_id: int) -> dict[int, str]:
    """Who is how on the list, by turn."""
    rows = await Enrolment.select(Enrolment.person, Enrolment.place).where(
        Enrolment.session == session_id
    ).order_by(Enrolment.turn)  # fmt: skip
    return {row["person"]: row["place"] for row in rows}


# ── clocks ──


def test_a_time_that_clocks_skip_is_no_time_and_one_that_they_show_twice_is_the_first():
    assert moment(date(2027, 3, 28), time(2, 30), "Europe/Berlin") is None
    assert moment(date(2027, 10, 31), time(2, 30), "Europe/Berlin") == datetime(
        2027, 10, 31, 0, 30, tzinfo=UTC
    )
    found, words = spans([LocalDay(date(2027, 3, 28), time(2, 30), time(9))], "Europe/Berlin")
    assert not found
    assert "2027-03-28" in words


@given(
    day=st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    weeks=st.integers(1, 8),
    times=st.integers(1, 12),
    zone=st.sampled_from(
        ["Europe/Berlin", "America/Santiago", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]
    ),
)
def test_a_series_keeps_weekday_and_clock_over_every_change_of_clocks(day, weeks, times, zone):
    for turn, days in enumerate(repeated([LocalDay(day, time(9, 30), time(17))], weeks, times)):
        ((starts, ends),), words = spans(days, zone)
        shown = starts.astimezone(ZoneInfo(zone))
        assert not words
        assert (shown.hour, shown.minute, shown.weekday()) == (9, 30, day.weekday())
        assert (shown.date() - day).days == 7 * weeks * turn
        assert ends.astimezone(ZoneInfo(zone)).time() == time(17)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Europe/Atlantis",
        "../../etc/passwd",
        "Europe",
        "x" * 300,
        "posix/UTC",
        "right/UTC",
        "localtime",
        "CET",
    ],
)
def test_a_zone_that_nobody_knows_is_refused(name):
    assert not is_zone(name)


def test_a_plan_says_at_each_field_what_cannot_be():
    at = datetime(2026, 12, 8, 9, tzinfo=UTC)
    bad = SessionDraft(1, ((at, at),), "Mars/Olympus", "", "javascript:alert(1)", 0, ())
    assert set(wrong(bad)) == {"day", "zone", "link", "capacity", "trainers"}
    two = ((at, at + timedelta(hours=8)), (at + timedelta(hours=4), at + timedelta(hours=9)))
    assert "overlap" in wrong(SessionDraft(1, two, "UTC", "Room 2", "", 1, (1,)))["day"]


# ── planning ──


async def test_who_is_invited_is_booked_in_this_order_and_the_others_wait(db):
    row, actor = await a_trainer()
    version = await training.course()
    invited = [await make.person(name) for name in ("Selin", "Malik", "Greta")]
    made = await sessions.plan_session(
        actor, draft(version, row, capacity=2), NOW, [person.id for person in invited]
    )
    assert (made.booked, made.waiting) == (2, 1)
    assert list((await places(made.subject_id)).values()) == ["booked", "booked", "waiting"]
    assert [one.id for one in await queries.upcoming(actor, Reach.ALL, NOW)] == [made.subject_id]


async def test_only_who_may_teach_the_course_leads_it(db):
    row, actor = await a_trainer()
    other = await make.person("Malik", "trainer")
    version = await training.course(trainers=(other,))
    with pytest.raises(Invalid) as error:
        await sessions.plan_session(actor, draft(version, row), NOW)
    assert set(error.value.fields) == {"trainers"}
    await sessions.plan_session(actor, draft(version, other), NOW)


@pytest.fixture
def a_new_zone(tmp_path):
    """A zone that this machine has heard of and the database has not."""
    file = next(Path(one, "Europe/Berlin") for one in zoneinfo.TZPATH if Path(one, "Europe/Berlin").exists())
    (tmp_path / "Europe").mkdir()
    (tmp_path / "Europe" / "Atlantis").write_bytes(file.read_bytes())
    before = zoneinfo.TZPATH
    zoneinfo.reset_tzpath([*before, str(tmp_path)])
    yield "Europe/Atlantis"
    zoneinfo.reset_tzpath(before)
    ZoneInfo.clear_cache()


async def test_a_zone_that_the_database_cannot_reckon_with_is_refused_by_the_form_and_by_the_database(
    db, a_new_zone
):
    row, actor = await a_trainer()
    version = await training.course()
    assert is_zone(a_new_zone)
    with pytest.raises(Invalid) as error:
        await sessions.plan_session(actor, draft(version, row, zone=a_new_zone), NOW)
    assert set(error.value.fields) == {"zone"}
    with pytest.raises(Exception, match="no time zone of this name"):
        await training.session(version, DAY, zone="posix/Europe/Berlin")
    session = await training.session(version, DAY)
    with pytest.raises(Exception, match="no time zone of this name"):
        await CourseSession.update({CourseSession.zone: a_new_zone}).where(CourseSession.id == session.id)


async def test_a_course_that_is_not_offered_any_more_has_no_new_session(db):
    row, actor = await a_trainer()
    version = await training.course()
    await Course.update({Course.retired: True}).where(Course.id == version.course)
    with pytest.raises(Invalid, match="not offered any more"):
        await sessions.plan_session(actor, draft(version, row), NOW)


async def test_a_series_is_cancelled_from_one_of_its_sessions_on(db):
    row, actor = await a_trainer()
    version = await training.course()
    drafts = [draft(version, row, day=DAY + timedelta(weeks=turn)) for turn in range(3)]
    first = (await sessions.plan_series(actor, drafts, NOW)).subject_id
    ids = [one.id for one in await queries.upcoming(actor, Reach.ALL, NOW)]
    with pytest.raises(Invalid):
        await sessions.cancel_session(actor, Reach.ALL, ids[1], " ", NOW, rest=True)
    done = await sessions.cancel_session(actor, Reach.ALL, ids[1], "The room is closed.", NOW, rest=True)
    assert (first, done.sessions) == (ids[0], tuple(ids[1:]))
    assert [one.cancelled for one in await queries.upcoming(actor, Reach.ALL, NOW)] == [False, True, True]


async def test_a_change_on_an_older_page_is_a_conflict_and_more_places_move_people_up(db):
    row, actor = await a_trainer()
    version = await training.course()
    people = [await make.person() for _ in range(3)]
    made = await sessions.plan_session(
        actor, draft(version, row, capacity=1), NOW, [person.id for person in people]
    )
    changed = await sessions.change_session(
        actor, Reach.ALL, made.subject_id, draft(version, row, capacity=2), NOW
    )
    assert list((await places(made.subject_id)).values()) == ["booked", "booked", "waiting"]
    assert len(changed.moved_up) == 1
    with pytest.raises(Conflict, match="while you were editing"):
        await sessions.change_session(actor, Reach.ALL, made.subject_id, draft(version, row, capacity=3), NOW)
    fewer = draft(version, row, capacity=1, edition=2)
    with pytest.raises(Invalid, match="booked"):
        await sessions.change_session(actor, Reach.ALL, made.subject_id, fewer, NOW)
    moved = draft(version, row, capacity=2, edition=2, day=DAY + timedelta(days=1))
    await sessions.change_session(actor, Reach.ALL, made.subject_id, moved, NOW)
    view = await queries.session(actor, Reach.ALL, made.subject_id)
    assert (view.sequence, view.days[0].day) == (1, DAY + timedelta(days=1))


# ── the list ──


async def test_staff_book_themselves_only_where_it_is_required_or_approved(db):
    row, _trainer = await a_trainer()
    person = await make.person("Selin")
    actor = await make.actor(person)
    version = await training.course()
    session = await training.session(version, DAY, trainers=(row,))
    with pytest.raises(Conflict, match="not required"):
        await sessions.enrol(actor, Reach.OWN, session.id, person.id, NOW)
    asked = CourseRequest(
        person=person.id, course=version.course, why="", asked_at=NOW, approved=True, answer=""
    )
    await asked.save()
    made = await sessions.enrol(actor, Reach.OWN, session.id, person.id, NOW)
    assert made.place == "booked"
    await asked.refresh()
    assert asked.enrolment == made.subject_id  # it has led somewhere, so it opens no second place
    assert not await queries.open_to(actor, version.course, DAY)


async def test_nobody_puts_others_on_a_list_or_takes_them_off_who_does_not_reach_them(db):
    row, trainer = await a_trainer()
    person, stranger = await make.person("Selin"), await make.person("Paul")
    session = await training.session(await training.course(), DAY, trainers=(row,))
    theirs = (await sessions.enrol(trainer, Reach.ALL, session.id, person.id, NOW)).subject_id
    actor = await make.actor(stranger)
    with pytest.raises(NotFound):
        await sessions.enrol(actor, Reach.OWN, session.id, person.id, NOW)
    with pytest.raises(NotFound):
        await sessions.withdraw(actor, Reach.OWN, session.id, theirs, NOW)
    with pytest.raises(NotFound):
        await sessions.enrol_guest(actor, Reach.OWN, session.id, "A guest", "A partner", NOW)
    assert await queries.roster(actor, Reach.OWN, session.id) == []
    assert await queries.addable(actor, Reach.OWN, session.id, DAY) == []
    assert await queries.upcoming(actor, Reach.NO, NOW) == []
    with pytest.raises(NotFound):
        await queries.leading(actor, Reach.OWN, session.id)


async def test_a_guest_has_a_place_and_counts(db):
    row, trainer = await a_trainer()
    session = await training.session(await training.course(), DAY, capacity=1, trainers=(row,))
    await sessions.enrol_guest(trainer, Reach.ALL, session.id, "Nora Lind", "Partner project", NOW)
    waits = await sessions.enrol(trainer, Reach.ALL, session.id, row.id, NOW)
    assert waits.place == "waiting"
    assert (await queries.session(trainer, Reach.ALL, session.id)).left == 0


async def test_what_comes_first_and_is_not_in_date_is_named(db):
    _row, trainer = await a_trainer()
    first = await training.course("Radicalisation", code="T02")
    version = await training.course(after=(first,))
    done, never = await make.person("Selin"), await make.person("Paul")
    await training.completion(done, first, date(2026, 1, 10))
    ask = (trainer, Reach.ALL, version.id, [done.id, never.id])
    assert await queries.missing_first(*ask, DAY) == {never.id: ["T02"]}
    assert await queries.missing_first(*ask, date(2027, 1, 11)) == {done.id: ["T02"], never.id: ["T02"]}


# Each step is somebody who books or gives back; all run at once on connections of their own.
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(capacity=st.integers(1, 3), steps=st.lists(st.integers(0, 7), min_size=6, max_size=16))
def test_many_who_book_and_withdraw_at_once_never_overbook_nor_overtake(
    event_loop_of_session, emptied, capacity, steps
):
    async def together() -> None:
        await emptied()
        row, trainer = await a_trainer()
        session = await training.session(await training.course(), DAY, capacity=capacity, trainers=(row,))
        people = [await make.person() for _ in range(8)]
        for person in people[:4]:
            await sessions.enrol(trainer, Reach.ALL, session.id, person.id, NOW)

        async def step(number: int) -> None:
            mine = Enrolment.person == people[number].id
            found = await Enrolment.objects().get(mine & (Enrolment.session == session.id))
            try:
                if found is None or found.place == Place.WITHDRAWN.value:
                    await sessions.enrol(trainer, Reach.ALL, session.id, people[number].id, NOW)
                else:
                    await sessions.withdraw(trainer, Reach.ALL, session.id, found.id, NOW)
            except Conflict:
                pass  # the same person twice in one moment

        await asyncio.gather(*(step(number) for number in steps))
        await check(session.id, capacity)

    event_loop_of_session.run_until_complete(together())


async def check(session_id: int, capacity: int) -> None:
    """As many as fit are booked, none waits while a place is free, and nobody who waits came before one booked."""
    rows = await Enrolment.select(Enrolment.turn, Enrolment.place).where(Enrolment.session == session_id)
    booked = [row["turn"] for row in rows if row["place"] == "booked"]
    waiting = [row["turn"] for row in rows if row["place"] == "waiting"]
    assert len(booked) == min(capacity, len(booked) + len(waiting))
    assert not waiting or max(booked) < min(waiting)
    assert len({row["turn"] for row in rows}) == len(rows)


async def test_the_database_itself_refuses_one_more_than_fits(db):
    session = await training.session(await training.course(), DAY, capacity=1)
    await training.enrolment(session, await make.person())
    with pytest.raises(Exception, match="no more places"):
        await training.enrolment(session, await make.person())
    assert await CourseSession.count() == 1


async def test_who_lacks_a_course_that_comes_first_is_booked_by_a_trainer_alone(db):
    row, trainer = await a_trainer()
    selin = await make.person("Selin")
    first = await training.course("Radicalisation", code="T02")
    version = await training.course(after=(first,))
    await CourseRequest(
        person=selin.id, course=version.course, why="", asked_at=NOW, approved=True, answer=""
    ).save()
    session = await training.session(version, DAY, trainers=(row,))
    with pytest.raises(Conflict, match="T02 comes first"):
        await sessions.enrol(await make.actor(selin), Reach.OWN, session.id, selin.id, NOW)
    assert (await sessions.enrol(trainer, Reach.ALL, session.id, selin.id, NOW)).place == "booked"


async def test_once_it_has_begun_only_a_trainer_changes_the_list_and_who_was_there_stays_on_it(db):
    row, trainer = await a_trainer()
    selin = await make.person("Selin")
    session = await training.session(await training.course(), DAY, trainers=(row,))
    mine = await training.enrolment(session, selin)
    other = await training.enrolment(session, await make.person("Malik"))
    begun = datetime(2026, 12, 8, 12, tzinfo=UTC)
    actor = await make.actor(selin)
    with pytest.raises(Conflict, match="has begun"):
        await sessions.withdraw(actor, Reach.OWN, session.id, mine.id, begun)
    (day,) = (await queries.session(trainer, Reach.ALL, session.id)).days
    await take_attendance(trainer, Reach.ALL, session.id, day.id, [Tap(mine.id, True)], begun)
    with pytest.raises(Conflict, match="stay on the list"):
        await sessions.withdraw(trainer, Reach.ALL, session.id, mine.id, begun)
    await sessions.withdraw(trainer, Reach.ALL, session.id, other.id, begun)
    with pytest.raises(Conflict, match="has begun"):
        await sessions.enrol(await make.actor(row), Reach.OWN, session.id, row.id, begun)


async def test_a_day_of_which_attendance_was_taken_neither_moves_nor_is_cancelled(db):
    row, trainer = await a_trainer()
    version = await training.course()
    session = await training.session(version, DAY, trainers=(row,))
    one = await training.enrolment(session, await make.person())
    (day,) = (await queries.session(trainer, Reach.ALL, session.id)).days
    later = datetime(2026, 12, 8, 17, tzinfo=UTC)
    await take_attendance(trainer, Reach.ALL, session.id, day.id, [Tap(one.id, False)], later)
    moved = draft(version, row, day=DAY + timedelta(days=1))
    with pytest.raises(Conflict, match="stays as it was"):
        await sessions.change_session(trainer, Reach.ALL, session.id, moved, later)
    with pytest.raises(Conflict, match="was held"):
        await sessions.cancel_session(trainer, Reach.ALL, session.id, "Nobody came.", later)


async def test_once_something_is_signed_nobody_new_leads_the_session_and_reads_it(db):
    row, trainer = await a_trainer()
    other = await make.person("Ruth Okello", "trainer")
    version = await training.course()
    session = await training.session(version, DAY, trainers=(row,))
    one = await training.enrolment(session, await make.person())
    later = datetime(2026, 12, 9, 9, tzinfo=UTC)
    both = draft(version, row, other, place="Room 2")
    added = await sessions.change_session(trainer, Reach.ALL, session.id, both, later)
    assert added.trainers_added == (other.id,)
    alone = draft(version, row, edition=2)
    assert (await sessions.change_session(trainer, Reach.ALL, session.id, alone, later)).trainers_added == ()
    await Outcome(enrolment=one.id, result="attended", evidence="", signed_at=later, trainer=row.id).save()
    with pytest.raises(Invalid) as error:
        await sessions.change_session(
            await make.actor(other), Reach.ALL, session.id, draft(version, row, other, edition=3), later
        )
    assert set(error.value.fields) == {"trainers"}
    elsewhere = draft(version, row, place="Room 9", edition=3)
    assert await sessions.change_session(trainer, Reach.ALL, session.id, elsewhere, later)


async def test_a_place_goes_past_who_left_and_nobody_who_comes_later_overtakes_who_waits(db):
    row, trainer = await a_trainer()
    session = await training.session(await training.course(), DAY, capacity=2, trainers=(row,))
    here = (trainer, Reach.ALL, session.id)
    booked = await training.enrolment(session, await make.person())
    gone = await make.person("Greta", ended_on=date(2026, 11, 24))
    waits, comes, last = [await make.person(name) for name in ("Malik", "Selin", "Paul")]
    for person in (gone, waits):
        await training.enrolment(session, person, place="waiting")
    assert (await sessions.enrol(*here, comes.id, NOW)).place == "waiting"  # though one place is free
    await sessions.withdraw(*here, booked.id, NOW)
    found = await places(session.id)
    assert [found[person.id] for person in (gone, waits, comes)] == ["waiting", "booked", "booked"]
    await CourseSession.update({CourseSession.capacity: 3}).where(CourseSession.id == session.id)
    assert (
        await sessions.enrol(*here, last.id, NOW)
    ).place == "booked"  # who left keeps no place from others


async def test_who_was_there_without_a_place_gets_one_afterwards_whoever_waited(db):
    row, trainer = await a_trainer()
    session = await training.session(await training.course(), DAY, capacity=1, trainers=(row,))
    await training.enrolment(session, await make.person("Malik"), place="waiting")
    after = datetime(2026, 12, 9, 9, tzinfo=UTC)
    came = await make.person("Selin")
    assert (await sessions.enrol(trainer, Reach.ALL, session.id, came.id, after)).place == "booked"


async def test_only_who_works_here_is_invited(db):
    row, trainer = await a_trainer()
    gone = await make.person("Greta", ended_on=date(2026, 6, 30))
    with pytest.raises(Invalid, match="any more"):
        await sessions.plan_session(trainer, draft(await training.course(), row), NOW, [gone.id])
    assert await CourseSession.count() == 0
