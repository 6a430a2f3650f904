"""Until when a completion counts: over month ends, leap days and time zones."""

import calendar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from competences.training.rules.expiry import day_of, expires_on
from competences.training.rules.standing import CourseStanding

days = st.dates(date(1990, 1, 1), date(2089, 12, 31))
months = st.integers(1, 120)
zones = st.sampled_from([
    "Europe/Berlin", "Europe/London", "America/St_Johns", "Asia/Kathmandu", "Pacific/Kiritimati", "Pacific/Apia",
    "Australia/Lord_Howe", "UTC",
])  # fmt: skip


def months_between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


@pytest.mark.parametrize(
    ("completed", "refresh", "last"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2096, 2, 29), 48, date(2100, 2, 28)),  # no leap year
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 1, 15), 24, date(2028, 1, 15)),
    ],
)
def test_ends_by_hand(completed, refresh, last):
    assert expires_on(completed, refresh) == last


def test_what_has_no_interval_has_no_end():
    assert expires_on(date(2026, 11, 25), None) is None


@given(days, months)
def test_an_end_is_so_many_months_on_the_same_day_or_the_last_of_a_shorter_month(completed, refresh):
    last = expires_on(completed, refresh)
    assert months_between(completed, last) == refresh
    longest = calendar.monthrange(last.year, last.month)[1]
    assert last.day == min(completed.day, longest)


@given(days, months)
def test_whoever_completes_later_or_has_a_longer_interval_is_in_date_no_shorter(completed, refresh):
    last = expires_on(completed, refresh)
    assert expires_on(completed + timedelta(1), refresh) >= last
    assert expires_on(completed, refresh + 1) > last


@given(days, months)
def test_the_last_day_is_in_date_and_the_next_one_is_not(completed, refresh):
    last = expires_on(completed, refresh)
    row = CourseStanding(1, 1, True, False, None, completed, last, None, None, False)
    assert row.in_date(last)
    assert row.days_left(last) == 0
    assert not row.in_date(last + timedelta(1))


@given(st.datetimes(datetime(1990, 1, 1), datetime(2089, 12, 31), timezones=st.just(UTC)), zones)
def test_the_day_of_a_moment_is_the_one_on_the_wall_of_the_place(moment, zone):
    day = day_of(moment, zone)
    assert day == moment.astimezone(ZoneInfo(zone)).date()
    assert abs((day - moment.date()).days) <= 1
    midnight = datetime.combine(day, time(), ZoneInfo(zone))
    assume(
        midnight.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        == datetime.combine(day, time())
    )
    assert midnight.astimezone(UTC) <= moment  # the day had begun there


@given(days, st.times(), zones, zones, months)
def test_where_the_server_stands_changes_no_end(day, clock, place, server, refresh):
    """The same moment, told in the zone of another place, ends on the same day."""
    moment = datetime.combine(day, clock, ZoneInfo(place))
    told = moment.astimezone(UTC).astimezone(ZoneInfo(server))
    assert expires_on(day_of(told, place), refresh) == expires_on(
        day_of(moment.astimezone(UTC), place), refresh
    )


@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "Europe/Berlin", date(2027, 1, 1)),
        (datetime(2028, 2, 29, 2, 0, tzinfo=UTC), "America/St_Johns", date(2028, 2, 28)),
        (
            datetime(2026, 3, 29, 0, 59, tzinfo=UTC),
            "Europe/Berlin",
            date(2026, 3, 29),
        ),  # before the clocks change
        (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), "Europe/Berlin", date(2026, 10, 25)),
        (datetime(2026, 11, 24, 10, 30, tzinfo=UTC), "Pacific/Kiritimati", date(2026, 11, 25)),
    ],
)
def test_a_session_that_ends_near_midnight_is_completed_on_the_day_of_its_place(moment, zone, day):
    assert day_of(moment, zone) == day
