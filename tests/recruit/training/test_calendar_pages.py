"""Calendars: by a secret link that can be renewed, understood by two readers, without anybody's name."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import ics
import make
import pytest
from icalendar import Calendar
from make import training

from competences.training.commands.calendar import renew_calendar_link
from competences.training.rules.calendar import CalendarSession
from competences.training.tables import CalendarLink, CourseSession
from recruit.accounts.tables import Account
from recruit.training.queries.calendar import calendar_owner
from recruit.training.rules.calendars import calendar
from recruit.web.i18n import today

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 10, 1, tzinfo=UTC)


def day(month: int, number: int) -> tuple[datetime, datetime]:
    return tuple(datetime(2026, month, number, hour, tzinfo=BERLIN) for hour in (9, 17))


def session(**columns) -> CalendarSession:
    columns = {
        "id": 7, "uid": "abc", "sequence": 2, "code": "T04", "title": "De-escalation", "place": "Room 2, Berlin",
        "link": "", "cancelled": False, "leads": False, "days": (day(10, 24), day(10, 26)), **columns,
    }  # fmt: skip
    return CalendarSession(**columns)


def written(*sessions: CalendarSession) -> bytes:
    return calendar("Training at Brohus", sessions, NOW, "https://test.example")


def test_both_readers_see_the_same_times_over_the_change_of_clocks():
    content = written(session())
    first = [
        (row.decoded("dtstart"), row.decoded("dtend")) for row in Calendar.from_ical(content).walk("VEVENT")
    ]
    second = sorted((row.begin.datetime, row.end.datetime) for row in ics.Calendar(content.decode()).events)
    assert first == second == [day(10, 24), day(10, 26)]
    assert [start.hour for start, _end in first] == [7, 8]  # nine in Berlin, before and after 25 October


def test_an_entry_keeps_its_identifier_and_says_when_it_was_cancelled():
    before = Calendar.from_ical(written(session())).walk("VEVENT")
    after = Calendar.from_ical(written(session(sequence=3, cancelled=True))).walk("VEVENT")
    assert (
        [row["uid"] for row in before] == [row["uid"] for row in after] == ["abc-1@recruit", "abc-2@recruit"]
    )
    assert [(row["sequence"], str(row["status"])) for row in after] == [(3, "CANCELLED")] * 2


def test_lines_are_folded_and_signs_kept():
    title = "Übergänge; Grenzen, Nähe\\Distanz " + "ü" * 90
    content = written(session(title=title))
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")
    event = Calendar.from_ical(content).walk("VEVENT")[0]
    assert str(event["summary"]) == f"T04 {title}, day 1 of 2"
    assert str(event["location"]) == "Room 2, Berlin"


def test_a_title_opens_no_other_line():
    content = written(session(title="x\r\nATTENDEE:mailto:eve@test.example", place="y\nURL:z"))
    event = Calendar.from_ical(content).walk("VEVENT")[0]
    assert "attendee" not in event
    assert str(event["url"]) == "https://test.example/training/sessions/7"


@pytest.fixture
async def selin(db):
    """Somebody with a session to come, and a colleague on its list."""
    made = await make.person("Selin Aydın")
    version = await training.course("De-escalation", code="T04")
    made_session = await training.session(version, today() + timedelta(days=9), link="https://meet.example/x")
    await training.enrolment(made_session, made)
    await training.enrolment(made_session, await make.person("Paul Novak"))
    other = await training.session(version, today() + timedelta(days=20))
    await training.enrolment(other, made, place="waiting")
    return made


async def link(client) -> str:
    answer = await client.post("/calendar-link")
    return re.search(r'value="http://test(/calendars/[\w-]+\.ics)"', answer.text)[1]


async def test_the_secret_link_opens_ones_own_sessions_without_signing_in(as_, selin):
    url = await link(await as_(selin))
    answer = await (await as_(None)).get(url)
    assert answer.headers["content-type"].startswith("text/calendar")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [str(row["summary"]) for row in events] == ["T04 De-escalation"]  # not the one they wait for
    assert "Selin" not in answer.text
    assert "Novak" not in answer.text
    assert "https://meet.example/x" in answer.text


async def test_a_new_link_ends_the_old_one(as_, selin):
    client, stranger = await as_(selin), await as_(None)
    first, second = await link(client), await link(client)
    assert (await stranger.get(first)).status_code == 404
    assert (await stranger.get(second)).status_code == 200
    await client.post("/calendar-link/end")
    assert (await stranger.get(second)).status_code == 404


async def test_the_secret_itself_is_kept_nowhere(as_, selin):
    url = await link(await as_(selin))
    row = await CalendarLink.objects().first()
    assert row.token not in url
    assert len(row.token) == 64
    assert "/calendars/" not in (await (await as_(selin)).get(f"/people/{selin.id}/training")).text


async def test_the_link_ends_with_who_leaves(as_, selin):
    url = await link(await as_(selin))
    selin.ended_on = date(2026, 1, 1)
    await selin.save()
    assert (await (await as_(None)).get(url)).status_code == 404


async def test_the_link_ends_with_the_account(as_, selin):
    url, stranger = await link(await as_(selin)), await as_(None)
    for column in (Account.closed_at, Account.ends_at):
        await Account.update({column: datetime.now(UTC)}).where(Account.person == selin.id)
        assert (await stranger.get(url)).status_code == 404
        await Account.update({column: None}).where(Account.person == selin.id)
    assert (await stranger.get(url)).status_code == 200


async def test_the_last_day_of_the_link_is_one_of_here(selin):
    night = datetime(2026, 11, 25, 0, 30, tzinfo=BERLIN)  # the 24th in UTC
    await renew_calendar_link(await make.actor(selin), "x" * 64, night)
    for ended_on, opens in ((date(2026, 11, 25), True), (date(2026, 11, 24), False)):
        selin.ended_on = ended_on
        await selin.save()
        assert bool(await calendar_owner("x" * 64, night)) is opens


async def test_who_leads_a_session_has_it_too_and_a_cancelled_one_stays_as_such(as_, db):
    jana = await make.person("Jana Wirth", "staff", "trainer")
    made = await training.session(
        await training.course("De-escalation", code="T04"), today() + timedelta(days=3), trainers=(jana,)
    )
    await CourseSession.update(
        {CourseSession.cancelled_at: datetime.now(UTC), CourseSession.cancelled_reason: "The room burnt."}
    ).where(CourseSession.id == made.id)
    answer = await (await as_(None)).get(await link(await as_(jana)))
    event = Calendar.from_ical(answer.content).walk("VEVENT")[0]
    assert (str(event["summary"]), str(event["status"])) == ("You lead: T04 De-escalation", "CANCELLED")


async def test_one_session_goes_into_a_calendar_by_itself(as_, selin):
    row = await CourseSession.objects().order_by(CourseSession.id).first()
    answer = await (await as_(selin)).get(f"/training/sessions/{row.id}/session.ics")
    assert len(Calendar.from_ical(answer.content).walk("VEVENT")) == 1
    outsider = await make.person("Eve", "external")
    assert (await (await as_(outsider)).get(f"/training/sessions/{row.id}/session.ics")).status_code == 404


@pytest.mark.parametrize("name", ["x.ics", "%00.ics", "a" * 300 + ".ics", ".ics"])
async def test_a_link_that_never_was_opens_nothing(as_, db, name):
    assert (await (await as_(None)).get(f"/calendars/{name}")).status_code == 404
